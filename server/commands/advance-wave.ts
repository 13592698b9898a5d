import { systemActor } from '@/domain/people/actor'
import type { RunbookDefinition, WaveStep } from '@/runbooks/definition'
import { findStep, segmentsOf } from '@/runbooks/segments'
import { db } from '@/server/store/client'
import { recordEvent, recordEvents, type Tx } from '@/server/store/ledger'
import { openRequest } from '@/server/store/open-request'
import { wake } from '@/server/store/outbox'
import { batchRunbook } from '@/server/store/runbook-versions'
import { pauseNow } from '@/server/store/start-times'
import { type LockedWave, lockWave } from '@/server/store/wave-lock'
import { computeWavePlan } from '@/server/store/wave-plan'
import { countItems, endBatchIfOver } from './end-wave'
import { startWave } from './start-wave'
import { wantSync } from './want-sync'

/**
 * Moves a wave as far as what is stored allows: starts an approved segment, sends people over the sync barrier, asks for
 * the next segment's approval, ends the wave. Safe to call at any time and as often as wanted; it holds the wave's lock.
 */
export async function advanceWave(waveId: string): Promise<void> {
  await db().$transaction(
    async tx => {
      const exists = await tx.wave.findUnique({ where: { id: waveId }, select: { id: true } })
      if (!exists) return
      const wave = await lockWave(tx, waveId)
      if (wave.state === 'approved') return startWave(tx, wave)
      if (wave.startedAt === null || wave.state === 'done' || wave.state === 'cancelled') return
      await progress(tx, wave)
    },
    { timeout: 60_000 },
  )
}

type Group = { stepKey: string | null; state: string; stuck: boolean; count: number }

async function progress(tx: Tx, wave: LockedWave): Promise<void> {
  const runbook = await batchRunbook(tx, wave.batch.runbookVersionId)
  await keepPause(tx, wave)
  if (await goesOnByItself(tx, wave, runbook)) return
  const barrier = await overBarriers(tx, wave, runbook)
  const groups = await groupItems(tx, wave.id)
  const keys = keysUpTo(runbook, wave.segment)
  // Somebody unknown whose readings failed stands in front of a person and does not hold up the others.
  const moving = groups.filter(
    g => (g.state === 'waiting' || g.state === 'running' || g.state === 'unknown') && !g.stuck,
  )
  const here = sum(moving.filter(g => g.stepKey !== null && keys.has(g.stepKey)))
  const beyond = sum(moving.filter(g => g.stepKey !== null && !keys.has(g.stepKey)))
  if (wave.state !== 'running' && wave.state !== 'syncing') return
  if (here > 0) {
    const state = barrier.waiting && barrier.waiting === here ? 'syncing' : 'running'
    if (state !== wave.state)
      await tx.$executeRaw`
        UPDATE "wave" SET "state" = ${state}::"WaveState", "version" = "version" + 1,
          "syncingSince" = CASE WHEN ${state} = 'syncing' THEN clock_timestamp() ELSE NULL END WHERE "id" = ${wave.id}`
    return
  }
  if (beyond > 0) return askForNext(tx, wave)
  await tx.$executeRaw`
    UPDATE "wave" SET "state" = 'done', "endedAt" = clock_timestamp(), "syncingSince" = NULL, "stateReason" = NULL, "version" = "version" + 1
    WHERE "id" = ${wave.id}`
  const siblings = await tx.wave.findMany({
    where: { batchId: wave.batchId, state: 'approved' },
    select: { id: true },
  })
  await wake(tx, ...siblings.map(sibling => ({ topic: 'wave' as const, waveId: sibling.id })))
  await recordEvent(tx, systemActor, {
    type: 'wave.done',
    about: { batchId: wave.batchId, waveId: wave.id },
    data: { counts: await countItems(tx, { waveId: wave.id }) },
  })
  await endBatchIfOver(tx, wave.batchId)
}

/**
 * Whether people of a running wave are at a step of their own and nobody waits at one of the wave's that could be over: then
 * nothing is due for the wave itself, which most of its many wake-ups find. Looks at one of each kind, not at all people.
 */
