import { afterAll, beforeAll, expect, test } from 'vitest'
import { classify } from '@/domain/failures/classify'
import type { OwnSignature } from '@/domain/failures/own-signature'
import type { Actor } from '@/domain/people/actor'
import { clusterWords } from '@/domain/wording/cluster-words'
import { addFailureSignature } from '@/server/commands/add-failure-signature'
import { disableFailureSignature } from '@/server/commands/disable-failure-signature'
import { Refused } from '@/server/commands/refused'
import { failureClusters } from '@/server/queries/failure-clusters'
import { failureSignatures } from '@/server/queries/failure-signatures'
import { errorToDescribe, previewSignature } from '@/server/queries/signature-preview'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import { signaturesInUse } from '@/server/store/failure-signatures'
import { failureOf } from '@/workers/lane/failure-of'
import { readSignatures } from '@/workers/lane/known-signatures'
import { nothingDropped } from '@/workers/powershell/answer'
import { lead, makeBatch, nobody, openInstance } from '../queries/fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

const operator: Actor = { ...lead, personId: 'per_operator', name: 'Alex Wilber', roles: ['operator'] }
const given = (words: string[]): OwnSignature => ({
  pattern: { number: '', id: '', exception: '', words },
  class: 'TRANSIENT',
  scope: 'item',
  title: 'The pool has no slot for the move',
  cause: 'Too many moves are under way on this pool.',
  remedy: 'Nothing to do: it passes.',
  owner: 'skype-server',
})
const errorOf = (message: string) => ({
  message,
  details: '',
  id: 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet',
  category: 'InvalidOperation',
  exceptions: [
    { type: 'Microsoft.Rtc.Management.AD.MoveUserException', message, code: '', hresult: -2146233088 },
  ],
  terminating: true,
  line: 3,
})

async function failed(itemId: string, batchId: string, waveId: string, number: number, message: string) {
  const attemptId = `att_${itemId}_${number}`
  await db().attempt.create({
    data: {
      ...{
        id: attemptId,
        batchId,
        waveId,
        itemId,
        stepKey: 'move',
        number,
        state: 'failed',
        fencingToken: 1n,
      },
      leaseUntil: new Date(),
      phases: {
        create: {
          ...{ phase: 'apply', position: 0, scriptHash: 'x', values: {}, startedAt: new Date() },
          errors: [errorOf(message)],
        },
      },
    },
  })
  return { attemptId, phase: 0, index: 0 }
}

test('an operator describes an unknown error from its record, and it is recognised from then on', async () => {
  const batch = await makeBatch([{ name: 'Pilot', people: [{ state: 'failed' }, { state: 'failed' }] }])
  const [first = '', second = ''] = batch.itemIds
  const wave = batch.waveIds[0] ?? ''
  const slot = 'The pool could not reserve a slot for "adele.vance@contoso.example".'
  const place = await failed(first, batch.batchId, wave, 1, slot)
  await failed(
    second,
    batch.batchId,
    wave,
    1,
    'The pool could not reserve a slot for "lee.gu@contoso.example".',
  )
  await failed(
    second,
    batch.batchId,
    wave,
    2,
    'HostedMigration fault: Error=(510): could not reserve a slot for it',
  )

  const unknown = await errorToDescribe(operator, place)
  expect(unknown.now).toMatchObject({ class: 'NEEDS_PERSON', signature: 'move-error' })
  expect(unknown.suggestion.words).toEqual(['The pool could not reserve a slot for'])

  const description = given([...unknown.suggestion.words])
  const preview = await previewSignature(operator, { ...description, place })
  expect(preview).toMatchObject({ faults: {}, looked: 3, fits: 2 })
  expect(preview.examples.map(one => one.itemId).sort()).toEqual([first, second].sort())
  expect(await previewSignature(operator, { ...given(['Nothing of the kind']), place })).toMatchObject({
    fits: 0,
    faults: { words: expect.any(String) as string },
  })

  await expect(addFailureSignature(lead, { ...description, place })).rejects.toThrow(Refused)
  await expect(addFailureSignature(operator, { ...given(['Nothing of the kind']), place })).rejects.toThrow(
    Refused,
  )
  await expect(
    addFailureSignature(operator, { ...description, place: { ...place, index: 7 } }),
  ).rejects.toThrow('no such error record')
  expect(await signaturesInUse(db())).toEqual([])

  const { signatureId } = await addFailureSignature(operator, { ...description, place })
  const known = await signaturesInUse(db())
  expect(classify({ phase: 'apply', errors: [errorOf(slot)] }, known)).toMatchObject({
    signature: signatureId,
    class: 'TRANSIENT',
    scope: 'item',
  })
  await readSignatures()
  const answer = {
    ...{ began: true, result: null, output: [], warnings: [], verbose: [], information: [], durationMs: 1 },
    dropped: nothingDropped,
    errors: [{ ...errorOf(slot), reason: '', activity: '', target: '', command: '', position: '' }],
  }
  expect(failureOf(answer, 'apply')).toMatchObject({ signature: signatureId, class: 'TRANSIENT' })
  await expect(failureSignatures(nobody)).rejects.toThrow(Refused)
  const { signatures } = await failureSignatures(lead)
  expect(signatures).toMatchObject([
    { id: signatureId, holds: true, createdBy: 'Alex Wilber', madeFrom: slot, disabled: null },
  ])
  const again = { ...description, place }
  await expect(addFailureSignature(operator, again)).resolves.toBeDefined()
})

