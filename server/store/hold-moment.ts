import type { Tx } from './ledger'

/** The lock's name. `beginApply` takes its shared side itself, with its first statement. */
export const HOLD_MOMENT = 'ferry.hold-moment'

/**
 * The moment at which a hold takes effect. A change that is about to begin takes this lock shared before it looks for holds, and
 * keeps it until its beginning is committed; who sets a hold takes it alone, before the hold's time. So every change that did
 * not see the hold has begun before that time, and every later one sees it. Changes do not wait for each other.
 *
 * It comes before every other lock of its transaction: whoever waits for it then keeps nobody waiting.
 */
export async function takeHoldMoment(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${HOLD_MOMENT}::text))`
}

/** The shared side, for a transaction of Prisma's. */
export async function shareHoldMoment(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext(${HOLD_MOMENT}::text))`
}
