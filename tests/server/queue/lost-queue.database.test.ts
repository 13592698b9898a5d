import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '@/scripts/migrate'
import { advanceWave } from '@/server/commands/advance-wave'
import { approveWave } from '@/server/commands/approve-wave'
import { beginAttempt } from '@/server/commands/begin-attempt'
import { createBatch } from '@/server/commands/create-batch'
import { describeLab } from '@/server/commands/describe-lab'
import { expireLeases } from '@/server/commands/expire-leases'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { beginApply } from '@/server/commands/hold-lease'
import { holdWork } from '@/server/commands/hold-work'
import { importFile } from '@/server/commands/import-file'
import { releaseWork } from '@/server/commands/release-work'
import { requestApproval } from '@/server/commands/request-approval'
import { dueItems } from '@/server/queries/due-work'
import { workEvidence } from '@/server/queries/work-evidence'
import { openQueueBackend, type QueueBackend } from '@/server/queue/backend'
import { type LaneJob, laneQueue } from '@/server/queue/names'
import { Relay } from '@/server/queue/relay'
import { db } from '@/server/store/client'
import { bytesOf, type Instance, openInstance } from '../import/instance'

const PEOPLE = 6
let instance: Instance
let backend: QueueBackend
let relay: Relay
let waveId: string
let itemIds: string[]

beforeAll(async () => {
  instance = await openInstance()
  const databaseUrl = process.env.DATABASE_URL ?? ''
  await migrate(databaseUrl, process.cwd())
  await describeLab()
  backend = openQueueBackend({ databaseUrl, redisUrl: undefined, onError: () => undefined })
  relay = new Relay(backend)
  const rows = Array.from(
    { length: PEOPLE },
    (_, n) => `sip:p${n}@contoso.example,Person ${n},p${n}@contoso.example`,
  )
  const csv = ['SipAddress,DisplayName,UserPrincipalName', ...rows].join('\n')
  const { importId } = await importFile(instance.lead, {
    estate: 'lab',
    runbook: 'sfb-return',
    fileName: 'a.csv',
    source: bytesOf(csv),
  })
  const batch = await createBatch(instance.lead, {
    importId,
    targetPool: 'pool01.contoso.example',
    pilotSize: PEOPLE,
  })
  waveId = batch.waves[0]?.id ?? ''
  await db().item.updateMany({ data: { readAt: new Date() } })
  await requestApproval(instance.lead, { waveId })
  await approveWave(instance.operator, { waveId })
  await advanceWave(waveId)
  itemIds = (await db().item.findMany({ orderBy: { position: 'asc' } })).map(item => item.id)
})
afterAll(async () => {
  await relay.close()
  await backend.close()
  await instance.end()
})

const lane = () => backend.queue<LaneJob>(laneQueue('lab', 'sfb'))

it('a queue that is lost whole is filled again from Postgres', async () => {
  await relay.handOn()
  const queue = lane()
  expect(await queue.size()).toBe(PEOPLE)
  await queue.obliterate()
  expect(await relay.queueDue()).toBe(0)
  // As if the wake-ups had been on their way for a minute.
  await db().$executeRaw`UPDATE "item" SET "queuedAt" = "queuedAt" - interval '1 minute'`
  expect(await relay.queueDue()).toBe(PEOPLE)
  expect(await queue.size()).toBe(PEOPLE)
  await queue.close()
})

it('a job that a killed worker’s wrong clock keeps locked until tomorrow keeps nobody from going on', async () => {
  const queue = lane()
  expect(await queue.size()).toBe(PEOPLE)
  // Taken up in an earlier round by a worker that is a day ahead and gone.
  await db().$executeRawUnsafe(`
    UPDATE bullmq.job SET state = 'active', lock_token = 'gone', locked_until_ms = extract(epoch FROM now() + interval '1 day') * 1000,
      id = regexp_replace(id, '-[0-9]+$', '-1') WHERE queue = '${laneQueue('lab', 'sfb')}'`)
  await db().$executeRaw`UPDATE "item" SET "queuedAt" = "queuedAt" - interval '1 minute'`
  expect(await relay.queueDue()).toBe(PEOPLE)
  const rows = await db().$queryRawUnsafe<{ state: string; count: number }[]>(
    `SELECT state::text AS state, count(*)::int AS count FROM bullmq.job WHERE queue = '${laneQueue('lab', 'sfb')}' GROUP BY 1 ORDER BY 1`,
  )
  expect(rows).toEqual([
    { state: 'active', count: PEOPLE },
    { state: 'waiting', count: PEOPLE },
  ])
  await queue.obliterate()
  await queue.close()
})

const begin = (itemId: string) =>
  beginAttempt({
    itemId,
    purpose: 'work',
    workerId: 'wrk_test',
    workerName: 'test',
    seat: { id: 'set_test', number: 1 },
  })

