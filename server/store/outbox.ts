import type { Tx } from './ledger'

/**
 * What can be handed to the queue: ids only. `item` wakes one person's step, `wave-items` everybody in a wave who is
 * due, `wave-readiness` the readings before planning, `wave` the progress of a wave, `sync` a cycle.
 */
export type WakeUp =
  | { topic: 'item'; itemId: string }
  | { topic: 'wave-items'; waveId: string }
  | { topic: 'wave-readiness'; waveId: string }
  | { topic: 'wave'; waveId: string }
  | { topic: 'sync'; syncRunId: string }

/** Writes wake-ups in the caller's transaction; the relay hands them on after the commit, never before. */
export async function wake(tx: Tx, ...wakeUps: WakeUp[]): Promise<void> {
  if (wakeUps.length === 0) return
  await tx.outbox.createMany({
    data: wakeUps.map(({ topic, ...payload }) => ({ topic, payload })),
  })
}
