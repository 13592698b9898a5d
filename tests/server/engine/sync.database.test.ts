import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { advanceWave } from '@/server/commands/advance-wave'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { beginSync, endSync, markSyncStarted, postponeSync, type SyncWork } from '@/server/commands/run-sync'
import { dueSyncs } from '@/server/queries/due-work'
import { db } from '@/server/store/client'
import { attempt, type Engine, failure, openEngine, runningBatch, wentWell } from './instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
beforeEach(async () => {
  await db().wave.updateMany({ data: { state: 'done', syncRunId: null } })
  await db().syncRun.deleteMany()
  await db().estate.update({ where: { id: 'lab' }, data: { syncSpacingSeconds: 0 } })
})
afterAll(() => engine.end())

/** A wave whose people are all enabled and wait for the sync. */
const waiting = async (people = 2) => {
  const batch = await runningBatch(engine, people)
  for (const id of batch.itemIds) await attempt(engine, id, wentWell)
  await advanceWave(batch.waveId)
  return {
    ...batch,
    runId: (await db().wave.findUniqueOrThrow({ where: { id: batch.waveId } })).syncRunId ?? '',
  }
}
const start = async (syncRunId: string): Promise<SyncWork> => {
  const work = await beginSync({ syncRunId, workerId: 'wrk_test', seatId: 'set_sync' })
  if ('skip' in work) throw new Error(work.skip)
  return work
}
const state = async (waveId: string) => db().wave.findUniqueOrThrow({ where: { id: waveId } })

it('waves of different batches share one cycle, wait for it since a moment, and all go on after it', async () => {
  const one = await waiting()
  const two = await waiting()
  expect(one.runId).toBe(two.runId)
  expect(await state(one.waveId)).toMatchObject({ state: 'syncing', syncingSince: expect.any(Date) })
  const work = await start(one.runId)
  expect(await beginSync({ syncRunId: one.runId, workerId: 'other', seatId: 'x' })).toEqual({
    skip: 'a worker is at it',
  })
  await markSyncStarted(work)
  await endSync(work)
  for (const { waveId } of [one, two]) await advanceWave(waveId)
  const left = await db().item.count({ where: { waveId: { in: [one.waveId, two.waveId] }, stepKey: 'sync' } })
  expect(left).toBe(0)
  expect(await db().syncRun.count()).toBe(1)
})

it('the wave looks at once when the last of its people is through a step, and when it is asked next while others are not', async () => {
  const { itemIds, waveId } = await runningBatch(engine, 3)
  await db().outbox.deleteMany()
  for (const id of itemIds) await attempt(engine, id, id === itemIds[1] ? failure('NEEDS_PERSON') : wentWell)
  const woken = await db().outbox.findMany({ orderBy: { id: 'asc' } })
  expect(woken.map(row => row.topic)).toEqual(['wave-later', 'wave-later', 'wave'])
  expect(woken.map(row => row.payload)).toEqual([{ waveId }, { waveId }, { waveId }])
})

it('people go on behind the barrier in the order of the list: nobody is due a moment before others', async () => {
  const { waveId, runId } = await waiting(40)
  const work = await start(runId)
  await markSyncStarted(work)
  await endSync(work)
  await advanceWave(waveId)
  const due = await db().item.findMany({ where: { waveId, stepKey: 'move' }, select: { dueAt: true } })
  expect(due).toHaveLength(40)
  expect(new Set(due.map(item => item.dueAt?.getTime())).size).toBe(1)
})

it('a cycle that began before a change does not count for it: one more follows', async () => {
  const one = await waiting()
  const work = await start(one.runId)
  await markSyncStarted(work)
  const late = await waiting()
  expect(late.runId).not.toBe(one.runId)
  await endSync(work)
  await advanceWave(one.waveId)
  await advanceWave(late.waveId)
  expect(await db().item.count({ where: { waveId: one.waveId, stepKey: 'sync' } })).toBe(0)
  expect(await db().item.count({ where: { waveId: late.waveId, stepKey: 'sync' } })).toBe(2)
})

it('a busy server is polled and not counted; the wave says what it waits for', async () => {
  const one = await waiting()
  const reason = 'This sync server is in staging mode and exports nothing.'
  for (let look = 0; look < 3; look++) {
    await db().$executeRaw`UPDATE "sync_run" SET "dueAt" = NULL`
    await postponeSync(await start(one.runId), { reason, seconds: 20, as: 'poll' })
  }
  expect(await db().syncRun.findFirst()).toMatchObject({ polls: 3, failures: 0, state: 'wanted' })
  expect((await state(one.waveId)).stateReason).toBe(reason)
  expect(await dueSyncs()).toEqual([])
  expect(await db().event.count({ where: { type: 'sync.failed' } })).toBe(0)
})

it('a refused credential stops its lane at once, and no cycle begins on a stopped lane', async () => {
  const one = await waiting()
  const reason = 'The account may not start a sync.'
  const failure = { errorClass: 'AUTH', scope: 'credential', askedSeconds: null } as const
  await postponeSync(await start(one.runId), { reason, seconds: 10, as: 'fault', failure })
  expect(await db().lane.findFirst({ where: { name: 'sync' } })).toMatchObject({ stoppedWhy: reason })
  expect(await db().lane.findFirst({ where: { name: 'sfb' } })).toMatchObject({ stoppedAt: null })
  await db().$executeRaw`UPDATE "sync_run" SET "dueAt" = NULL`
  expect(await beginSync({ syncRunId: one.runId, workerId: 'w', seatId: 's' })).toMatchObject({
    skip: expect.stringContaining('the lane is stopped'),
  })
  expect(await db().event.findFirst({ where: { type: 'sync.failed', chain: one.batchId } })).toMatchObject({
    data: { reason },
  })
  await db().lane.updateMany({ data: { stoppedAt: null, stoppedWhy: null } })
})

it('two cycles keep the spacing of the estate, also after one whose worker was lost', async () => {
  const one = await waiting()
  const work = await start(one.runId)
  await markSyncStarted(work)
  await db().estate.update({ where: { id: 'lab' }, data: { syncSpacingSeconds: 300 } })
  await postponeSync(work, { reason: 'The shell was lost.', seconds: 0, as: 'fault' })
  expect((await start(one.runId)).spacingSeconds).toBeGreaterThan(290)
})

it('a held wave does not keep others from the cycle they share', async () => {
  const one = await waiting()
  const two = await waiting()
  const hold = { scope: 'wave' as const, targetId: one.waveId, reason: 'A look' }
  await holdWork(engine.operator, hold)
  expect(await start(one.runId)).toMatchObject({ waveId: two.waveId })
  await releaseWork(engine.operator, hold)
})
