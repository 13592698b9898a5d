import { permit } from '@/server/auth/permit'
import { eventsAfter, type LiveEvent } from '@/server/queries/live'

type Reading = { after: number; upTo: number; events: Promise<LiveEvent[]> }

/** Enough for every batch that is watched at once; what falls out is only read once more. */
const MOST_CHAINS = 64

/**
 * Readings of the ledger that everybody who stands at the same place shares: two hundred open pages of a busy batch are
 * one query a wake-up, not two hundred. A reading serves whoever was woken for a sequence that was committed before it began;
 * who knows no such sequence reads for themselves, so that nobody is ever shown less than there is.
 */
export class SharedReadings {
  private readonly latest = new Map<string, Reading>()

  constructor(private readonly read: typeof eventsAfter = eventsAfter) {}

  /** The events behind `after`, `limit` at most. `upTo` is the highest sequence that a wake-up named, or null. */
  eventsAfter(
    actor: Parameters<typeof eventsAfter>[0],
    where: { chain: string; after: number; limit: number },
    upTo: number | null,
  ): Promise<LiveEvent[]> {
    permit(actor, 'batches.read')
    if (upTo === null) return this.read(actor, where)
    const known = this.latest.get(where.chain)
    if (known && known.after === where.after && known.upTo >= upTo) return known.events
    const events = this.read(actor, where)
    const mine = { after: where.after, upTo, events }
    this.latest.delete(where.chain)
    this.latest.set(where.chain, mine)
    const oldest = this.latest.size > MOST_CHAINS ? this.latest.keys().next().value : undefined
    if (oldest !== undefined) this.latest.delete(oldest)
    // A reading that failed is nobody's answer but its own.
    events.catch(() => this.latest.get(where.chain) === mine && this.latest.delete(where.chain))
    return events
  }
}

/** The readings that this process's streams share. */
export const sharedReadings = new SharedReadings()
