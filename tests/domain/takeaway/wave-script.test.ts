import { describe, expect, it } from 'vitest'
import { peopleCsv } from '@/domain/takeaway/people-csv'
import { waveScript } from '@/domain/takeaway/wave-script'
import { takenWave } from '../../powershell/taken-wave'

function textOf(more: Parameters<typeof takenWave>[0] = {}): string {
  const written = waveScript(takenWave(more))
  if (!written.ok) throw new Error(written.problems.join())
  return written.text
}

describe('the script of a wave', () => {
  it('holds every step script as it is stored, under its hash, and its parameters on top', () => {
    const wave = takenWave()
    const text = textOf()
    for (const step of wave.steps)
      for (const script of Object.values(step.scripts)) {
        expect(text).toContain(script.text.trimEnd())
        expect(text).toContain(script.hash)
      }
    expect(text.indexOf('param(')).toBeLessThan(text.indexOf('function '))
    expect(text.indexOf('LanguageMode')).toBeLessThan(text.indexOf('function '))
  })

  it('calls each phase with what its script declares', () => {
    const text = textOf()
    expect(text).toContain(
      'Apply = { param($Person) Invoke-MoveApply -Identity $Person.Identity -Target $Person.Target -DomainController $DomainController }',
    )
    expect(text).toContain('Probe = { param($Person) Invoke-SyncProbe }')
  })

  it('is not written where a script needs what nothing gives', () => {
    expect(waveScript(takenWave({ columns: ['Identity', 'SipAddress'] }))).toMatchObject({
      ok: false,
      problems: expect.arrayContaining(['move.apply needs Target, and nothing gives it.']),
    })
    expect(waveScript(takenWave({ title: 'a\nb' }))).toMatchObject({ ok: false })
  })

  it('is ASCII, and where a name is not it says that the file needs a byte order mark', () => {
    expect(waveScript(takenWave())).toMatchObject({ ok: true, needsByteOrderMark: false })
    expect(waveScript(takenWave({ title: 'Zürich' }))).toMatchObject({ ok: true, needsByteOrderMark: true })
  })
})

it('the people stand as they are used, with names that no spreadsheet runs', () => {
  const values = { Identity: "=x'\u2019@contoso.example", Target: 'pool01.contoso.example' }
  expect(peopleCsv(['Identity', 'Target'], [{ displayName: '=1+1\n"x"', values }])).toBe(
    `\ufeff"Identity","Target","DisplayName"\r\n"=x'\u2019@contoso.example","pool01.contoso.example","'=1+1 ""x"""\r\n`,
  )
})
