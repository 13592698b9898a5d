import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wakeEstate } from '@/server/store/wake-estate'
import { Refused } from './refused'
import { type GoesOn, whoGoesOn } from './who-goes-on'

/**
 * Lets a lane go on that a failure of credential scope stopped (rule 10). Work in it goes on where it stood; if the
 * credential still fails, the lane stops again at once. Answers how many people it lets begin, and why not the others.
 */
export async function resumeLane(actor: Actor, input: { laneId: string; reason: string }): Promise<GoesOn> {
  permit(actor, 'lanes.resume')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Letting a lane go on needs a reason.')
  return db().$transaction(async tx => {
    const lane = await tx.lane.findUnique({ where: { id: input.laneId }, include: { estate: true } })
    if (!lane) throw new Refused('not_found', `There is no lane ${input.laneId}.`)
    const changed = await tx.$executeRaw`
      UPDATE "lane" SET "stoppedAt" = NULL, "stoppedWhy" = NULL WHERE "id" = ${lane.id} AND "stoppedAt" IS NOT NULL`
    if (changed === 0)
      throw new Refused('conflict', `The lane ${lane.name} of ${lane.estate.name} is not stopped.`)
    await wakeEstate(tx, lane.estateId)
    const goesOn = await whoGoesOn(tx, 'lane', lane.id)
    await recordEvent(tx, actor, { type: 'lane.resumed', data: { laneId: lane.id, reason } })
    return goesOn
  })
}
