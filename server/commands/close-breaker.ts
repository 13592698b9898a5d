import type { BreakerScope } from '@/domain/breakers/breaker'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { wakeEstate } from '@/server/store/wake-estate'
import { Refused } from './refused'
import { type GoesOn, whoGoesOnAfter } from './who-goes-on'

/**
 * A person lets work go on that had stopped by itself, having put the cause right. Harmed people of the batch at this
 * moment are taken note of and do not count again. What stopped a batch or a wave is let go on in the batch's own chain, where it
 * also was stopped. Answers how many people may begin by it, and why not the others whom it concerned.
 */
export async function closeBreaker(
  actor: Actor,
  input: { breakerId: string; reason: string },
): Promise<GoesOn> {
  const personId = permitPerson(actor, 'breakers.close')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Letting it go on needs a reason: what was put right.')
  return db().$transaction(async tx => {
    const found = await tx.breaker.findUnique({ where: { id: input.breakerId } })
    if (!found) throw new Refused('not_found', `There is no breaker ${input.breakerId}.`)
    // People before the breaker: everybody who locks both takes them in this order.
    await wakeEstate(tx, found.estateId)
    const harmed =
      found.scope === 'harmed' ? await tx.item.count({ where: { batchId: found.targetId, harmed: true } }) : 0
    const closed = await tx.$executeRaw`
      UPDATE "breaker" SET "state" = 'closed', "consecutive" = 0, "recent" = '', "timesOpened" = 0, "probeItemId" = NULL, "probeAt" = NULL,
        "allowance" = ${harmed}, "closedAt" = clock_timestamp(), "closedById" = ${personId}, "closeReason" = ${reason}, "version" = "version" + 1
      WHERE "id" = ${found.id} AND "state" <> 'closed'`
    if (closed === 0) throw new Refused('conflict', 'It is not open any more: work goes on already.')
    const goesOn = await whoGoesOnAfter(tx, found)
    await recordEvent(tx, actor, {
      type: 'breaker.closed',
      about: await batchOf(tx, found),
      data: { breakerId: found.id, scope: found.scope, targetId: found.targetId, by: 'person', reason },
    })
    return goesOn
  })
}

/** The batch or wave that a breaker stopped; what it stopped on a whole estate belongs to the instance. */
async function batchOf(
  tx: Tx,
  { scope, targetId }: { scope: BreakerScope; targetId: string },
): Promise<{ batchId?: string; waveId?: string }> {
  if (scope === 'harmed') return { batchId: targetId }
  if (scope !== 'wave') return {}
  const wave = await tx.wave.findUnique({ where: { id: targetId }, select: { batchId: true } })
  return wave ? { batchId: wave.batchId, waveId: targetId } : {}
}
