import { genesisHash, instanceChain, link } from '@/domain/ledger/chain'
import type { EventData, EventType } from '@/domain/ledger/event-types'
import { eventVersions } from '@/domain/ledger/event-types'
import type { Actor } from '@/domain/people/actor'
import type { Prisma } from '@/generated/prisma/client'

export type Tx = Prisma.TransactionClient

type About = { batchId?: string | null; waveId?: string | null; itemId?: string | null }

/** One event to write; the chain is the batch's, or the instance's where no batch is named. */
export type NewEvent = {
  [T in EventType]: { type: T; data: EventData[T]; about?: About }
}[EventType]

/**
 * Appends events to one chain inside the caller's transaction. The chain's row lock is held until the commit, so
 * sequence order is commit order (rule 8): call this last. Events of one call must share a chain. Time is the
 * database's.
 */
export async function recordEvents(tx: Tx, actor: Actor, events: readonly NewEvent[]): Promise<void> {
  const first = events[0]
  if (!first) return
  const chain = first.about?.batchId ?? instanceChain
  const rows = await tx.$queryRaw<{ seq: bigint; head: string; at: Date }[]>`
    INSERT INTO "chain" ("id", "seq", "head") VALUES (${chain}, ${events.length}, ${genesisHash})
    ON CONFLICT ("id") DO UPDATE SET "seq" = "chain"."seq" + ${events.length}
    RETURNING "seq", "head", date_trunc('milliseconds', clock_timestamp()) AS "at"`
  const reserved = rows[0]
  if (!reserved) throw new Error(`The chain ${chain} could not be locked.`)
  const { stored, head } = linkEvents(chain, reserved, actor, events)
  await tx.event.createMany({ data: stored })
  await tx.$executeRaw`UPDATE "chain" SET "head" = ${head} WHERE "id" = ${chain}`
}

/**
 * Rows of the ledger for events whose numbers up to `reserved.seq` are reserved under the chain's lock, each linked to
 * the one before it, and the chain's new head.
 */
export function linkEvents(
  chain: string,
  reserved: { seq: bigint; head: string; at: Date },
  actor: Actor,
  events: readonly NewEvent[],
): { stored: Prisma.EventCreateManyInput[]; head: string } {
  const last = Number(reserved.seq)
  let previousHash = reserved.head
  const stored: Prisma.EventCreateManyInput[] = []
  for (const [index, event] of events.entries()) {
    if ((event.about?.batchId ?? instanceChain) !== chain)
      throw new Error('Events of one call must share a chain.')
    const body = {
      chain,
      seq: last - events.length + 1 + index,
      type: event.type,
      version: eventVersions[event.type],
      at: reserved.at.toISOString(),
      actor: {
        kind: actor.kind,
        id: actor.kind === 'person' ? actor.personId : null,
        name: actor.name,
        via: actor.via,
      },
      batchId: event.about?.batchId ?? null,
      waveId: event.about?.waveId ?? null,
      itemId: event.about?.itemId ?? null,
      data: event.data,
    }
    const { canonical, hash } = link(body, previousHash)
    stored.push({
      chain,
      seq: body.seq,
      type: body.type,
      version: body.version,
      at: reserved.at,
      actorKind: body.actor.kind,
      actorId: body.actor.id,
      actorName: body.actor.name,
      via: actor.via,
      batchId: body.batchId,
      waveId: body.waveId,
      itemId: body.itemId,
      data: event.data,
      canonical,
      previousHash,
      hash,
    })
    previousHash = hash
  }
  return { stored, head: previousHash }
}

/** recordEvents for a single event. */
export const recordEvent = (tx: Tx, actor: Actor, event: NewEvent): Promise<void> =>
  recordEvents(tx, actor, [event])
