import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wakeEstate } from '@/server/store/wake-estate'
import { Refused } from './refused'

/**
 * A person lets work go on that had stopped by itself, having put the cause right. Harmed people of the batch at this
 * moment are taken note of and do not count again. Answers how many people may begin by it.
 */
export async function closeBreaker(
  actor: Actor,
  input: { breakerId: string; reason: string },
): Promise<{ touched: number }> {
  const personId = permitPerson(actor, 'breakers.close')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Letting it go on needs a reason: what was put right.')
  return db().$transaction(async tx => {
    const found = await tx.breaker.findUnique({ where: { id: input.breakerId } })
    if (!found) throw new Refused('not_found', `There is no breaker ${input.breakerId}.`)
    // People before the breaker: everybody who locks both takes them in this order.
    const touched = await wakeEstate(tx, found.estateId)
    const harmed =
      found.scope === 'harmed' ? await tx.item.count({ where: { batchId: found.targetId, harmed: true } }) : 0
    const closed = await tx.$executeRaw`
      UPDATE "breaker" SET "state" = 'closed', "consecutive" = 0, "recent" = '', "timesOpened" = 0, "probeItemId" = NULL, "probeAt" = NULL,
        "allowance" = ${harmed}, "closedAt" = clock_timestamp(), "closedById" = ${personId}, "closeReason" = ${reason}, "version" = "version" + 1
      WHERE "id" = ${found.id} AND "state" <> 'closed'`
    if (closed === 0) throw new Refused('conflict', 'It is not open any more: work goes on already.')
    await recordEvent(tx, actor, {
      type: 'breaker.closed',
      data: { breakerId: found.id, scope: found.scope, targetId: found.targetId, by: 'person', reason },
    })
    return { touched }
  })
}