async function goesOnByItself(tx: Tx, wave: LockedWave, runbook: RunbookDefinition): Promise<boolean> {
  if (wave.state !== 'running') return false
  const keys = [...keysUpTo(runbook, wave.segment)]
  const own: string[] = []
  const shared: string[] = []
  for (const key of keys) (findStep(runbook, key)?.kind === 'wave' ? shared : own).push(key)
  const movesAt = (steps: readonly string[]) => tx.$queryRaw<{ yes: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "item" WHERE "waveId" = ${wave.id} AND "stepKey" = ANY(${steps})
      AND ("state" IN ('waiting', 'running') OR ("state" = 'unknown' AND "readbacksFailed" < 3))) AS "yes"`
  if (!(await movesAt(own))[0]?.yes) return false
  if (!(await movesAt(shared))[0]?.yes) return true
  // Before the wave's first cycle they wait for everybody in front of them; later some may go on before others.
  const [barrier] = shared
  const before = barrier === undefined ? [] : own.filter(key => keys.indexOf(key) < keys.indexOf(barrier))
  return shared.length === 1 && wave.syncRunId === null && ((await movesAt(before))[0]?.yes ?? false)
}

/** Writes on the wave whether its window is shut, so that nobody of it is queued before it opens, and people read why. */
async function keepPause(tx: Tx, wave: LockedWave): Promise<void> {
  const pause = await pauseNow(tx, wave)
  if (!pause && !wave.pausedUntil) return
  await tx.wave.update({
    where: { id: wave.id },
    data: { pausedUntil: pause?.until ?? null, stateReason: pause?.why ?? null },
  })
  if (!pause) await wake(tx, { topic: 'wave-items', waveId: wave.id })
}

/** The next segment is asked for on behalf of the one who asked for the first; a lead can still withdraw it. */
async function askForNext(tx: Tx, wave: LockedWave): Promise<void> {
  const first = await tx.approval.findFirst({ where: { waveId: wave.id }, orderBy: { requestedAt: 'desc' } })
  const next = { ...wave, segment: wave.segment + 1 }
  await tx.wave.update({ where: { id: wave.id }, data: { segment: next.segment, syncingSince: null } })
  await tx.$executeRaw`
    UPDATE "item" SET "reason" = 'Waiting for approval', "changedAt" = clock_timestamp() WHERE "waveId" = ${wave.id} AND "state" = 'waiting'`
  const plan = await computeWavePlan(tx, wave.id, next.segment)
  const request = await openRequest(tx, systemActor, next, plan, {
    personId: first?.requestedById ?? wave.batch.createdById,
    note: 'Asked by Ferry on their behalf: the steps before are over.',
  })
  await recordEvent(tx, systemActor, request.event)
}

/**
 * People in front of a wave step go on once a cycle that began after their last change is over, and wait for one
 * otherwise. Those for whom nothing was changed need none. Answers how many wait.
 */
async function overBarriers(
  tx: Tx,
  wave: LockedWave,
  runbook: RunbookDefinition,
): Promise<{ waiting: number }> {
  let waiting = 0
  for (const segment of segmentsOf(runbook))
    for (const [index, step] of segment.steps.entries()) {
      if (step.kind !== 'wave') continue
      const before = segment.steps.slice(0, index).map(earlier => earlier.key)
      const next = segment.steps[index + 1] ?? segmentsOf(runbook)[segment.index + 1]?.steps[0] ?? null
      waiting += await overBarrier(tx, wave, step, before, next?.key ?? null)
    }
  return { waiting }
}

async function overBarrier(
  tx: Tx,
  wave: LockedWave,
  step: WaveStep,
  before: string[],
  nextKey: string | null,
): Promise<number> {
  const rows = await tx.$queryRaw<{ waiting: number; changed: number; behind: number }[]>`
    SELECT count(*) FILTER (WHERE "stepKey" = ${step.key} AND "state" = 'waiting')::int AS "waiting",
      count(*) FILTER (WHERE "stepKey" = ${step.key} AND "state" = 'waiting' AND "lastAppliedAt" IS NOT NULL)::int AS "changed",
      count(*) FILTER (WHERE "stepKey" = ANY(${before}) AND ("state" IN ('waiting', 'running')
        OR ("state" = 'unknown' AND "readbacksFailed" < 3)))::int AS "behind"
    FROM "item" WHERE "waveId" = ${wave.id}`
  const { waiting, changed, behind } = rows[0] ?? { waiting: 0, changed: 0, behind: 0 }
  if (waiting === 0) return 0
  const run = wave.syncRunId ? await tx.syncRun.findUnique({ where: { id: wave.syncRunId } }) : null
  if (changed === 0 && behind === 0) {
    await passBarrier(tx, wave, step, nextKey, null)
    return 0
  }
  if (run?.state === 'done' && run.startedAt) {
    const passed = await passBarrier(tx, wave, step, nextKey, { id: run.id, startedAt: run.startedAt })
    if (passed > 0) return waiting - passed
  }
  if (behind > 0) return waiting
  if (!run || run.state === 'done' || run.state === 'failed') {
    const syncRunId = await wantSync(tx, wave.batch.estateId)
    if (syncRunId !== wave.syncRunId) {
      await tx.wave.update({ where: { id: wave.id }, data: { syncRunId } })
      await recordEvent(tx, systemActor, {
        type: 'wave.sync_waiting',
        about: { batchId: wave.batchId, waveId: wave.id },
        data: { syncRunId, people: waiting },
      })
    }
  }
  return waiting
}

async function passBarrier(
  tx: Tx,
  wave: LockedWave,
  step: WaveStep,
  nextKey: string | null,
  run: { id: string; startedAt: Date } | null,
): Promise<number> {
  const startedAt = run?.startedAt ?? null
  // Due at one moment, all of them: then they go on in the order of the list, not of their rows on disk.
  const passed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "item" SET "stepKey" = ${nextKey}, "reason" = NULL, "dueAt" = transaction_timestamp(), "queuedAt" = NULL,
      "changedAt" = clock_timestamp(), "version" = "version" + 1
    WHERE "waveId" = ${wave.id} AND "stepKey" = ${step.key} AND "state" = 'waiting'
      AND ("lastAppliedAt" IS NULL OR "lastAppliedAt" < ${startedAt}::timestamptz)
    RETURNING "id"`
  if (passed.length === 0) return 0
  await tx.$executeRaw`
    INSERT INTO "item_step" ("itemId", "stepKey", "state", "startedAt", "endedAt")
    SELECT id, ${step.key}, ${run ? 'done' : 'no_change'}::"ItemState", coalesce(${startedAt}::timestamptz, clock_timestamp()), clock_timestamp()
    FROM unnest(${passed.map(row => row.id)}::text[]) AS t(id)
    ON CONFLICT ("itemId", "stepKey") DO UPDATE SET "state" = EXCLUDED."state", "endedAt" = EXCLUDED."endedAt"`
  await wake(tx, { topic: 'wave-items', waveId: wave.id })
  if (run)
    await recordEvents(tx, systemActor, [
      {
        type: 'wave.synced',
        about: { batchId: wave.batchId, waveId: wave.id },
        data: { syncRunId: run.id, people: passed.length, startedAt: run.startedAt.toISOString() },
      },
    ])
  return passed.length
}

async function groupItems(tx: Tx, waveId: string): Promise<Group[]> {
  return tx.$queryRaw<Group[]>`
    SELECT "stepKey", "state"::text AS "state", ("state" = 'unknown' AND "readbacksFailed" >= 3) AS "stuck", count(*)::int AS "count"
    FROM "item" WHERE "waveId" = ${waveId} GROUP BY 1, 2, 3`
}

const sum = (groups: readonly Group[]): number => groups.reduce((total, group) => total + group.count, 0)

function keysUpTo(runbook: RunbookDefinition, segment: number): Set<string> {
  return new Set(
    segmentsOf(runbook)
      .filter(one => one.index <= segment)
      .flatMap(one => one.steps.map(step => step.key)),
  )
}
