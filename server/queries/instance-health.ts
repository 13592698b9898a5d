import { redisAnswers } from '@/server/queue/redis-health'
import { db } from '@/server/store/client'

export type HealthCheck = { name: 'database' | 'queue'; ok: boolean; why: string }

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
  return { live: true, ready: database, checks }
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
