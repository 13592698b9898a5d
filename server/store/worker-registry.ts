import type { CredentialFinding } from '@/domain/credentials/finding'
import { db } from './client'
import { newId } from './ids'

export type WorkerRow = {
  id: string
  name: string
  kind: 'lane' | 'coordinator'
  host: string
  pid: number
  pidStartedAt: string | null
  lanes: string[]
  version: string
}

/** Announces a process; its row stays as history after it stops. */
export async function registerWorker(worker: Omit<WorkerRow, 'id'>): Promise<string> {
  const id = newId('worker')
  await db().$executeRaw`
    INSERT INTO "worker" ("id", "name", "kind", "host", "pid", "pidStartedAt", "lanes", "version", "startedAt", "lastSeenAt")
    VALUES (${id}, ${worker.name}, ${worker.kind}, ${worker.host}, ${worker.pid}, ${worker.pidStartedAt}, ${worker.lanes}, ${worker.version}, clock_timestamp(), clock_timestamp())`
  return id
}

export async function workerSeen(id: string): Promise<void> {
  await db()
    .$executeRaw`UPDATE "worker" SET "lastSeenAt" = clock_timestamp(), "stoppedAt" = NULL WHERE "id" = ${id}`
}

/** What a worker serves now, and where it found the secrets of the credentials that this takes. */
export async function workerServes(
  id: string,
  lanes: readonly string[],
  credentials: readonly CredentialFinding[],
): Promise<void> {
  await db().$executeRaw`
    UPDATE "worker" SET "lanes" = ${lanes}, "credentials" = ${JSON.stringify(credentials)}::jsonb WHERE "id" = ${id}`
}

export async function workerStopped(id: string, why: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "worker" SET "stoppedAt" = clock_timestamp(), "stoppedWhy" = ${why} WHERE "id" = ${id} AND "stoppedAt" IS NULL`
}

/** Workers not heard of for a minute are marked as gone. */
export async function markGoneWorkers(): Promise<number> {
  return db().$executeRaw`
    UPDATE "worker" SET "stoppedAt" = clock_timestamp(), "stoppedWhy" = 'Not heard of for a minute.'
    WHERE "stoppedAt" IS NULL AND "lastSeenAt" < clock_timestamp() - interval '60 seconds'`
}
