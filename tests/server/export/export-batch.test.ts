import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBatch } from '@/server/commands/create-batch'
import { exportBatch } from '@/server/queries/export-batch'
import type { ItemFilter } from '@/server/queries/item-where'
import { db } from '@/server/store/client'
import { type Instance, judged, openInstance, people } from '../import/instance'

let instance: Instance
let batchId: string
let waves: { id: string; name: string }[]

/** Twelve people, a pilot of two; the first was moved, the second carved out, one failed. */
beforeAll(async () => {
  instance = await openInstance()
  const list = people(
    ...Array.from({ length: 12 }, (_, n) => `sip:p${n}@contoso.example,p${n}@contoso.example,P ${n}`),
  )
  const batch = await createBatch(instance.lead, {
    importId: await judged(instance.lead, list),
    name: 'West',
    pilotSize: 2,
    waveSize: 5,
    targetPool: 'pool01.contoso.example',
  })
  batchId = batch.batchId
  waves = batch.waves
  const items = await db().item.findMany({ where: { batchId }, orderBy: { position: 'asc' } })
  const [first, second, , fourth] = items
  const pilot = waves[0]
  if (!first || !second || !fourth || !pilot) throw new Error('twelve people expected')
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 22, minute))
  await db().script.create({
    data: { hash: 'f'.repeat(64), name: 'move.apply', text: 'param($Identity)\nMove-CsUser $Identity\n' },
  })
  await db().approval.create({
    data: {
      id: 'apr_1',
      batchId,
      waveId: pilot.id,
      segment: 0,
      planId: 'pln_1',
      planHash: 'a'.repeat(64),
      people: 2,
      state: 'spent',
      requestedById: 'per_lead',
      requestedAt: at(1),
      requestNote: 'tonight',
      endsAt: at(59),
      decidedById: 'per_operator',
      decidedVia: 'screen',
      decidedAt: at(2),
      carveOuts: { create: { itemId: second.id, reason: 'on a journey', byId: 'per_operator', at: at(2) } },
    },
  })
  await db().item.update({
    where: { id: first.id },
    data: { state: 'done', reason: 'moved: all as asked', displayName: '=Adele' },
  })
  await db().item.update({ where: { id: second.id }, data: { state: 'left_out', outKind: 'carved_out' } })
  await db().item.update({ where: { id: fourth.id }, data: { state: 'failed', reason: 'denied: no' } })
  await db().snapshot.createMany({
    data: [
      {
        itemId: first.id,
        moment: 'before',
        attemptId: 'att_1',
        takenAt: at(3),
        facts: { RegistrarPool: '' },
      },
      {
        itemId: first.id,
        moment: 'after',
        attemptId: 'att_1',
        takenAt: at(4),
        facts: { RegistrarPool: 'pool01.contoso.example' },
      },
    ],
  })
  const attempt = {
    batchId,
    waveId: pilot.id,
    number: 1,
    fencingToken: 1,
    leaseUntil: at(9),
    startedAt: at(3),
  }
  await db().attempt.create({
    data: {
      ...attempt,
      id: 'att_1',
      itemId: first.id,
      stepKey: 'move',
      state: 'done',
      phases: {
        create: {
          phase: 'apply',
          position: 0,
          scriptHash: 'f'.repeat(64),
          values: { Identity: 'p0@contoso.example' },
          result: { state: 'applied', reason: 'sent: moved', facts: { Seconds: 3 } },
          warnings: ['-not a formula'],
          dropped: { output: 0, errors: 0, warnings: 9, verbose: 0, information: 0 },
          startedAt: at(3),
          endedAt: at(4),
        },
      },
    },
  })
  await db().attempt.create({
    data: { ...attempt, id: 'att_2', itemId: null, stepKey: 'sync', kind: 'barrier', state: 'lost' },
  })
})
afterAll(() => instance.end())

type Line = Record<string, string>
async function exported(filter: ItemFilter = {}): Promise<Line[]> {
  let text = ''
  for await (const piece of exportBatch(instance.auditor, batchId, filter)) text += piece
  return parse(text, { columns: true, bom: true }) as Line[]
}
const of = (lines: Line[], record: string) => lines.filter(({ Record }) => Record === record)
const statements = (lines: Line[], record: string) => of(lines, record).map(({ Statement }) => Statement)

