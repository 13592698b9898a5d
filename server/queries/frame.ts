import type { Actor } from '@/domain/people/actor'
import { hasPermission } from '@/domain/people/permissions'
import { permit } from '@/server/auth/permit'
import { redisAnswers } from '@/server/queue/redis-health'
import { db } from '@/server/store/client'
import { databaseNow } from '@/server/store/wave-lock'
import { type HoldNow, holdsNow } from './holds-now'
import { REDIS_AWAY } from './instance-health'

export type FrameData = {
  now: Date
  /** Requests this very person may decide: an operator who is not involved (rule 7). */
  approvalsToDecide: number
  /** The hold on everything, where one is in force. */
  heldEverything: HoldNow | null
  /** Why nothing new begins although nobody holds it: the queue does not answer. */
  queueTrouble: string | null
}

/** What stands around every page. */
export async function frameData(actor: Actor): Promise<FrameData> {
  permit(actor, 'batches.read')
  const decides = actor.kind === 'person' && hasPermission(actor.roles, 'approvals.decide').ok
  const [now, holds, approvalsToDecide, redis] = await Promise.all([
    databaseNow(db()),
    holdsNow(db()),
    decides
      ? db().approval.count({
          where: { state: 'requested', NOT: { involvedIds: { has: actor.personId } } },
        })
      : 0,
    redisAnswers(),
  ])
  return {
    now,
    approvalsToDecide,
    heldEverything: holds.find(hold => hold.scope === 'everything') ?? null,
    queueTrouble: redis === false ? REDIS_AWAY : null,
  }
}

/**
 * The kind of estate that a page about several speaks of: `live` as soon as one LIVE estate is described, since nobody may
 * take it for a lab; null when no estate is.
 */
export async function estatesKind(actor: Actor): Promise<'live' | 'lab' | null> {
  permit(actor, 'batches.read')
  const kinds = await db().estate.findMany({ distinct: ['kind'], select: { kind: true } })
  if (kinds.some(estate => estate.kind === 'live')) return 'live'
  return kinds.length > 0 ? 'lab' : null
}
