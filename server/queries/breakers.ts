import type { BreakerScope, BreakerState } from '@/domain/breakers/breaker'
import { type BreakerFacts, breakerTitle, breakerWayOn, type Harmed } from '@/domain/breakers/breaker-words'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import type { Tx } from '@/server/store/ledger'

export type BreakerLine = {
  id: string
  scope: BreakerScope
  targetId: string
  state: BreakerState
  estateId: string
  estate: string
  title: string
  cause: string
  signature: string | null
  openedAt: Date | null
  /** What makes it go on, in a sentence. */
  wayOn: string
  harmed: Harmed | null
  probing: { itemId: string; batchId: string; name: string } | null
}

type Row = BreakerLine & {
  name: string | null
  probeInSeconds: number | null
  people: number
  cap: number
  noted: number
  probeItemId: string | null
  probeBatchId: string | null
  probeName: string | null
}

/** Every breaker that is open, oldest first; with a batch given, those that keep its people from beginning. */
export async function breakersNow(actor: Actor, batchId?: string): Promise<BreakerLine[]> {
  permit(actor, 'workers.read')
  return openBreakers(db(), batchId)
}

/** The same for commands and queries that have asked for a permission of their own. */
export async function openBreakers(database: Tx, batchId?: string): Promise<BreakerLine[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT b."id", b."scope"::text AS "scope", b."targetId", b."state"::text AS "state", b."estateId", e."name" AS "estate",
      coalesce(b."cause", '') AS "cause", b."signature", b."openedAt",
      extract(epoch FROM b."probeAt" - now())::float8 AS "probeInSeconds",
      coalesce(w."name" || ' of ' || wb."name", c."name", hb."name") AS "name", e."harmedCap" AS "cap", b."allowance" AS "noted",
      (SELECT count(*)::int FROM "item" h WHERE b."scope" = 'harmed' AND h."batchId" = b."targetId" AND h."harmed") AS "people",
      i."id" AS "probeItemId", i."batchId" AS "probeBatchId", i."displayName" AS "probeName"
    FROM "breaker" b JOIN "estate" e ON e."id" = b."estateId"
    LEFT JOIN "wave" w ON b."scope" = 'wave' AND w."id" = b."targetId" LEFT JOIN "batch" wb ON wb."id" = w."batchId"
    LEFT JOIN "credential" c ON b."scope" = 'credential' AND c."id" = b."targetId"
    LEFT JOIN "batch" hb ON b."scope" = 'harmed' AND hb."id" = b."targetId"
    LEFT JOIN "item" i ON i."id" = b."probeItemId" AND b."state" = 'half_open'
    WHERE b."state" <> 'closed' AND (${batchId ?? null}::text IS NULL OR (
      e."id" = (SELECT "estateId" FROM "batch" WHERE "id" = ${batchId ?? null})
      AND (b."scope" NOT IN ('wave', 'harmed') OR coalesce(w."batchId", hb."id") = ${batchId ?? null})))
    ORDER BY b."openedAt"`
  return rows.map(
    ({ name, probeInSeconds, people, cap, noted, probeItemId, probeBatchId, probeName, ...row }) => {
      const harmed = row.scope === 'harmed' ? { people, cap, noted } : null
      const facts: BreakerFacts = { ...row, name, probeInSeconds, harmed }
      return {
        ...row,
        title: breakerTitle(facts),
        wayOn: breakerWayOn(facts),
        harmed,
        probing:
          probeItemId && probeBatchId
            ? { itemId: probeItemId, batchId: probeBatchId, name: probeName ?? probeItemId }
            : null,
      }
    },
  )
}
