import { instanceChain, type LedgerBody, link, unlinkedText } from '@/domain/ledger/chain'
import type { EventData, EventType } from '@/domain/ledger/event-types'
import { eventVersions } from '@/domain/ledger/event-types'
import type { Actor } from '@/domain/people/actor'
import type { Prisma } from '@/generated/prisma/client'
import type { Sql } from './direct'

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
export async function recordEvents(tx: Sql, actor: Actor, events: readonly NewEvent[]): Promise<void> {
  const first = events[0]
  if (!first) return
  const chain = first.about?.batchId ?? instanceChain
  const by = actorOf(actor)
  const unlinked = events.map(event => {
    const { data, ...body } = bodyOf(chain, by, event)
    const { actor: _actor, chain: _chain, ...columns } = body
    return { ...columns, data: JSON.stringify(data), ...unlinkedText({ ...body, data }) }
  })
  await tx.$queryRaw`
    SELECT ferry_append(${chain}, ${by.kind}, ${by.id}, ${by.name}, ${by.via}::"Via", ${JSON.stringify(unlinked)}::jsonb)::text`
}

const actorOf = (actor: Actor) => ({
  kind: actor.kind,
  id: actor.kind === 'person' ? actor.personId : null,
  name: actor.name,
  via: actor.via,
})

function bodyOf(
  chain: string,
  actor: ReturnType<typeof actorOf>,
  event: NewEvent,
): Omit<LedgerBody, 'seq' | 'at'> {
  if ((event.about?.batchId ?? instanceChain) !== chain)
    throw new Error('Events of one call must share a chain.')
  return {
    chain,
    type: event.type,
    version: eventVersions[event.type],
    actor,
    batchId: event.about?.batchId ?? null,
    waveId: event.about?.waveId ?? null,
    itemId: event.about?.itemId ?? null,
    data: event.data,
  }
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
  const by = actorOf(actor)
  for (const [index, event] of events.entries()) {
    const body = {
      ...bodyOf(chain, by, event),
      seq: last - events.length + 1 + index,
      at: reserved.at.toISOString(),
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
export const recordEvent = (tx: Sql, actor: Actor, event: NewEvent): Promise<void> =>
  recordEvents(tx, actor, [event])
