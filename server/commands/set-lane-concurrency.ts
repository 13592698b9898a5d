import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/** Where lane workers hear of a changed lane at once; without hearing it they look every few seconds. */
export const laneChannel = 'ferry_lane'

/**
 * Sets how many sessions of a lane may work at once while it runs. Raised, more begin within a second; lowered, what runs may
 * end and nothing new begins until fewer run. Answers how many run, and how many of them are more than allowed.
 */
export async function setLaneConcurrency(
  actor: Actor,
  input: { laneId: string; concurrency: number; reason: string },
): Promise<{ before: number; running: number; over: number }> {
  permit(actor, 'lanes.pace')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Changing a lane needs a reason.')
  return db().$transaction(async tx => {
    await tx.$queryRaw`SELECT "id" FROM "lane" WHERE "id" = ${input.laneId} FOR UPDATE`
    const lane = await tx.lane.findUnique({
      where: { id: input.laneId },
      include: { credential: true, estate: true },
    })
    if (!lane) throw new Refused('not_found', `There is no lane ${input.laneId}.`)
    const { concurrency } = input
    const most = lane.credential.maxSessions
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > most)
      throw new Refused(
        'invalid',
        `A lane works with 1 to ${most} sessions: its credential ${lane.credential.name} may hold ${most}. To stop it, hold it.`,
      )
    if (concurrency === lane.concurrency)
      throw new Refused(
        'conflict',
        `The lane ${lane.name} of ${lane.estate.name} has ${concurrency} already.`,
      )
    await tx.lane.update({ where: { id: lane.id }, data: { concurrency } })
    const busy = await tx.$queryRaw<{ running: number }[]>`
      SELECT count(*)::int AS "running" FROM "attempt" a JOIN "seat" s ON s."id" = a."seatId"
      WHERE s."credentialId" = ${lane.credentialId} AND s."lane" = ${lane.name} AND a."state" IN ('queued', 'probing', 'applying', 'verifying')`
    const running = busy[0]?.running ?? 0
    await tx.$executeRaw`SELECT pg_notify(${laneChannel}, ${lane.id})`
    await recordEvent(tx, actor, {
      type: 'lane.concurrency_set',
      data: { laneId: lane.id, before: lane.concurrency, after: concurrency, reason },
    })
    return { before: lane.concurrency, running, over: Math.max(0, running - concurrency) }
  })
}
