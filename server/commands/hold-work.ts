import type { Actor } from '@/domain/people/actor'
import type { HoldScope } from '@/generated/prisma/enums'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { takeHoldMoment } from '@/server/store/hold-moment'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { peopleWithin, type Within } from './people-within'
import { Refused } from './refused'

export type HoldInput = { scope: HoldScope; targetId?: string; reason: string }

/** Long enough for what is just beginning to have begun, also where the ledger is busy. */
const PATIENCE_MS = 30_000

/**
 * Nothing new starts within the scope; what runs is given its time to end. No change begins after the hold's time, nor once this
 * has answered. Set twice, the first one stands. Answers how many it keeps from beginning, and who is at work.
 */
export async function holdWork(
  actor: Actor,
  input: HoldInput,
): Promise<{ holdId: string; already: boolean } & Within> {
  const personId = permitPerson(actor, 'holds.write')
  const reason = input.reason.trim()
  if (reason === '')
    throw new Refused('invalid', 'A hold needs a reason, so that others know what it waits for.')
  const set = await db().$transaction(tx => setHold(tx, actor, { ...input, reason, personId }), {
    timeout: PATIENCE_MS,
  })
  // Counted once it stands: who began just before is among those at work.
  return { ...set, ...(await peopleWithin(db(), input.scope, input.targetId ?? '')) }
}

async function setHold(
  tx: Tx,
  actor: Actor,
  input: HoldInput & { personId: string },
): Promise<{ holdId: string; already: boolean }> {
  const { reason } = input
  await takeHoldMoment(tx)
  const target = await holdTarget(tx, input)
  const id = newId('hold')
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "hold" ("id", "scope", "targetId", "reason", "heldById", "heldAt")
    VALUES (${id}, ${input.scope}::"HoldScope", ${target.id}, ${reason}, ${input.personId}, clock_timestamp())
    ON CONFLICT ("scope", "targetId") WHERE "releasedAt" IS NULL DO NOTHING RETURNING "id"`
  if (!inserted[0]) {
    const standing = await tx.hold.findFirstOrThrow({
      where: { scope: input.scope, targetId: target.id, releasedAt: null },
    })
    return { holdId: standing.id, already: true }
  }
  await recordEvent(tx, actor, {
    type: 'hold.set',
    about: target.about,
    data: { holdId: id, scope: input.scope, targetId: target.id, ...target.named, reason },
  })
  return { holdId: id, already: false }
}

type Target = {
  id: string
  about: { batchId?: string; waveId?: string; itemId?: string }
  /** What an estate or a lane is called; batches, waves and people are named by their ids. */
  named?: { name: string }
}

/** Refuses a hold on something that does not exist: it would hold nothing and look as if it did. */
export async function holdTarget(tx: Tx, on: { scope: HoldScope; targetId?: string }): Promise<Target> {
  const id = on.targetId ?? ''
  const missing = (): never => {
    throw new Refused('not_found', `There is no ${on.scope} ${id}.`)
  }
  switch (on.scope) {
    case 'everything':
      return { id: '', about: {} }
    case 'estate': {
      const estate = await tx.estate.findUnique({ where: { id } })
      return estate ? { id, about: {}, named: { name: estate.name } } : missing()
    }
    case 'lane': {
      const lane = await tx.lane.findUnique({ where: { id }, include: { estate: true } })
      return lane ? { id, about: {}, named: { name: `${lane.name} of ${lane.estate.name}` } } : missing()
    }
    case 'batch':
      return (await tx.batch.findUnique({ where: { id } })) ? { id, about: { batchId: id } } : missing()
    case 'wave': {
      const wave = await tx.wave.findUnique({ where: { id } })
      return wave ? { id, about: { batchId: wave.batchId, waveId: id } } : missing()
    }
    case 'item': {
      const item = await tx.item.findUnique({ where: { id } })
      return item ? { id, about: { batchId: item.batchId, waveId: item.waveId, itemId: id } } : missing()
    }
    default:
      return on.scope satisfies never
  }
}
