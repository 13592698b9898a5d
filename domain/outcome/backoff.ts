/** Seconds to wait before a retry, per failure class, by how many retries there were; failures.md names the ladder. */
const ladders = {
  TRANSIENT: [60, 120, 300, 600, 1200],
  THROTTLED: [60, 120, 300, 300, 300, 300, 300, 300],
  SESSION_LOST: [5, 15, 60, 300],
  BUSY: [15],
} as const

export type RetriedClass = keyof typeof ladders

export const isRetriedClass = (name: string): name is RetriedClass => name in ladders

/**
 * Seconds until the next try, or null when the ladder is used up and a person has to look. `jitter` is 0 to 1 and moves
 * the wait by up to a fifth, so that a crowd does not come back as one. A lab keeps the shape and shortens it.
 */
export function retryDelaySeconds(
  failureClass: RetriedClass,
  retriesSoFar: number,
  at: { kind: 'lab' | 'live'; jitter: number },
): number | null {
  const ladder: readonly number[] = ladders[failureClass]
  const endless = failureClass === 'BUSY'
  const seconds = ladder[endless ? 0 : retriesSoFar]
  if (seconds === undefined) return null
  const scale = at.kind === 'lab' ? 0.05 : 1
  return Math.max(1, seconds * scale * (0.9 + 0.2 * at.jitter))
}
