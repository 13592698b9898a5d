import type { Actor } from '@/domain/people/actor'
import type { HoldScope } from '@/generated/prisma/enums'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { Refused } from './refused'

export type HoldInput = { scope: HoldScope; targetId?: string; reason: string }

/** From now on nothing new starts within the scope; what runs is given its time to end. Set twice, the first one stands. */
export async function holdWork(
  actor: Actor,
  input: HoldInput,
): Promise<{ holdId: string; already: boolean } & Within> {
  const personId = permitPerson(actor, 'holds.write')
  const reason = input.reason.trim()
  if (reason === '')
    throw new Refused('invalid', 'A hold needs a reason, so that others know what it waits for.')
  return db().$transaction(async tx => {
    const target = await holdTarget(tx, input)
    const id = newId('hold')
    const inserted = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "hold" ("id", "scope", "targetId", "reason", "heldById", "heldAt")
      VALUES (${id}, ${input.scope}::"HoldScope", ${target.id}, ${reason}, ${personId}, clock_timestamp())
      ON CONFLICT ("scope", "targetId") WHERE "releasedAt" IS NULL DO NOTHING RETURNING "id"`
    if (!inserted[0]) {
      const standing = await tx.hold.findFirstOrThrow({
        where: { scope: input.scope, targetId: target.id, releasedAt: null },
      })
      return { holdId: standing.id, already: true, ...(await peopleWithin(tx, input.scope, target.id)) }
    }
    const within = await peopleWithin(tx, input.scope, target.id)
    await recordEvent(tx, actor, {
      type: 'hold.set',
      about: target.about,
      data: { holdId: id, scope: input.scope, targetId: target.id, reason },
    })
    return { holdId: id, already: false, ...within }
  })
}

/** People of open waves within a scope who do not begin while it is held, and those at work, who may end. */
export type Within = { touched: number; running: number }

/** A lane holds everybody of its estate whose next step runs on it; here they are counted by estate. */
export async function peopleWithin(tx: Tx, scope: HoldScope, targetId: string): Promise<Within> {
  const rows = await tx.$queryRaw<Within[]>`
    SELECT count(*) FILTER (WHERE i."state" <> 'running')::int AS "touched", count(*) FILTER (WHERE i."state" = 'running')::int AS "running"
    FROM "item" i JOIN "wave" w ON w."id" = i."waveId"
    WHERE w."state" NOT IN ('done', 'cancelled') AND i."state" IN ('not_started', 'waiting', 'running') AND CASE ${scope}
      WHEN 'estate' THEN i."estateId" = ${targetId}
      WHEN 'lane' THEN i."estateId" = (SELECT l."estateId" FROM "lane" l WHERE l."id" = ${targetId})
      WHEN 'batch' THEN i."batchId" = ${targetId}
      WHEN 'wave' THEN i."waveId" = ${targetId}
      WHEN 'item' THEN i."id" = ${targetId}
      ELSE true END`
  return rows[0] ?? { touched: 0, running: 0 }
}

type Target = { id: string; about: { batchId?: string; waveId?: string; itemId?: string } }

/** Refuses a hold on something that does not exist: it would hold nothing and look as if it did. */
export async function holdTarget(tx: Tx, on: { scope: HoldScope; targetId?: string }): Promise<Target> {
  const id = on.targetId ?? ''
  const missing = (): never => {
    throw new Refused('not_found', `There is no ${on.scope} ${id}.`)
  }
  switch (on.scope) {
    case 'everything':
      return { id: '', about: {} }
    case 'estate':
      return (await tx.estate.findUnique({ where: { id } })) ? { id, about: {} } : missing()
    case 'lane':
      return (await tx.lane.findUnique({ where: { id } })) ? { id, about: {} } : missing()
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
