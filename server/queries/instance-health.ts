import { redisAnswers } from '@/server/queue/redis-health'
import { db } from '@/server/store/client'

export type HealthCheck = { name: 'database' | 'queue' | 'workers'; ok: boolean; why: string }

export type Health = { live: true; ready: boolean; checks: HealthCheck[] }

/** Longer than a healthy database ever takes; a probe should not hang on a sick one. */
const PATIENCE_MS = 2_000

/** What people read where Redis is away: on screen, in the health answer, at the terminal. */
export const REDIS_AWAY =
  'Redis does not answer, so nothing new begins. Nothing is lost: what waits goes on by itself once Redis answers. See whether it runs and can be reached.'

/**
 * Whether this process can do its work, and what it needs others for. Open to anybody, so it names no address, version
 * or person. `ready` is about this process: without the queue the screens work all the same.
 */
export async function instanceHealth(): Promise<Health> {
  const [database, redis] = await Promise.all([databaseAnswers(), redisAnswers()])
  const checks: HealthCheck[] = [
    {
      name: 'database',
      ok: database,
      why: database
        ? 'The database answers.'
        : 'The database does not answer. Nothing is lost: work goes on by itself once it answers. See whether it runs and can be reached.',
    },
  ]
  if (redis !== null)
    checks.push({ name: 'queue', ok: redis, why: redis ? 'The queue’s Redis answers.' : REDIS_AWAY })
  if (database) checks.push(await workersCheck())
  return { live: true, ready: database, checks }
}

/** Who moves things: without a lane worker nobody is worked on, without a coordinator nothing is handed on. */
async function workersCheck(): Promise<HealthCheck> {
  const rows = await db().$queryRaw<{ kind: string }[]>`
    SELECT DISTINCT "kind" FROM "worker" WHERE "stoppedAt" IS NULL AND "lastSeenAt" > clock_timestamp() - interval '30 seconds'`.catch(
    () => [],
  )
  const missing = [
    ...(rows.some(row => row.kind === 'lane') ? [] : ['lane worker']),
    ...(rows.some(row => row.kind === 'coordinator') ? [] : ['coordinator']),
  ]
  return {
    name: 'workers',
    ok: missing.length === 0,
    why:
      missing.length === 0
        ? 'A coordinator and a lane worker have been heard of within half a minute.'
        : `No ${missing.join(' and no ')} has been heard of for half a minute, so nothing new begins. The screens work all the same.`,
  }
}

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  const answer = db().$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, patience])
  } finally {
    clearTimeout(timer)
  }
}