test('user by user: who asked, who approved, what ran, what came of it, before and after', async () => {
  const lines = await exported()
  const [adele, second] = of(lines, 'person')
  expect(adele).toMatchObject({
    Position: '1',
    Wave: 'Pilot',
    DisplayName: "'=Adele",
    SipAddress: 'sip:p0@contoso.example',
    TargetPool: 'pool01.contoso.example',
    State: 'done',
    AskedBy: `Segment 1: Megan Bowen, 2026-11-23T22:01:00.000Z, “tonight”, plan ${'a'.repeat(64)}`,
    ApprovedBy: 'Segment 1: approved: Alex Wilber, 2026-11-23T22:02:00.000Z by screen',
    CarvedOut: '',
    Imported: 'users.csv, row 1',
    Attempts: '1',
    Before: 'Read 2026-11-23T22:03:00.000Z\nRegistrarPool = ',
    After: 'Read 2026-11-23T22:04:00.000Z\nRegistrarPool = pool01.contoso.example',
  })
  expect(second?.CarvedOut).toBe('Alex Wilber, 2026-11-23T22:02:00.000Z: on a journey')
  const [run] = of(lines, 'run')
  expect(run).toMatchObject({
    UserPrincipalName: 'p0@contoso.example',
    Step: 'move',
    Phase: 'apply',
    StartedUtc: '2026-11-23T22:03:00.000Z',
    WhatRan: expect.stringMatching(
      /^# move\.apply\.ps1\nif [^\n]*\n\$Identity = 'p0@contoso\.example'\nMove-CsUser \$Identity$/,
    ),
    Result: 'applied: sent: moved\nNot kept, since a record holds only so many: 9 more warnings.',
    Facts: 'Seconds = 3',
    Warnings: "'-not a formula",
  })
  expect(of(lines, 'wave run')).toMatchObject([{ Wave: 'Pilot', Step: 'sync', State: 'lost' }])
})

test('it states its filter and totals, and they reconcile with the batch', async () => {
  const all = await exported()
  expect(of(all, 'person')).toHaveLength(12)
  expect(statements(all, 'about')).toContain('Filter: none, everybody in the batch')
  const totals = statements(all, 'total')
  expect(totals[0]).toBe('People: 12 in this export, 12 in the batch')
  expect(totals).toContain('done (Moved and verified): 1 in this export, 1 in the batch')
  expect(totals).toContain('not_started (Not started): 9 in this export, 9 in the batch')
  const parts = totals.slice(1).map(total => Number(/: (\d+) in this export/.exec(total ?? '')?.[1]))
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(12)

  const failed = await exported({ states: ['failed'] })
  expect(of(failed, 'person').map(({ UserPrincipalName }) => UserPrincipalName)).toEqual([
    'p3@contoso.example',
  ])
  expect(of(failed, 'run')).toEqual([])
  expect(statements(failed, 'about')).toContain('Filter: state failed (Failed)')
  expect(statements(failed, 'total')[0]).toBe('People: 1 in this export, 12 in the batch')

  const wave = await exported({ waveId: waves[1]?.id ?? '' })
  expect(of(wave, 'person')).toHaveLength(5)
  expect(of(wave, 'wave run')).toEqual([])
  expect(statements(wave, 'about')).toContain(`Filter: wave ${waves[1]?.name}`)

  const taken = await db().event.findMany({
    where: { chain: batchId, type: 'export.taken' },
    orderBy: { seq: 'asc' },
  })
  expect(taken.map(({ data }) => data)).toMatchObject([{}, { rows: 12 }, { rows: 1 }, { rows: 5 }])
})

test('what changes while an export is read is not in it', async () => {
  const pieces = exportBatch(instance.auditor, batchId)
  let text = (await pieces.next()).value ?? ''
  text += (await pieces.next()).value ?? ''
  await db().item.updateMany({ where: { batchId, state: 'not_started' }, data: { state: 'waiting' } })
  for await (const piece of pieces) text += piece
  const lines = parse(text, { columns: true, bom: true }) as Line[]
  expect(of(lines, 'person').filter(({ State }) => State === 'not_started')).toHaveLength(9)
  expect(statements(lines, 'total')).toContain('not_started (Not started): 9 in this export, 9 in the batch')
})

test('an unknown batch is refused', async () => {
  await expect(exportBatch(instance.auditor, 'bat_none').next()).rejects.toMatchObject({ code: 'not_found' })
})
