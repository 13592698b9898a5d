import { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { countedPace, type PaceSeconds } from '@/server/store/counted-people'

export type VerifiedSlots = { slotMs: number; slots: { from: Date; verified: number }[] }

const minute = 60_000
const day = 1440 * minute
const lengths = [1, 2, 5, 10, 30, 60, 240, 1440].map(minutes => minutes * minute)
const MOST_SLOTS = 60

/** People verified in each slot of time from `from` to `to`; slots are as short as 60 of them allow, and none is missing. */
export async function verifiedSlots(
  database: Database,
  batchId: string,
  { from, to }: { from: Date; to: Date },
): Promise<VerifiedSlots> {
  const length = Math.max(minute, to.getTime() - from.getTime())
  const slotMs = lengths.find(one => length / one <= MOST_SLOTS) ?? Math.ceil(length / MOST_SLOTS / day) * day
  const first = Math.floor(from.getTime() / slotMs)
  const last = Math.floor(to.getTime() / slotMs)
  const rows = await database.$queryRaw<{ slot: number; verified: number }[]>`
    SELECT floor(extract(epoch FROM "at") * 1000 / ${slotMs})::int AS "slot", sum("people")::int AS "verified"
    FROM ${countedPace([batchId], countedBy(slotMs), Prisma.sql`${new Date(first * slotMs)}`)} AS v GROUP BY 1`
  const bySlot = new Map(rows.map(row => [row.slot, row.verified]))
  const slots = []
  for (let slot = first; slot <= last; slot++)
    slots.push({ from: new Date(slot * slotMs), verified: bySlot.get(slot) ?? 0 })
  return { slotMs, slots }
}

/** The longest slots in which people are counted that these are made of. */
function countedBy(slotMs: number): PaceSeconds {
  return slotMs % day === 0 ? 86_400 : slotMs % (30 * minute) === 0 ? 1800 : 60
}
