import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { type HoldInput, holdTarget } from './hold-work'
import { Refused } from './refused'

/** Releases a hold; work within the scope goes on where it stood. */
export async function releaseWork(actor: Actor, input: HoldInput): Promise<{ holdId: string }> {
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
    // Wake-ups that came while it was held were let go; nobody has to wait until they count as overdue.
    await tx.$executeRaw`UPDATE "item" SET "queuedAt" = NULL WHERE "queuedAt" IS NOT NULL AND "leaseAttemptId" IS NULL`
    const waves = await tx.wave.findMany({
      where: { state: { in: ['approved', 'running', 'syncing', 'awaiting_approval', 'draft'] } },
      select: { id: true },
    })
    await wake(
      tx,
      ...waves.flatMap(wave => [
        { topic: 'wave' as const, waveId: wave.id },
        { topic: 'wave-items' as const, waveId: wave.id },
        { topic: 'wave-readiness' as const, waveId: wave.id },
      ]),
    )
    await recordEvent(tx, actor, {
      type: 'hold.released',
      about: target.about,
      data: { holdId: released.id, scope: input.scope, targetId: target.id, reason },
    })
    return { holdId: released.id }
  })
}
