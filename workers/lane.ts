import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { laneChannel } from '@/server/commands/set-lane-concurrency'
import { environment, required } from '@/server/env'
import { type LaneSettings, laneSettings } from '@/server/queries/lane-settings'
import { type JobWorker, openQueueBackend } from '@/server/queue/backend'
import { listen } from '@/server/queue/listen'
import { type LaneJob, laneQueue } from '@/server/queue/names'
import { closeDatabase, db } from '@/server/store/client'
import { PostgresSeats } from '@/server/store/seats'
import { registerWorker, workerSeen, workerServes, workerStopped } from '@/server/store/worker-registry'
import { CredentialStore } from './credentials/credential-store'
import { canSignIn, findCredentials } from './lane/credential-findings'
import { HeldLeases } from './lane/held-leases'
import { type LaneTools, workOn } from './lane/lane-worker'
import { launchFor, readText } from './lane/launch'
import { keepSeats } from './lane/seat-keeper'
import { namesIn, namesOfNothing, type Served, serves } from './lane/served-lanes'
import { logger } from './logger'
import { isOutage, reportOutage } from './outage'
import { createSessionPool } from './powershell/pool'
import { processStartedAt } from './powershell/process-identity'
import { createScriptStore } from './powershell/script-store'
import { refuseSkew, Skew } from './skew'
import { startTracing } from './tracing'
import { untilDatabase } from './until-database'
import { version } from './version'

/** Rule 18: with Ctrl-C what runs gets 8 s; with SIGTERM a drain, which the supervisor limits. */
const GRACE_MS = { SIGINT: 7_800, SIGTERM: 290_000 }
const BEAT_MS = 5_000

const endTracing = await startTracing('ferry-lane')
const env = environment()
const root = process.cwd()
const host = hostname()
const name = env.FERRY_WORKER_NAME ?? `${host}-${process.pid}`
const databaseUrl = required('DATABASE_URL')
await untilDatabase(() => db().$queryRaw`SELECT 1`)
// A worker of the instance's own is of its version by birth; one from elsewhere has to show it, at its start and again at every
// beat: the instance may have been upgraded meanwhile.
const own = { version: version(root), queue: env.REDIS_URL ? 'redis' : 'postgres' } as const
const isFromElsewhere = !process.env.FERRY_RUN
if (isFromElsewhere)
  await refuseSkew(root, own).catch((error: unknown) => {
    if (!(error instanceof Skew)) throw error
    logger.fatal(error.message)
    process.exit(3)
  })
const served: Served = { lanes: namesIn(env.FERRY_LANES), estates: namesIn(env.FERRY_ESTATES) }
const workerId = await registerWorker({
  name,
  kind: 'lane',
  host,
  pid: process.pid,
  pidStartedAt: await processStartedAt(process.pid),
  lanes: [],
  version: version(root),
})
await keepSeats(host, { workerId, holds: () => false })

const onError = reportOutage('The database')
const onQueueError = env.REDIS_URL ? reportOutage('Redis') : onError
const stopping = new AbortController()
const seats = new PostgresSeats({ id: workerId, host })
const store = createScriptStore({
  directory: join(env.FERRY_DATA_DIR, 'scripts'),
  harnessText: readText(join(root, 'workers', 'powershell', 'harness.ps1')),
})
const credentials = new CredentialStore({
  environment: process.env,
  directory: env.FERRY_CREDENTIALS_DIR,
  vault: env.FERRY_CREDENTIAL_VAULT,
  account: process.getuid?.(),
})
let lanes: LaneSettings[] = []
const pool = createSessionPool({
  seats,
  launch: credentialId =>
    launchFor(lanes, credentialId, { root, env, store, credentials, stopping: stopping.signal }),
  idleAfterMs: 1_000,
  maxMemoryBytes: env.FERRY_SHELL_MEMORY_MB * 1024 ** 2,
  onSlow: seat =>
    logger.warn(
      { lane: seat.lane, seat: seat.id },
      'A call takes longer than half of its time; its shell is not used again',
    ),
})
const leases = new HeldLeases()
let ending: Promise<void> | null = null
const tools: LaneTools = {
  worker: { id: workerId, name },
  pool,
  seats,
  store,
  leases,
  writing: new Set(),
  onFailure: logFailure,
  onDatabaseError: onError,
  stopping: stopping.signal,
  askForSeat: async credentialId => {
    await db().$executeRaw`SELECT pg_notify('ferry_seat_wanted', ${credentialId})`.catch(onError)
  },
}

