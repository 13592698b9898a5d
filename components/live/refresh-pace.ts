/** Events of one commit arrive within this time and are one refresh. */
const GATHER_MS = 5
/** A page is never asked for again sooner than this after the last time. */
const LEAST_REST_MS = 100
const MOST_REST_MS = 2_000

/**
 * In how many milliseconds to ask for the page again. The first event after a quiet time is answered at once; in a busy
 * batch a page spends at most half of its time on being drawn anew, so that a slow server or a slow device is asked less
 * often. `sinceBegan` is the time since the last refresh began, and `took` how long it was; both null before the first.
 */
export function refreshInMs(last: { sinceBegan: number; took: number } | null): number {
  if (!last) return GATHER_MS
  const rest = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, 2 * last.took))
  return Math.max(GATHER_MS, rest - last.sinceBegan)
}