test('who stands in front of a described error is told cause, remedy and owner, also after it went out of use', async () => {
  const [signature] = await signaturesInUse(db())
  const item = await db().item.findFirstOrThrow({ where: { state: 'failed' } })
  await db().item.update({ where: { id: item.id }, data: { errorSignature: signature?.id ?? '' } })
  const words = async () => {
    const clusters = await failureClusters(db(), [item.batchId])
    return clusters.filter(one => one.errorSignature === signature?.id).map(clusterWords)
  }
  const { title, cause, remedy } = given([])
  const described = { title, cause, remedy, owner: 'Skype for Business Server administrators' }
  expect(await words()).toMatchObject([described])
  await db().failureSignature.update({ where: { id: signature?.id ?? '' }, data: { disabledAt: new Date() } })
  expect(await words()).toMatchObject([described])
  await db().failureSignature.update({ where: { id: signature?.id ?? '' }, data: { disabledAt: null } })
})

test('one that no longer fits its record is shown and not used; one out of use is not asked', async () => {
  const [signature] = await signaturesInUse(db())
  if (!signature) throw new Error('expected the signature of the test before')
  await db().$executeRaw`
    UPDATE "failure_signature" SET "record" = jsonb_set("record" - 'exceptions', '{message}', '"Something else"') WHERE "id" <> ${signature.id}`
  expect((await signaturesInUse(db())).map(one => one.id)).toEqual([signature.id])
  const { signatures } = await failureSignatures(lead)
  expect(signatures.filter(one => !one.holds)).toHaveLength(1)

  await expect(disableFailureSignature(operator, { signatureId: signature.id, reason: ' ' })).rejects.toThrow(
    'reason',
  )
  await disableFailureSignature(operator, { signatureId: signature.id, reason: 'It was a fault of the pool' })
  expect(await signaturesInUse(db())).toEqual([])
  await expect(
    disableFailureSignature(operator, { signatureId: signature.id, reason: 'Again' }),
  ).rejects.toThrow('not in use')
  const events = await db().event.findMany({
    where: { type: { startsWith: 'signature.' } },
    orderBy: { seq: 'asc' },
  })
  expect(events.map(event => event.type)).toEqual([
    'signature.added',
    'signature.added',
    'signature.disabled',
  ])
  expect((await verifyChains()).problems).toEqual([])
})

test('what no translation changes is described and recognised as well: a class of Exchange Online', async () => {
  const batch = await makeBatch([{ name: 'Groups', people: [{ state: 'failed' }] }])
  const message = (text: string) =>
    `Ex1A2B3C|Microsoft.Exchange.Data.Directory.NameConversionException|${text}`
  const place = await failed(
    ...([batch.itemIds[0] ?? '', batch.batchId, batch.waveIds[0] ?? '', 1] as const),
    message('Der Name ist nicht eindeutig.'),
  )
  const { suggestion } = await errorToDescribe(operator, place)
  expect(suggestion).toMatchObject({ number: 'NameConversionException', words: [] })
  const { signatureId } = await addFailureSignature(operator, { ...given([]), pattern: suggestion, place })
  const record = { ...errorOf(message('Le nom est ambigu.')), id: 'X' }
  expect(classify({ phase: 'apply', errors: [record] }, await signaturesInUse(db())).signature).toBe(
    signatureId,
  )
})