it('two workers that take up the same person: one works, the other is told', async () => {
  const both = await Promise.all([begin(itemIds[0] ?? ''), begin(itemIds[0] ?? '')])
  expect(both.filter(one => 'attemptId' in one)).toHaveLength(1)
  expect(both.filter(one => 'skip' in one)).toEqual([{ skip: 'somebody is at work on it' }])
})

it('a worker lost after its change began leaves an unknown outcome, and what it says later is not written', async () => {
  const work = await begin(itemIds[1] ?? '')
  if ('skip' in work) throw new Error(work.skip)
  expect(await beginApply(work, work.scripts.apply ?? '')).toEqual({ go: true })
  await db()
    .$executeRaw`UPDATE "attempt" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "id" = ${work.attemptId}`
  await expireLeases()
  expect(await db().item.findUniqueOrThrow({ where: { id: work.itemId } })).toMatchObject({
    state: 'unknown',
  })
  const late = finishAttempt(work, {
    kind: 'done',
    reason: 'Too late',
    before: null,
    after: null,
    seconds: 1,
  })
  await expect(late).rejects.toThrow()
  expect(await db().item.findUniqueOrThrow({ where: { id: work.itemId } })).toMatchObject({
    state: 'unknown',
  })
  expect(await begin(work.itemId)).toMatchObject({ kind: 'readback' })
})

it('a worker lost while it only read leaves the person due again', async () => {
  const work = await begin(itemIds[2] ?? '')
  if ('skip' in work) throw new Error(work.skip)
  await db()
    .$executeRaw`UPDATE "attempt" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "id" = ${work.attemptId}`
  await expireLeases()
  expect(await db().item.findUniqueOrThrow({ where: { id: work.itemId } })).toMatchObject({
    state: 'waiting',
  })
})

it('a hold keeps a change from starting also after the probe, and its release lets it go on', async () => {
  const work = await begin(itemIds[3] ?? '')
  if ('skip' in work) throw new Error(work.skip)
  await holdWork(instance.operator, { scope: 'everything', reason: 'Phones are down' })
  expect(await beginApply(work, work.scripts.apply ?? '')).toMatchObject({ go: false })
  expect(await begin(itemIds[4] ?? '')).toEqual({ skip: 'held: Phones are down' })
  await releaseWork(instance.operator, { scope: 'everything', reason: 'Phones are back' })
  expect(await begin(itemIds[4] ?? '')).toMatchObject({ kind: 'run' })
})

it('who waits at a step of the whole wave takes no place among those who are due', async () => {
  await db().$executeRaw`UPDATE "item" SET "queuedAt" = NULL, "dueAt" = NULL WHERE "id" = ${itemIds[5] ?? ''}`
  const due = async () => (await dueItems(100)).map(item => item.itemId)
  expect(await due()).toContain(itemIds[5])
  await db().item.update({ where: { id: itemIds[5] ?? '' }, data: { stepKey: 'sync', state: 'waiting' } })
  expect(await due()).not.toContain(itemIds[5])
})

it('who waits for the approval of the next segment takes no place among those who are due', async () => {
  const itemId = itemIds[5] ?? ''
  const due = async () => (await dueItems(100)).map(item => item.itemId)
  await db().item.update({ where: { id: itemId }, data: { stepKey: 'move', state: 'waiting' } })
  expect(await due()).not.toContain(itemId)
  const item = await db().item.findUniqueOrThrow({ where: { id: itemId } })
  const given = await db().approval.findFirstOrThrow({ where: { waveId: item.waveId, state: 'spent' } })
  await db().approval.create({ data: { ...given, id: 'apr_move', segment: 1, voidedBecause: undefined } })
  expect(await due()).toContain(itemId)
  await db().approval.delete({ where: { id: 'apr_move' } })
})

it('the time since Ferry last wrote counts from a change of the person, or from a sync of their wave', async () => {
  const itemId = itemIds[5] ?? ''
  const since = async () => (await workEvidence(itemId)).minutesSinceWrite
  expect(await since()).toBeNull()
  await db().$executeRaw`
    UPDATE "item" SET "lastAppliedAt" = clock_timestamp() - interval '40 minutes' WHERE "id" = ${itemId}`
  expect(await since()).toBeCloseTo(40, 0)
  const { estateId } = await db().item.findUniqueOrThrow({ where: { id: itemId } })
  const sync = async (id: string, minutesAgo: number) => db().$executeRaw`
    INSERT INTO "sync_run" ("id", "estateId", "state", "startedAt", "endedAt")
    VALUES (${id}, ${estateId}, 'done', clock_timestamp() - make_interval(mins => ${minutesAgo}), clock_timestamp())`
  await sync('syn_earlier', 600)
  expect(await since()).toBeCloseTo(40, 0)
  await sync('syn_ours', 0)
  expect(await since()).toBeCloseTo(0, 0)
})
