/** Fewer verified people than this say nothing about a pace. */
export const LEAST_VERIFIED = 5

/** Eight of ten outcomes lie within so many standard errors of the middle. */
export const EIGHT_OF_TEN = 1.2816

/** The range is never closer than this share of its middle: the pace itself changes. */
const LEAST_ERROR = 0.08

export type Pace = { perMinute: number; error: number }

/**
 * People a minute over the latest minutes (oldest first) and the standard error of that number as a share of it. People
 * who arrive are taken as a Poisson stream, so the error of n arrivals is their root. Minutes before the first arrival do
 * not count: the work began later. Null where too few arrived.
 */
export function paceOf(perMinute: readonly number[]): Pace | null {
  const first = perMinute.findIndex(count => count > 0)
  const verified = perMinute.reduce((sum, count) => sum + count, 0)
  if (first === -1 || verified < LEAST_VERIFIED) return null
  return {
    perMinute: verified / (perMinute.length - first),
    error: Math.max(LEAST_ERROR, 1 / Math.sqrt(verified)),
  }
}
