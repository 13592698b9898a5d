import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/** Rule 16: a LIVE estate applies nothing until an administrator types its name. */
export async function switchEstateOn(actor: Actor, input: { estateId: string; name: string }): Promise<void> {
  const personId = permitPerson(actor, 'estates.switch')
  await db().$transaction(async tx => {
    const estate = await tx.estate.findUnique({ where: { id: input.estateId } })
    if (!estate) throw new Refused('not_found', `There is no estate ${input.estateId}.`)
    if (input.name.trim() !== estate.name)
      throw new Refused('invalid', `The name does not match. Type ${estate.name} to switch it on.`)
    const changed = await tx.$executeRaw`
      UPDATE "estate" SET "switchedOnAt" = clock_timestamp(), "switchedOnById" = ${personId}
      WHERE "id" = ${estate.id} AND "switchedOnAt" IS NULL`
    if (changed === 0) return
    await recordEvent(tx, actor, {
      type: 'estate.switched_on',
      data: { estateId: estate.id, name: estate.name },
    })
  })
}
