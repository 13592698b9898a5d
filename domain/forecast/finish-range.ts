/** When the rest will be across, judged by the latest pace: the range holds eight times of ten. */
export type FinishForecast = { from: Date; middle: Date; to: Date }

/** Fewer verified people than this say nothing about a pace. */
export const LEAST_VERIFIED = 5

/** Eight of ten outcomes lie within so many standard errors of the middle. */
const EIGHT_OF_TEN = 1.2816

/** The range is never closer than this share of its middle: the pace itself changes. */
const LEAST_ERROR = 0.08

type Pace = { perMinute: number; error: number }

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

/** Null where nothing is left to do, and where too little was verified to say anything. */
export function finishForecast(
  perMinute: readonly number[],
  remaining: number,
  now: Date,
): FinishForecast | null {
  const pace = paceOf(perMinute)
  if (!pace || remaining <= 0) return null
  const likely = (remaining / pace.perMinute) * 60_000
  const spread = Math.min(0.9, EIGHT_OF_TEN * pace.error)
  const at = (ms: number) => new Date(now.getTime() + ms)
  return { from: at(likely / (1 + spread)), middle: at(likely), to: at(likely / (1 - spread)) }
}

/** How likely the cut-off comes first (0 to 1), and about how many people would then not be across. */
export function missOdds(
  perMinute: readonly number[],
  remaining: number,
  now: Date,
  cutOff: Date | null,
): { share: number; people: number } | null {
  const pace = paceOf(perMinute)
  if (!pace || !cutOff || remaining <= 0) return null
  const minutes = (cutOff.getTime() - now.getTime()) / 60_000
  if (minutes <= 0) return { share: 1, people: remaining }
  const needed = remaining / minutes
  const share = normalShare((needed - pace.perMinute) / (pace.perMinute * pace.error))
  const slow = pace.perMinute * (1 - pace.error * (share > 0.5 ? 0 : EIGHT_OF_TEN))
  return { share, people: Math.max(1, Math.round(remaining - slow * minutes)) }
}

/** The share of a normal distribution below z: Abramowitz and Stegun 26.2.17, good to seven digits. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z >= 0 ? 1 - tail : tail
}
