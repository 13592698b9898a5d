/**
 * Seconds until the next try, by the delays that the failure's signature or class gives; null when they are used up and a
 * person has to look. `jitter` is 0 to 1 and moves the wait by up to a tenth, so that a crowd does not come back as
 * one. A lab keeps the shape of the ladder and shortens it.
 */
export function retryDelaySeconds(
  delaysSeconds: readonly number[],
  retriesSoFar: number,
  at: { kind: 'lab' | 'live'; jitter: number; askedSeconds?: number | null },
): number | null {
  const seconds = delaysSeconds[retriesSoFar]
  if (seconds === undefined) return null
  const scale = at.kind === 'lab' ? 0.05 : 1
  const usual = Math.max(1, seconds * scale * (0.95 + 0.1 * at.jitter))
  // What a server asked for is never shortened, only spread behind it.
  return at.askedSeconds ? Math.max(usual, at.askedSeconds * (1 + 0.1 * at.jitter) + 0.5) : usual
}
