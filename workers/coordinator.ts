import { hostname } from 'node:os'
import { advanceWave } from '@/server/commands/advance-wave'
import { describeLab } from '@/server/commands/describe-lab'
import { expireLeases } from '@/server/commands/expire-leases'
import { failStaleImports } from '@/server/commands/judge-import'
import { keepForecasts } from '@/server/commands/keep-forecasts'
import { lapseApprovals } from '@/server/commands/lapse-approvals'
import { measureSteps } from '@/server/commands/measure-steps'
import { environment, required } from '@/server/env'
import { openWaveIds } from '@/server/queries/due-work'
import { openQueueBackend } from '@/server/queue/backend'
import { listen } from '@/server/queue/listen'
import { type WaveJob, waveQueue } from '@/server/queue/names'
import { HANDED_ON_AT_ONCE, Relay } from '@/server/queue/relay'
import { closeDatabase, db } from '@/server/store/client'
import { foldPeople } from '@/server/store/counted-people'
import { markGoneWorkers, registerWorker, workerSeen, workerStopped } from '@/server/store/worker-registry'
import { Loop } from './coordinator/loop'
import { WaveTurns } from './coordinator/wave-turns'
import { logger } from './logger'
import { isOutage, isRedisOutage, reportOutage } from './outage'
import { processStartedAt } from './powershell/process-identity'
import { tellQueue } from './skew'
import { untilDatabase } from './until-database'
import { version } from './version'

const env = environment()
const databaseUrl = required('DATABASE_URL')
const host = hostname()
await untilDatabase(() => db().$queryRaw`SELECT 1`)
const workerId = await registerWorker({
  name: `coordinator-${host}-${process.pid}`,
  kind: 'coordinator',
  host,
  pid: process.pid,
  pidStartedAt: await processStartedAt(process.pid),
  lanes: [],
  version: version(process.cwd()),
})
await describeLab()
await tellQueue(env.REDIS_URL ? 'redis' : 'postgres')
const onError = reportOutage('The database')
const onQueueError = env.REDIS_URL ? reportOutage('Redis') : onError
const onOutage = (error: unknown): void => (isRedisOutage(error) ? onQueueError : onError)(error)
const backend = openQueueBackend({ databaseUrl, redisUrl: env.REDIS_URL, onError: onQueueError })
const relay = new Relay(backend)

// The relay follows commits; a second without news makes it look anyway.
const handingOn = new Loop('relay', 1_000, onOutage, async () => {
  while ((await relay.handOn()) >= HANDED_ON_AT_ONCE) {
    // Until the outbox is empty.
  }
})
// The sweeper asks Postgres what is due, whatever became of the queue.
const sweeping = new Loop('sweeper', 1_000, onOutage, async () => {
  const expired = await expireLeases()
  if (expired > 0) logger.info({ expired }, 'Ended leases of workers that are gone')
  await lapseApprovals()
  await relay.queueDue()
  await relay.queueSyncs()
})
// A reading whose process died says so instead of standing at its last row for ever.
const tidying = new Loop('imports', 60_000, onOutage, async () => {
  await failStaleImports()
})
const looking = new Loop('waves', 3_000, onOutage, async () => {
  // First, because the queue may be away while this process is not.
  await workerSeen(workerId)
  await markGoneWorkers()
  for (const waveId of await openWaveIds()) await relay.queueWave(waveId)
})
const turns = new WaveTurns(waveId =>
  advanceWave(waveId).catch((error: unknown) =>
    isOutage(error)
      ? onOutage(error)
      : logger.error(
          { waveId, error: error instanceof Error ? error.stack : String(error) },
          'A wave could not be moved on; it is looked at again',
        ),
  ),
)
// A turn that is lost with this process is asked for again by whoever looks at open waves.
const waves = backend.worker<WaveJob>(waveQueue, async job => turns.ask(job.waveId, job.later ?? false), {
  concurrency: 2,
  onError: onQueueError,
})
/** Everybody who gets on wakes their wave: these wait for each other a moment, other news does not. */
const GATHER_MS = 100
const news = listen({
  databaseUrl,
  channels: ['ferry_outbox'],
  onWake: (_channel, topic) => handingOn.wake(topic === 'wave-later' ? GATHER_MS : 0),
  onError,
})
// What steps take is measured; what was forecast from it is kept, and later what became of it.
const forecasting = new Loop('forecasts', 10_000, onOutage, async () => {
  await measureSteps()
  await keepForecasts()
})
// Numbers of people add up without it; folded, they are read at once.
const folding = new Loop('counts', 1_000, onOutage, async () => {
  await foldPeople()
})
const loops = [handingOn, sweeping, looking, tidying, forecasting, folding]
for (const loop of loops) loop.start()
logger.info({ queue: backend.kind }, 'Coordinator ready')

let ending = false
async function end(signal: string): Promise<void> {
  await Promise.all(loops.map(loop => loop.stop()))
  await turns.stop()
  await Promise.race([waves.close().catch(onError), new Promise(resolve => setTimeout(resolve, 1_500))])
  await workerStopped(workerId, `Stopped by ${signal}.`).catch(onError)
  await news.close()
  await relay.close()
  await backend.close().catch(onError)
  await closeDatabase().catch(() => undefined)
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (ending) process.exit(130)
    ending = true
    void end(signal)
  })
