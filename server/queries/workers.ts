import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { type Database, db } from '@/server/store/client'
import { type LaneNow, lanesNow, usualStepDurations } from './lanes'

export type WorkerLine = {
  id: string
  name: string
  kind: string
  host: string
  pid: number
  lanes: string[]
  version: string
  startedAt: Date
  /** Since it was last heard of. */
  seenMs: number
  stoppedAt: Date | null
  stoppedWhy: string | null
  openSeats: number
}

/** A shell's answer to its health probe, as it is kept with the seat. */
export type ShellFacts = {
  edition?: string
  version?: string
  languageMode?: string
  culture?: string
  inputEncoding?: string
  outputEncoding?: string
  /** Version by name of the modules that bring the lane's cmdlets. */
  modules?: Record<string, string>
  /** Cmdlets of the lane that no module brings. */
  missing?: string[]
  executable?: string
}

export type SessionLine = {
  id: string
  number: number
  state: 'starting' | 'idle' | 'busy' | 'orphan'
  credential: string
  estateId: string
  estate: string
  lane: string
  worker: string
  host: string
  pid: number | null
  openedAt: Date
  /** For how long it has been at what it does; null while it does nothing. */
  busyForMs: number | null
  usualMs: number | null
  calls: number
  stepKey: string | null
  item: { id: string; batchId: string; name: string } | null
  /** What the shell said of itself when it was opened. */
  shell: ShellFacts | null
  /** Why an orphan is one. */
  why: string | null
}

export type WorkersNow = { now: Date; workers: WorkerLine[]; sessions: SessionLine[]; lanes: LaneNow[] }

type SessionRow = Omit<SessionLine, 'item' | 'usualMs'> & {
  itemId: string | null
  batchId: string | null
  displayName: string | null
}

/** Every process that runs or stopped within a day, and every session that holds a seat. */
export async function workersNow(actor: Actor): Promise<WorkersNow> {
  permit(actor, 'workers.read')
  const [times, workers, sessions, usual, lanes] = await Promise.all([
    db().$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`,
    db().$queryRaw<WorkerLine[]>`
      SELECT w."id", w."name", w."kind", w."host", w."pid", w."lanes", w."version", w."startedAt",
        (extract(epoch FROM now() - w."lastSeenAt") * 1000)::float8 AS "seenMs", w."stoppedAt", w."stoppedWhy",
        (SELECT count(*) FROM "seat" s WHERE s."workerId" = w."id" AND s."state" <> 'dead')::int AS "openSeats"
      FROM "worker" w
      WHERE w."stoppedAt" IS NULL OR w."stoppedAt" > now() - interval '1 day'
      ORDER BY w."stoppedAt" IS NOT NULL, w."stoppedAt" DESC, w."kind", w."name" LIMIT 200`,
    openSessions(db()),
    usualStepDurations(db()),
    lanesNow(db()),
  ])
  const now = times[0]?.now
  if (!now) throw new Error('The database did not say what time it is.')
  return {
    now,
    workers,
    lanes,
    sessions: sessions.map(({ itemId, batchId, displayName, ...session }) => ({
      ...session,
      usualMs: (session.stepKey && usual.get(session.stepKey)) || null,
      item: itemId && batchId ? { id: itemId, batchId, name: displayName ?? itemId } : null,
    })),
  }
}

const openSessions = (database: Database): Promise<SessionRow[]> => database.$queryRaw<SessionRow[]>`
  SELECT s."id", s."number", s."state"::text AS "state", c."name" AS "credential", c."estateId", e."name" AS "estate",
    s."lane", coalesce(w."name", s."workerId") AS "worker", s."host", s."pid", s."openedAt",
    CASE WHEN s."state" = 'busy' THEN (extract(epoch FROM now() - s."busySince") * 1000)::float8 END AS "busyForMs",
    s."calls", a."stepKey", i."id" AS "itemId", i."batchId", i."displayName", s."shell",
    CASE WHEN s."state" = 'orphan' THEN s."deadWhy" END AS "why"
  FROM "seat" s
  JOIN "credential" c ON c."id" = s."credentialId"
  JOIN "estate" e ON e."id" = c."estateId"
  LEFT JOIN "worker" w ON w."id" = s."workerId"
  LEFT JOIN "attempt" a ON a."id" = s."attemptId"
  LEFT JOIN "item" i ON i."id" = a."itemId"
  WHERE s."state" <> 'dead'
  ORDER BY e."name", c."name", s."number"`
