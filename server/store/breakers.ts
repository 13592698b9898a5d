import {
  afterOutcome,
  type BreakerScope,
  type BreakerState,
  classOf,
  countsAgainst,
  harmedReached,
  limitsOf,
  probeAfterSeconds,
} from '@/domain/breakers/breaker'
import { isConcerned } from '@/domain/breakers/concerned'
import type { FailureClass } from '@/domain/failures/classes'
import type { Sql } from './direct'
import { newId } from './ids'
import type { NewEvent } from './ledger'

/** What a piece of work concerns: the breakers that are asked before it and told after it. */
export type Concerns = {
  estateId: string
  estateKind: 'lab' | 'live'
  batchId: string
  waveId: string
  itemId: string
  laneId: string
  pool: string | null
  worker: string
  credentialId: string
}

export type BreakerRow = {
  id: string
  scope: BreakerScope
  targetId: string
  state: BreakerState
  consecutive: number
  recent: string
  timesOpened: number
  cause: string | null
  probeItemId: string | null
  allowance: number
  /** Seconds until one may try; null where only a person closes it. */
  probeIn: number | null
}

type Watched = Exclude<BreakerScope, 'harmed'>

/** Rows that are not at rest, locked in one order by everybody, and only those that this work concerns. */
async function lockedRows(tx: Sql, on: Concerns, openOnly: boolean): Promise<BreakerRow[]> {
  const rows = await tx.$queryRaw<BreakerRow[]>`
    SELECT b."id", b."scope"::text AS "scope", b."targetId", b."state"::text AS "state", b."consecutive", b."recent", b."timesOpened",
      b."cause", b."probeItemId", b."allowance", extract(epoch FROM b."probeAt" - clock_timestamp())::float8 AS "probeIn"
    FROM "breaker" b WHERE b."estateId" = ${on.estateId}
      AND (b."state" <> 'closed' OR (NOT ${openOnly} AND (b."consecutive" > 0 OR b."recent" <> '')))
    ORDER BY b."scope", b."targetId" FOR UPDATE OF b`
  return rows.filter(row => isConcerned(on, row))
}

export type Way = { clear: true; events: NewEvent[] } | { clear: false; why: string; seconds: number }

/**
 * Whether this person may begin although breakers are open: where its pause is over, one is let through each open breaker.
 * Nothing is written unless all of them let it through.
 */
export async function passBreakers(tx: Sql, on: Concerns, identity: string): Promise<Way> {
  const open = (await lockedRows(tx, on, true)).filter(row => row.scope !== 'harmed')
  const trying = await workedOn(tx, open)
  for (const row of open) {
    const why = `stopped by itself: ${row.cause ?? 'failures that belong together'}`
    if (row.state === 'half_open' && trying.has(row.probeItemId) && row.probeItemId !== on.itemId)
      return { clear: false, why, seconds: 2 }
    if (row.state === 'open' && row.probeIn === null) return { clear: false, why, seconds: 30 }
    if (row.state === 'open' && row.probeIn !== null && row.probeIn > 0)
      return { clear: false, why, seconds: Math.max(1, row.probeIn) }
  }
  const events: NewEvent[] = []
  for (const row of open) {
    await tx.$executeRaw`
      UPDATE "breaker" SET "state" = 'half_open', "probeItemId" = ${on.itemId}, "version" = "version" + 1 WHERE "id" = ${row.id}`
    events.push({
      type: 'breaker.probing',
      about: { batchId: on.batchId, waveId: on.waveId, itemId: on.itemId },
      data: { breakerId: row.id, scope: row.scope, targetId: row.targetId, identity },
    })
  }
  return { clear: true, events }
}

/**
 * Who of those let through is still being worked on. A statement of its own, after the one that locked the breakers: had that
 * one waited for whoever was just letting somebody through, it would see the breaker as it is now and the person as before.
 */
