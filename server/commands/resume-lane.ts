import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { Refused } from './refused'

/**
 * Lets a lane go on that a failure of credential scope stopped (rule 10). Work in it goes on where it stood; if the
 * credential still fails, the lane stops again at once.
 */
export async function resumeLane(actor: Actor, input: { laneId: string; reason: string }): Promise<void> {
  permit(actor, 'holds.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Letting a lane go on needs a reason.')
  await db().$transaction(async tx => {
    const lane = await tx.lane.findUnique({ where: { id: input.laneId }, include: { estate: true } })
    if (!lane) throw new Refused('not_found', `There is no lane ${input.laneId}.`)
    const changed = await tx.$executeRaw`
      UPDATE "lane" SET "stoppedAt" = NULL, "stoppedWhy" = NULL WHERE "id" = ${lane.id} AND "stoppedAt" IS NOT NULL`
    if (changed === 0)
      throw new Refused('conflict', `The lane ${lane.name} of ${lane.estate.name} is not stopped.`)
    // Wake-ups that came while it stood were let go; nobody has to wait until they count as overdue.
    await tx.$executeRaw`
      UPDATE "item" SET "queuedAt" = NULL
      WHERE "estateId" = ${lane.estateId} AND "queuedAt" IS NOT NULL AND "leaseAttemptId" IS NULL`
    const waves = await tx.wave.findMany({
      where: {
        batch: { estateId: lane.estateId },
        state: { in: ['approved', 'running', 'syncing', 'awaiting_approval', 'draft'] },
      },
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
    await recordEvent(tx, actor, { type: 'lane.resumed', data: { laneId: lane.id, reason } })
  })
}
