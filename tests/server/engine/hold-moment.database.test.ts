import { afterAll, beforeAll, expect, it } from 'vitest'
import { advanceWave } from '@/server/commands/advance-wave'
import type { Work } from '@/server/commands/begin-attempt'
import { beginApply } from '@/server/commands/hold-lease'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { beginSync, markSyncStarted, postponeSync } from '@/server/commands/run-sync'
import { db } from '@/server/store/client'
import { attempt, type Engine, mustBegin, openEngine, runningBatch, waitingFor, wentWell } from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine(80)
})
afterAll(() => engine.end())

const everything = { scope: 'everything' as const, reason: 'A look' }

it('the hold waits for a change that is beginning, and no change begins once it has answered', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 2)
  const [first = '', second = ''] = itemIds
  const early = await mustBegin(engine, first)
  const late = await mustBegin(engine, second)
  let letGo = () => {}
  const written = new Promise<void>(done => {
    letGo = done
  })
  // The batch's chain is busy: the change has looked for holds and found none, and its beginning is not written yet.
  const busy = db().$transaction(async tx => {
    await tx.$executeRaw`SELECT 1 FROM "chain" WHERE "id" = ${batchId} FOR UPDATE`
    await written
  })
  const beginning = beginApply(early, '')
  await waitingFor('transactionid', 1)
  let answered = false
  const holding = holdWork(engine.operator, everything).then(held => {
    answered = true
    return held
  })
  await waitingFor('advisory', 1)
  expect(answered).toBe(false)
  letGo()
  await busy
  expect(await beginning).toEqual({ go: true })
  expect(await holding).toMatchObject({ already: false, running: 2 })
  expect(await beginApply(late, '')).toEqual({ go: false, why: 'Held before anything changed: A look' })
  await releaseWork(engine.operator, everything)
})

it('of changes that begin all the time none has a time after the hold’s', async () => {
  const { batchId, itemIds } = await runningBatch(engine, 48)
  const works: Work[] = []
  for (const id of itemIds) works.push(await mustBegin(engine, id))
  const answers: { go: boolean }[] = []
  const hands = Array.from({ length: 8 }, async () => {
    for (let work = works.pop(); work; work = works.pop()) answers.push(await beginApply(work, ''))
  })
  while (answers.length < 12) await new Promise(done => setTimeout(done, 1))
  const { holdId } = await holdWork(engine.operator, { ...everything, scope: 'batch', targetId: batchId })
  await Promise.all(hands)
  const { heldAt } = await db().hold.findUniqueOrThrow({ where: { id: holdId } })
  const began = await db().attempt.count({ where: { batchId, applyBeganAt: { not: null } } })
  expect(began).toBe(answers.filter(answer => answer.go).length)
  expect(began).toBeLessThan(48)
  expect(await db().attempt.count({ where: { batchId, applyBeganAt: { gt: heldAt } } })).toBe(0)
})

it('a sync cycle does not start when a hold came after it was taken up', async () => {
  const { waveId, itemIds } = await runningBatch(engine, 1)
  await attempt(engine, itemIds[0] ?? '', wentWell)
  await advanceWave(waveId)
  const { syncRunId } = await db().wave.findUniqueOrThrow({ where: { id: waveId } })
  const work = await beginSync({ syncRunId: syncRunId ?? '', workerId: 'wrk_test', seatId: 'set_sync' })
  if ('skip' in work) throw new Error(work.skip)
  await holdWork(engine.operator, everything)
  const start = await markSyncStarted(work)
  expect(start).toEqual({ held: 'Held before it was started: A look' })
  await postponeSync(work, { reason: 'Held', seconds: 0, as: 'poll' })
  await releaseWork(engine.operator, everything)
  const again = await beginSync({ syncRunId: syncRunId ?? '', workerId: 'wrk_test', seatId: 'set_sync' })
  if ('skip' in again) throw new Error(again.skip)
  expect(await markSyncStarted(again)).toBe('started')
})