async function workedOn(tx: Sql, rows: readonly BreakerRow[]): Promise<Set<string | null>> {
  const ids = rows.flatMap(row => (row.state === 'half_open' && row.probeItemId ? [row.probeItemId] : []))
  if (ids.length === 0) return new Set()
  const leased = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "item" WHERE "id" = ANY(${ids}) AND "leaseAttemptId" IS NOT NULL`
  return new Set(leased.map(row => row.id))
}

/** The last look before a change is sent: what opened meanwhile stops it, but for the one that was let through. */
export async function breakerInTheWay(tx: Sql, on: Concerns): Promise<string | null> {
  const rows = await tx.$queryRaw<{ scope: BreakerScope; targetId: string; cause: string | null }[]>`
    SELECT "scope"::text AS "scope", "targetId", "cause" FROM "breaker"
    WHERE "estateId" = ${on.estateId} AND "state" <> 'closed' AND "probeItemId" IS DISTINCT FROM ${on.itemId}`
  const row = rows.find(one => isConcerned(on, one))
  return row ? (row.cause ?? 'failures that belong together') : null
}

/** How an attempt ended, as breakers count it: `neutral` says nothing about anything, such as a sync that is awaited. */
export type End =
  | { kind: 'well' }
  | { kind: 'neutral' }
  | {
      kind: 'failed'
      errorClass: string | null
      /** Classes that the same end has beside its own: a refused reading that left it unknown. */
      also?: readonly (string | null)[]
      signature: string | null
      reason: string
    }

/** Tells the breakers how an attempt ended. Answers the events to write with it. */
export async function tellBreakers(tx: Sql, on: Concerns, end: End): Promise<NewEvent[]> {
  const failures = end.kind === 'failed' ? countedClasses([end.errorClass, ...(end.also ?? [])]) : []
  const counted = failures.length > 0
  if (counted) await makeRows(tx, on, failures)
  const rows = await lockedRows(tx, on, false)
  const all = counted ? await withResting(tx, on, rows, failures) : rows
  const events: NewEvent[] = []
  for (const row of all) {
    if (row.scope === 'harmed') continue
    const isProbe = row.state === 'half_open' && row.probeItemId === on.itemId
    const { scope, targetId } = row
    const failed = failures.some(
      failure => (scope !== 'errors' || targetId === failure) && countsAgainst(scope, failure),
    )
    const limits = limitsOf(scope, targetId)
    if (!limits) continue
    if (!failed && end.kind !== 'well') {
      // The one who was let through ended for another reason: the next one tries.
      if (isProbe)
        await tx.$executeRaw`
          UPDATE "breaker" SET "state" = 'open', "probeItemId" = NULL, "probeAt" = clock_timestamp(), "version" = "version" + 1 WHERE "id" = ${row.id}`
      continue
    }
    const judged = afterOutcome(row, failed, limits, isProbe)
    const event = await writeJudged(tx, on, row, judged, end)
    if (event) events.push(event)
  }
  return events
}

/** Each class that counts as a failure, once, and in one order: rows are made in it. */
const countedClasses = (names: readonly (string | null)[]): FailureClass[] => {
  const failures = names.flatMap(name => classOf(name) ?? [])
  return [...new Set(failures)].filter(failure => limitsOf('errors', failure) !== null).sort()
}

async function writeJudged(
  tx: Sql,
  on: Concerns,
  row: BreakerRow,
  judged: ReturnType<typeof afterOutcome>,
  end: End,
): Promise<NewEvent | null> {
  const { breaker, turned, because } = judged
  const about = { batchId: on.batchId, waveId: on.waveId }
  const { id, scope, targetId } = row
  if (turned === 'opened') {
    const reason = end.kind === 'failed' ? end.reason : ''
    const cause = `${because}, the latest: ${reason}`
    const signature = end.kind === 'failed' ? end.signature : null
    const seconds = probeAfterSeconds({ scope, targetId, timesOpened: breaker.timesOpened }, on.estateKind)
    await tx.$executeRaw`
      UPDATE "breaker" SET "state" = 'open', "consecutive" = 0, "recent" = '', "timesOpened" = ${breaker.timesOpened}, "cause" = ${cause},
        "signature" = ${signature}, "openedAt" = CASE WHEN "state" = 'closed' THEN clock_timestamp() ELSE "openedAt" END,
        "probeItemId" = NULL, "probeAt" = clock_timestamp() + make_interval(secs => ${seconds}::float8),
        "closedAt" = NULL, "closedById" = NULL, "closeReason" = NULL, "version" = "version" + 1 WHERE "id" = ${id}`
    return {
      type: 'breaker.opened',
      about,
      data: { breakerId: id, scope, targetId, because: because ?? '', cause, signature },
    }
  }
  if (turned === 'closed') {
    const reason = 'The one person who was let through went well.'
    await tx.$executeRaw`
      UPDATE "breaker" SET "state" = 'closed', "consecutive" = 0, "recent" = '', "timesOpened" = 0, "probeItemId" = NULL, "probeAt" = NULL,
        "closedAt" = clock_timestamp(), "closedById" = NULL, "closeReason" = ${reason}, "version" = "version" + 1 WHERE "id" = ${id}`
    return { type: 'breaker.closed', about, data: { breakerId: id, scope, targetId, by: 'probe', reason } }
  }
  await tx.$executeRaw`
    UPDATE "breaker" SET "consecutive" = ${breaker.consecutive}, "recent" = ${breaker.recent} WHERE "id" = ${id}`
  return null
}

function keysOf(on: Concerns, failures: readonly FailureClass[]): { scope: Watched; targetId: string }[] {
  return [
    ...failures.map(failure => ({ scope: 'errors' as const, targetId: failure })),
    ...(on.pool ? [{ scope: 'pool' as const, targetId: on.pool }] : []),
    { scope: 'worker', targetId: on.worker },
    { scope: 'credential', targetId: on.credentialId },
    { scope: 'wave', targetId: on.waveId },
  ]
}

async function makeRows(tx: Sql, on: Concerns, failures: readonly FailureClass[]): Promise<void> {
  for (const { scope, targetId } of keysOf(on, failures))
    await tx.$executeRaw`
      INSERT INTO "breaker" ("id", "estateId", "scope", "targetId")
      VALUES (${newId('breaker')}, ${on.estateId}, ${scope}::"BreakerScope", ${targetId}) ON CONFLICT DO NOTHING`
}

/** A failure also reaches rows at rest, in the order in which everybody locks. */
async function withResting(
  tx: Sql,
  on: Concerns,
  rows: readonly BreakerRow[],
  failures: readonly FailureClass[],
): Promise<BreakerRow[]> {
  const keys = keysOf(on, failures)
  const resting = await tx.$queryRaw<BreakerRow[]>`
    SELECT "id", "scope"::text AS "scope", "targetId", "state"::text AS "state", "consecutive", "recent", "timesOpened", "cause",
      "probeItemId", "allowance", NULL::float8 AS "probeIn"
    FROM "breaker" WHERE "estateId" = ${on.estateId} AND "id" <> ALL(${rows.map(row => row.id)})
      AND ("scope"::text || ':' || "targetId") = ANY(${keys.map(key => `${key.scope}:${key.targetId}`)})
    ORDER BY "scope", "targetId" FOR UPDATE`
  return [...rows, ...resting]
}

/**
 * Stops a batch of whom too many may be harmed, and lets it go on when they are fewer again. Answers whether it stands,
 * with the events to write.
 */
export async function judgeHarm(
  tx: Sql,
  on: { estateId: string; batchId: string },
): Promise<{ stands: boolean; why: string; events: NewEvent[] }> {
  const rows = await tx.$queryRaw<
    { harmed: number; cap: number; id: string | null; state: BreakerState | null; allowance: number | null }[]
  >`
    SELECT (SELECT count(*)::int FROM "item" WHERE "batchId" = ${on.batchId} AND "harmed") AS "harmed", e."harmedCap" AS "cap",
      b."id", b."state"::text AS "state", b."allowance"
    FROM "estate" e LEFT JOIN "breaker" b ON b."estateId" = e."id" AND b."scope" = 'harmed' AND b."targetId" = ${on.batchId}
    WHERE e."id" = ${on.estateId}`
  const row = rows[0]
  if (!row) return { stands: false, why: '', events: [] }
  const allowance = Math.min(row.allowance ?? 0, row.harmed)
  // Whoever was taken note of and is whole again leaves no room for somebody else.
  if (row.id && allowance < (row.allowance ?? 0))
    await tx.$executeRaw`UPDATE "breaker" SET "allowance" = ${allowance} WHERE "id" = ${row.id}`
  const reached = harmedReached(row.harmed, row.cap, allowance)
  const why = `${row.harmed} people may be harmed: their change began and its end is not as wanted, or not known`
  const wasOpen = row.state === 'open' || row.state === 'half_open'
  if (reached === wasOpen) return { stands: reached, why, events: [] }
  const about = { batchId: on.batchId }
  if (reached) {
    const id = row.id ?? newId('breaker')
    const opened = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "breaker" ("id", "estateId", "scope", "targetId", "state", "cause", "openedAt", "timesOpened")
      VALUES (${id}, ${on.estateId}, 'harmed', ${on.batchId}, 'open', ${why}, clock_timestamp(), 1)
      ON CONFLICT ("estateId", "scope", "targetId") DO UPDATE SET "state" = 'open', "cause" = EXCLUDED."cause", "openedAt" = EXCLUDED."openedAt",
        "timesOpened" = "breaker"."timesOpened" + 1, "closedAt" = NULL, "closedById" = NULL, "closeReason" = NULL, "version" = "breaker"."version" + 1
        WHERE "breaker"."state" = 'closed'
      RETURNING "id"`
    const breakerId = opened[0]?.id
    if (!breakerId) return { stands: true, why, events: [] }
    const because = `${row.cap} is the limit`
    return {
      stands: true,
      why,
      events: [
        {
          type: 'breaker.opened',
          about,
          data: { breakerId, scope: 'harmed', targetId: on.batchId, because, cause: why, signature: null },
        },
      ],
    }
  }
  const reason = `Fewer people may be harmed now: ${row.harmed}.`
  const closed = await tx.$executeRaw`
    UPDATE "breaker" SET "state" = 'closed', "closedAt" = clock_timestamp(), "closedById" = NULL, "closeReason" = ${reason}, "version" = "version" + 1
    WHERE "id" = ${row.id} AND "state" <> 'closed'`
  if (closed === 0 || !row.id) return { stands: false, why, events: [] }
  return {
    stands: false,
    why,
    events: [
      {
        type: 'breaker.closed',
        about,
        data: { breakerId: row.id, scope: 'harmed', targetId: on.batchId, by: 'count', reason },
      },
    ],
  }
}