const backend = openQueueBackend({ databaseUrl, redisUrl: env.REDIS_URL, onError: onQueueError })
const workers = new Map<string, JobWorker>()
const wanted = listen({
  databaseUrl,
  channels: ['ferry_seat_wanted', laneChannel],
  onWake: (channel, payload) => {
    if (payload === '') return
    if (channel === laneChannel) void followLanes().catch(onError)
    else void pool.yieldIdle(payload)
  },
  onError,
})

/**
 * Follows the estates' lanes: a new lane gets a worker, a changed limit takes effect while it runs, and a lane whose
 * credential is not to be had here is left to others.
 */
async function followLanes(): Promise<void> {
  const mine = (await laneSettings()).filter(lane => serves(served, lane))
  const findings = await findCredentials(mine, credentials)
  lanes = mine.filter(lane => canSignIn(lane, findings))
  const queues = lanes.map(lane => laneQueue(lane.estateId, lane.name))
  for (const [queue, worker] of workers) {
    if (queues.includes(queue)) continue
    workers.delete(queue)
    void worker.close().catch(onError)
  }
  for (const lane of lanes) {
    const queue = laneQueue(lane.estateId, lane.name)
    const existing = workers.get(queue)
    if (existing) existing.setConcurrency(lane.concurrency)
    else if (!stopping.signal.aborted)
      workers.set(
        queue,
        backend.worker<LaneJob>(queue, job => workOn(job, currentLane(lane), tools).catch(logFailure), {
          concurrency: lane.concurrency,
          onError: onQueueError,
        }),
      )
  }
  await workerServes(workerId, queues, findings)
}

const currentLane = (lane: LaneSettings): LaneSettings =>
  lanes.find(one => one.laneId === lane.laneId) ?? lane

function logFailure(error: unknown): void {
  if (isOutage(error)) {
    onError(error)
    return
  }
  logger.error(
    { error: error instanceof Error ? error.stack : String(error) },
    'A piece of work failed; the sweeper finds it again',
  )
}

const beat = async (): Promise<void> => {
  await leases.renew()
  await workerSeen(workerId)
  await keepSeats(host, { workerId, holds: seatId => pool.holds(seatId) })
  await followLanes()
  if (isFromElsewhere && !ending) await refuseSkew(root, own).catch(leaveOnSkew)
}

/** Takes nothing more from an instance of another version; what runs is given its time to end. */
function leaveOnSkew(error: unknown): void {
  if (!(error instanceof Skew)) throw error
  logger.fatal(error.message)
  ending ??= end('SIGTERM', error.message, 3)
}

/** On the very first start the coordinator describes the lab meanwhile: its lanes do not wait for the next beat. */
async function untilLanes(): Promise<void> {
  for (let tries = 0; lanes.length === 0 && tries < 40 && !stopping.signal.aborted; tries++) {
    await sleep(250)
    await followLanes().catch(onError)
  }
}

await followLanes()
const firstLanes = untilLanes()
for (const name of namesOfNothing(served, await laneSettings()))
  logger.warn({ name }, 'No estate has a lane by this name; it is served as soon as one has')
logger.info(
  { worker: name, queue: backend.kind, lanes: lanes.map(lane => laneQueue(lane.estateId, lane.name)) },
  'Lane worker ready',
)
let beating: Promise<void> = firstLanes
const timer = setInterval(() => {
  beating = beating.then(beat).catch(onError)
}, BEAT_MS)

async function end(signal: 'SIGINT' | 'SIGTERM', why = `Stopped by ${signal}.`, code = 0): Promise<void> {
  logger.info({ signal, running: leases.size }, 'Taking nothing new')
  stopping.abort()
  await Promise.all([...workers.values()].map(worker => worker.pause().catch(onError)))
  const over = performance.now() + GRACE_MS[signal]
  // Busy shells that outlast the grace are killed; their attempts then record themselves as unknown.
  await pool.drain(GRACE_MS[signal])
  // What was seen is written before the process ends, for as long as the grace lasts where the database is away.
  await Promise.race([Promise.all(tools.writing), sleep(Math.max(0, over - performance.now()))])
  await Promise.race([
    Promise.all([...workers.values()].map(worker => worker.close().catch(onError))),
    sleep(400),
  ])
  clearInterval(timer)
  await workerStopped(workerId, why).catch(onError)
  await wanted.close()
  await backend.close().catch(onError)
  await endTracing()
  await closeDatabase().catch(() => undefined)
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (ending) process.exit(130)
    ending = end(signal)
  })
