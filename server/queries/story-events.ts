import type { EventType } from '@/domain/ledger/event-types'
import type { Event } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'

/** What happened to the whole wave and so belongs to everybody's story. */
const ofTheWave: EventType[] = [
  'wave.started',
  'wave.sync_waiting',
  'wave.synced',
  'wave.cancelled',
  'gate.opened',
  'wave.reopened',
]

/** The events of a person's story, newest first: their own, and those of the wave as a whole. Each has its index. */
export async function storyEvents(database: Database, itemId: string, waveId: string): Promise<Event[]> {
  const [own, shared] = await Promise.all([
    database.event.findMany({ where: { itemId } }),
    database.event.findMany({ where: { waveId, itemId: null, type: { in: ofTheWave } } }),
  ])
  return [...own, ...shared].sort((a, b) => b.at.getTime() - a.at.getTime() || Number(b.seq - a.seq))
}
