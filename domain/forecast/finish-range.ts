/** When the rest will be across: as early and as late as the latest pace allows. Instants in milliseconds. */
export type FinishRange = { earliest: number; likely: number; latest: number }

/** Fewer verified people than this say nothing about a pace. */
export const LEAST_VERIFIED = 5

/**
 * A range of finish times from the latest minutes' verified people, oldest minute first. The middle is the mean pace;
 * the ends are one standard error of the count away (arrivals are taken as Poisson, so the error of n is its root),
 * and never closer than a tenth of the middle. Answers null where too little was verified to say anything, and where
 * nothing is left to do. Minutes before the first verified one are not counted: the work began later.
 */
export function finishRange(
  perMinute: readonly number[],
  remaining: number,
  now: number,
): FinishRange | null {
  const first = perMinute.findIndex(count => count > 0)
  if (first === -1 || remaining <= 0) return null
  const minutes = perMinute.length - first
  const verified = perMinute.reduce((sum, count) => sum + count, 0)
  if (verified < LEAST_VERIFIED) return null
  const error = Math.max(0.1, 1 / Math.sqrt(verified))
  const likely = (remaining / (verified / minutes)) * 60_000
  return {
    earliest: now + likely / (1 + error),
    likely: now + likely,
    latest: now + likely / (1 - error),
  }
}
