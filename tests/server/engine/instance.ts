import { advanceWave } from '@/server/commands/advance-wave'
import { approveWave } from '@/server/commands/approve-wave'
import type { RunOutcome } from '@/server/commands/attempt-outcome'
import { beginAttempt, type NothingToDo, type Work } from '@/server/commands/begin-attempt'
import { createBatch } from '@/server/commands/create-batch'
import { describeLab } from '@/server/commands/describe-lab'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { beginApply, beginVerify } from '@/server/commands/hold-lease'
import { importFile } from '@/server/commands/import-file'
import { recordPhase } from '@/server/commands/record-phase'
import { requestApproval } from '@/server/commands/request-approval'
import { db } from '@/server/store/client'
import { bytesOf, type Instance, openInstance } from '../import/instance'

export type Engine = Instance & { sfb: { laneId: string; credentialId: string } }

/** A migrated database with the lab's estate, whose sfb lane has many seats, and a lead and an operator. */
export async function openEngine(sessions = 50): Promise<Engine> {
  const instance = await openInstance()
  await describeLab()
  await db().estate.update({ where: { id: 'lab' }, data: { maxSessions: sessions + 10 } })
  const lane = await db().lane.update({
    where: { estateId_name: { estateId: 'lab', name: 'sfb' } },
    data: { concurrency: sessions, credential: { update: { maxSessions: sessions } } },
  })
  const lanes = ['lab.sfb', 'lab.sync']
  const worker = { id: 'wrk_test', name: 'test', kind: 'lane', host: 'here', pid: 1, lanes, version: '1' }
  await db().worker.create({ data: worker })
  return { ...instance, sfb: { laneId: lane.id, credentialId: lane.credentialId } }
}

let named = 0

/** An approved batch of one running wave on the lab's estate. */
export async function runningBatch(
  engine: Instance,
  people: number,
): Promise<{ batchId: string; waveId: string; itemIds: string[] }> {
  const batch = named++
  const rows = Array.from({ length: people }, (_, n) => {
    const name = `b${batch}p${n}`
    return `sip:${name}@contoso.example,Person ${name},${name}@contoso.example`
  })
  const { importId } = await importFile(engine.lead, {
    estate: 'lab',
    runbook: 'sfb-return',
    fileName: `${batch}.csv`,
    source: bytesOf(['SipAddress,DisplayName,UserPrincipalName', ...rows].join('\n')),
  })
  const made = await createBatch(engine.lead, {
    importId,
    targetPool: 'pool01.contoso.example',
    pilotSize: people,
  })
  const waveId = made.waves[0]?.id ?? ''
  await db().item.updateMany({ where: { waveId }, data: { readAt: new Date() } })
  await requestApproval(engine.lead, { waveId })
  await approveWave(engine.operator, { waveId })
  await advanceWave(waveId)
  const items = await db().item.findMany({ where: { waveId }, orderBy: { position: 'asc' } })
  return { batchId: made.batchId, waveId, itemIds: items.map(item => item.id) }
}

let seats = 0

/** Takes somebody up as a worker does, on a seat of its own. */
export async function begin(
  engine: Engine,
  itemId: string,
  purpose: 'work' | 'readiness' = 'work',
): Promise<Work | NothingToDo> {
  const id = `set_test${seats++}`
  await db().$executeRaw`
    INSERT INTO "seat" ("id", "credentialId", "workerId", "host", "lane", "number", "state", "fencingToken")
    VALUES (${id}, ${engine.sfb.credentialId}, 'wrk_test', 'here', 'sfb', ${seats}, 'busy', nextval('fencing_token'))`
  return beginAttempt({
    itemId,
    purpose,
    workerId: 'wrk_test',
    workerName: 'test',
    seat: { id, number: seats },
  })
}

export async function mustBegin(engine: Engine, itemId: string): Promise<Work> {
  const work = await begin(engine, itemId)
  if ('skip' in work) throw new Error(work.skip)
  return work
}

export const failure = (errorClass: string, signature = 'a-signature'): RunOutcome => ({
  kind: 'blocked',
  reason: 'The server said no.',
  errorClass,
  signature,
  before: null,
})
export const wentWell: RunOutcome = { kind: 'done', reason: 'Seen.', before: null, after: null, seconds: 1 }

/** One attempt from its begin to an end that is given, with its change begun where the outcome says so. */
export async function attempt(engine: Engine, itemId: string, outcome: RunOutcome): Promise<Work> {
  const work = await mustBegin(engine, itemId)
  if (outcome.kind === 'done' || outcome.kind === 'unknown') await sendChange(work)
  await finishAttempt(work, outcome)
  return work
}

/** The change was sent and answered; `after` is what verify read. */
export async function sendChange(work: Work, after?: Record<string, string>): Promise<void> {
  const go = await beginApply(work, work.scripts.apply ?? '')
  if (!go.go) throw new Error(go.why)
  await beginVerify(work)
  if (after) await phase(work, 'verify', { state: 'unknown', reason: 'half: between two', facts: after })
}

export const phase = (
  work: Work,
  name: 'probe' | 'verify',
  result: { state: string; reason: string; facts: Record<string, string> } | null,
  warnings: string[] = [],
): Promise<void> =>
  recordPhase(
    {
      attemptId: work.attemptId,
      phase: name,
      scriptHash: '',
      values: {},
      result,
      output: [],
      errors: [],
      warnings,
      verbose: [],
      information: [],
      loss: null,
      durationMs: 5,
    },
    write => write(),
  )

/** As if so many seconds had passed for whoever waits. */
export async function makeDue(): Promise<void> {
  await db().$executeRaw`UPDATE "item" SET "dueAt" = NULL WHERE "leaseAttemptId" IS NULL`
}

/** Until so many sessions of this database wait for a lock of that type. */
export async function waitingFor(type: 'advisory' | 'transactionid', sessions: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const rows = await db().$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS "waiting" FROM pg_stat_activity
      WHERE "datname" = current_database() AND "wait_event_type" = 'Lock' AND "wait_event" = ${type}`
    if ((rows[0]?.waiting ?? 0) >= sessions) return
    await new Promise(done => setTimeout(done, 20))
  }
  throw new Error(`nobody waits for a lock of the type ${type}`)
}
