import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { db } from '@/server/store/client'

/** This worker does not belong to the instance whose database it was given; the message says what to change. */
export class Skew extends Error {
  override readonly name = 'Skew'
}

/**
 * Compares this copy of Ferry and its settings with the instance: the changes its database has, the version of its
 * coordinator, and where its queue is. A worker that differs would misread rows, or wait at a queue nobody fills.
 * @throws Skew
 */
export async function refuseSkew(
  root: string,
  own: { version: string; queue: 'postgres' | 'redis' },
): Promise<void> {
  const applied = await migrationsOf()
  if (applied.length === 0)
    throw new Skew('This database has no Ferry in it. Start the instance first, or check DATABASE_URL.')
  const known = migrationsIn(join(root, 'prisma', 'migrations'))
  const newer = applied.find(name => !known.includes(name))
  if (newer)
    throw new Skew(
      `This worker is older than the instance: the database has the change ${newer}, which this copy of Ferry (${own.version}) does not know. Install the instance's version here.`,
    )
  const missing = known.find(name => !applied.includes(name))
  if (missing)
    throw new Skew(
      `This worker is newer than the instance: the database has no change ${missing} yet. Start the instance with version ${own.version} first, or install its version here.`,
    )
  const coordinator = await coordinatorNow()
  if (!coordinator) return
  if (coordinator.version !== own.version)
    throw new Skew(
      `This worker is Ferry ${own.version} and the instance is Ferry ${coordinator.version}. Install ${coordinator.version} here.`,
    )
  if (coordinator.queue && coordinator.queue !== own.queue)
    throw new Skew(
      coordinator.queue === 'redis'
        ? "The instance keeps its queue in Redis, and this worker has no REDIS_URL. Set it to the instance's."
        : 'The instance keeps its queue in PostgreSQL, and this worker has a REDIS_URL. Take it out, or give the instance the same one.',
    )
}

/** Notes where the queue is, for workers that start elsewhere. */
export async function tellQueue(queue: 'postgres' | 'redis'): Promise<void> {
  await db().setting.upsert({
    where: { key: 'queue' },
    create: { key: 'queue', value: queue },
    update: { value: queue },
  })
}

async function migrationsOf(): Promise<string[]> {
  const there = await db().$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS "there"`
  if (!there[0]?.there) return []
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL AND "finished_at" IS NOT NULL`
  return rows.map(({ name }) => name)
}

function migrationsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
}

async function coordinatorNow(): Promise<{ version: string; queue: string | null } | undefined> {
  const rows = await db().$queryRaw<{ version: string; queue: string | null }[]>`
    SELECT w."version", (SELECT s."value" #>> '{}' FROM "setting" s WHERE s."key" = 'queue') AS "queue"
    FROM "worker" w WHERE w."kind" = 'coordinator' AND w."stoppedAt" IS NULL
      AND w."lastSeenAt" > clock_timestamp() - interval '60 seconds' ORDER BY w."startedAt" DESC LIMIT 1`
  return rows[0]
}
