import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wakeEstate } from '@/server/store/wake-estate'
import { type HoldInput, holdTarget } from './hold-work'
import { Refused } from './refused'
import { type GoesOn, whoGoesOn } from './who-goes-on'

/** Releases a hold; work within the scope goes on where it stood. Answers how many people it lets begin, and why not the others. */
export async function releaseWork(actor: Actor, input: HoldInput): Promise<{ holdId: string } & GoesOn> {
  const personId = permitPerson(actor, 'holds.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Releasing a hold needs a reason.')
  return db().$transaction(async tx => {
    const target = await holdTarget(tx, input)
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE "hold" SET "releasedAt" = clock_timestamp(), "releasedById" = ${personId}, "releaseReason" = ${reason}
      WHERE "scope" = ${input.scope}::"HoldScope" AND "targetId" = ${target.id} AND "releasedAt" IS NULL RETURNING "id"`
    const released = rows[0]
    if (!released) throw new Refused('conflict', 'There is no such hold in force.')
    await wakeEstate(tx, null)
    const goesOn = await whoGoesOn(tx, input.scope, target.id)
    await recordEvent(tx, actor, {
      type: 'hold.released',
      about: target.about,
      data: { holdId: released.id, scope: input.scope, targetId: target.id, ...target.named, reason },
    })
    return { holdId: released.id, ...goesOn }
  })
}
