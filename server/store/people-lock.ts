import type { Tx } from './ledger'

// Any number will do that nothing else locks: "ferry people", as letters on a telephone.
const PEOPLE = 33_779_736_753n

/**
 * Until the caller's transaction ends, nobody else changes who there is: two first runs at once make one
 * administrator, and two administrators cannot take each other's role away at the same moment.
 */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE})`
}
