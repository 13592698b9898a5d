import type { Database } from '@/server/store/client'
import { type HoldNow, holdsNow } from './holds-now'

export type LaneSeat = {
  id: string
  number: number
  state: 'starting' | 'idle' | 'busy' | 'orphan'
  worker: string
  busyForMs: number | null
  /** What is usual for this step on this instance; null until five have been done. */
  usualMs: number | null
  item: { id: string; batchId: string; name: string } | null
  stepKey: string | null
}

export type LaneNow = {
  id: string
  estateId: string
  estate: string
  name: string
  credentialId: string
  credential: string
  /** Sessions that may work at once in this lane. */
  concurrency: number
  /** Sessions the credential may hold, over all its lanes. */
  cap: number
  stopped: { since: Date; why: string } | null
  /** A hold on this very lane; wider ones hold it, too. */
  held: HoldNow | null
  seats: LaneSeat[]
}

type SeatRow = {
  id: string
  credentialId: string
  lane: string
  number: number
  state: LaneSeat['state']
  worker: string | null
  workerId: string
  busyForMs: number | null
  stepKey: string | null
  itemId: string | null
  batchId: string | null
  displayName: string | null
}

/** Every lane with its sessions and what each one does, since when. */
export async function lanesNow(database: Database): Promise<LaneNow[]> {
  const [lanes, seats, usual, holds] = await Promise.all([
    database.lane.findMany({
      include: { estate: true, credential: true },
      orderBy: [{ estateId: 'asc' }, { name: 'asc' }],
    }),
    database.$queryRaw<SeatRow[]>`
      SELECT s."id", s."credentialId", s."lane", s."number", s."state"::text AS "state", w."name" AS "worker",
        s."workerId", (extract(epoch FROM now() - s."busySince") * 1000)::float8 AS "busyForMs",
        a."stepKey", i."id" AS "itemId", i."batchId", i."displayName"
      FROM "seat" s
      LEFT JOIN "worker" w ON w."id" = s."workerId"
      LEFT JOIN "attempt" a ON a."id" = s."attemptId"
      LEFT JOIN "item" i ON i."id" = a."itemId"
      WHERE s."state" <> 'dead' ORDER BY s."number"`,
    usualStepDurations(database),
    holdsNow(database),
  ])
  return lanes.map(lane => ({
    id: lane.id,
    estateId: lane.estateId,
    estate: lane.estate.name,
    name: lane.name,
    credentialId: lane.credentialId,
    credential: lane.credential.name,
    concurrency: lane.concurrency,
    cap: lane.credential.maxSessions,
    held: holds.find(hold => hold.scope === 'lane' && hold.targetId === lane.id) ?? null,
    stopped: lane.stoppedAt ? { since: lane.stoppedAt, why: lane.stoppedWhy ?? '' } : null,
    seats: seats
      .filter(seat => seat.credentialId === lane.credentialId)
      .filter(seat => seat.lane === lane.name || seat.lane === `${lane.estateId}.${lane.name}`)
      .map(seat => ({
        id: seat.id,
        number: seat.number,
        state: seat.state,
        worker: seat.worker ?? seat.workerId,
        busyForMs: seat.state === 'busy' ? seat.busyForMs : null,
        usualMs: (seat.stepKey && usual.get(seat.stepKey)) || null,
        item:
          seat.itemId && seat.batchId
            ? { id: seat.itemId, batchId: seat.batchId, name: seat.displayName ?? seat.itemId }
            : null,
        stepKey: seat.stepKey,
      })),
  }))
}

/** The median duration of each step over the last 400 that were done, in milliseconds; at least five of a step. */
export async function usualStepDurations(database: Database): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ step: string; ms: number }[]>`
    SELECT "step", (percentile_cont(0.5) WITHIN GROUP (ORDER BY "seconds") * 1000)::float8 AS "ms"
    FROM (
      SELECT "data"->>'step' AS "step", ("data"->>'seconds')::float8 AS "seconds"
      FROM "event" WHERE "type" = 'attempt.done' ORDER BY "at" DESC LIMIT 400
    ) AS "latest"
    WHERE "seconds" IS NOT NULL GROUP BY 1 HAVING count(*) >= 5`
  return new Map(rows.map(row => [row.step, row.ms]))
}
