import type { Sql } from './direct'

/**
 * What can be handed to the queue: ids only. `item` wakes one person's step, `wave-items` everybody in a wave who is
 * due, `wave-readiness` the readings before planning, `wave` the progress of a wave, `wave-later` the same for one of many who
 * got on and can wait a moment for the others, `sync` a cycle.
 */
export type WakeUp =
  | { topic: 'item'; itemId: string }
  | { topic: 'wave-items'; waveId: string }
  | { topic: 'wave-readiness'; waveId: string }
  | { topic: 'wave'; waveId: string }
  | { topic: 'wave-later'; waveId: string }
  | { topic: 'sync'; syncRunId: string }

/** Writes wake-ups in the caller's transaction; the relay hands them on after the commit, never before. */
export async function wake(tx: Sql, ...wakeUps: WakeUp[]): Promise<void> {
  if (wakeUps.length === 0) return
  const rows = wakeUps.map(({ topic, ...payload }) => ({ topic, payload }))
  await tx.$executeRaw`
    INSERT INTO "outbox" ("topic", "payload")
    SELECT "topic", "payload" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row("topic" text, "payload" jsonb)`
}
