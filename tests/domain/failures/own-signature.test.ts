import { describe, expect, it } from 'vitest'
import { classify } from '@/domain/failures/classify'
import type { ErrorEvidence } from '@/domain/failures/evidence'
import {
  type OwnSignature,
  ownSignatureFaults,
  patternOf,
  stillHolds,
  toSignature,
} from '@/domain/failures/own-signature'

const record: ErrorEvidence = {
  message:
    'The pool pool01.contoso.example could not reserve a slot for "adele.vance@contoso.example" (request 4711). Try later.',
  id: 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet,Move-CsUser',
  category: 'InvalidOperation',
  exceptions: [{ type: 'Microsoft.Rtc.Management.AD.MoveUserException', message: 'x' }],
  terminating: true,
}
const given = (change: Partial<OwnSignature> = {}): OwnSignature => ({
  pattern: { number: '', id: '', exception: '', words: ['could not reserve a slot for'] },
  class: 'TRANSIENT',
  scope: 'item',
  title: 'The pool has no slot for the move',
  cause: 'Too many moves are under way on this pool.',
  remedy: 'Nothing to do: it passes.',
  owner: 'skype-server',
  ...change,
})
const withPattern = (pattern: Partial<OwnSignature['pattern']>) =>
  given({ pattern: { number: '', id: '', exception: '', words: [], ...pattern } })

describe('a signature made from a record', () => {
  it('is suggested without what names this one person or run', () => {
    const pattern = patternOf(record)
    expect(pattern.words.join(' ')).toContain('could not reserve a slot for')
    expect(JSON.stringify(pattern)).not.toMatch(/adele|4711|pool01/)
    expect(ownSignatureFaults(given({ pattern }), record)).toEqual({})
  })

  it('is suggested by its number where the record carries one', () => {
    const numbered = { ...record, message: 'HostedMigration fault: Error=(533), Description=(New)' }
    expect(patternOf(numbered)).toEqual({ number: '533', id: '', exception: '', words: [] })
    const own = toSignature('sig_1', withPattern({ number: '533' }), numbered)
    expect(own.match).toEqual({ by: 'number', family: 'hms', is: [533] })
    expect(classify({ phase: 'apply', errors: [numbered] }, [own]).signature).toBe('sig_1')
  })

  it.each([
    [
      'exception class of an Exchange Online message',
      {
        message:
          'Ex1A2B3C|Microsoft.Exchange.Data.Directory.NameConversionException|Der Name ist nicht eindeutig.',
      },
      'NameConversionException',
      'exo',
    ],
    [
      'name of a WinRM error',
      { message: 'Zu viele Anforderungen.', id: 'QuotaExceededByPlugin,PSSessionOpenFailed' },
      'QuotaExceededByPlugin',
      'wsman',
    ],
    [
      'number of a WinRM error',
      { message: 'Zu viele Anforderungen.', id: '-2144108060,PSSessionOpenFailed' },
      '-2144108060',
      'wsman',
    ],
  ])('is made of the %s', (_what, change, number, family) => {
    const carrying: ErrorEvidence = { ...record, exceptions: [], ...change }
    expect(patternOf(carrying)).toEqual({ number, id: '', exception: '', words: [] })
    expect(ownSignatureFaults(withPattern({ number }), carrying)).toEqual({})
    const own = toSignature('sig_1', withPattern({ number: number.toLowerCase() }), carrying)
    expect(own.match).toEqual({
      by: 'number',
      family,
      is: [Number.isNaN(Number(number)) ? number : Number(number)],
    })
    expect(stillHolds(own, carrying)).toBe(true)
    const translated = { ...carrying, message: carrying.message.replace(/[^|]*$/, 'Trop de demandes.') }
    expect(classify({ phase: 'apply', errors: [translated] }, [own]).signature).toBe('sig_1')
  })

  it('is refused by the words of a record that carries a number, and by a class that says nothing', () => {
    const numbered = {
      ...record,
      message: `HostedMigration fault: Error=(533), Description=(${record.message})`,
    }
    expect(ownSignatureFaults(given(), numbered)).toEqual({
      number: expect.stringContaining('533') as string,
    })
    const plain = { ...record, message: 'Ex1A2B3C|System.Exception|Etwas ist geschehen.' }
    expect(patternOf(plain).number).toBe('')
    expect(ownSignatureFaults(withPattern({ number: 'Exception' }), plain)).toHaveProperty('number')
  })

  it('decides from then on, with its class, cause and remedy', () => {
    expect(ownSignatureFaults(given(), record)).toEqual({})
    const own = toSignature('sig_1', given(), record)
    expect(stillHolds(own, record)).toBe(true)
    const other = { ...record, message: 'Somebody else could not reserve a slot for anything' }
    expect(classify({ phase: 'apply', errors: [other] }, [own])).toMatchObject({
      signature: 'sig_1',
      class: 'TRANSIENT',
      decidedBy: 'text',
    })
  })

  it.each([
    ['another text', withPattern({ words: ['Nothing of the kind'] }), 'words'],
    ['another id', withPattern({ id: 'AccessDenied' }), 'id'],
    ['another exception', withPattern({ exception: 'AnotherException' }), 'exception'],
    ['another number', withPattern({ number: '510' }), 'number'],
    ['nothing', withPattern({}), 'words'],
    ['an id that every move has', withPattern({ id: 'MoveError' }), 'words'],
    ['words that are too short', withPattern({ words: ['slot'] }), 'words'],
    ['a class that only a probe gives', given({ class: 'ALREADY_DONE' }), 'class'],
    ['no owner', given({ owner: '' }), 'owner'],
    ['no title', given({ title: '' }), 'title'],
  ])('is refused with %s', (_what, signature, field) => {
    expect(Object.keys(ownSignatureFaults(signature, record))).toContain(field)
  })

  it('is refused for a record that the catalogue decides', () => {
    const known = { ...record, message: 'HostedMigration fault: Error=(510)' }
    expect(ownSignatureFaults(withPattern({ number: '510' }), known).words).toContain('hms-510')
  })

  it('is seen not to hold any more when it does not fit its record', () => {
    const own = toSignature('sig_1', given(), record)
    expect(stillHolds(own, { ...record, message: 'Changed' })).toBe(false)
  })
})
