/**
 * The order in which rows stay on screen while somebody reads: what was shown keeps its place (also when the server has
 * moved it or let it go), and what is new waits. `waiting` counts the rows that would come, go or change places.
 */
export function waitingChanges(shown: readonly string[], next: readonly string[]): number {
  const inShown = new Set(shown)
  const inNext = new Set(next)
  const gone = shown.filter(key => !inNext.has(key)).length
  const come = next.filter(key => !inShown.has(key)).length
  const before = shown.filter(key => inNext.has(key))
  const after = next.filter(key => inShown.has(key))
  return gone + come + movedBetween(before, after)
}

/** How many keys leave their place between two orders of the same keys: all but the longest run that keeps its order. */
function movedBetween(before: readonly string[], after: readonly string[]): number {
  const place = new Map(before.map((key, index) => [key, index]))
  const tails: number[] = []
  for (const key of after) {
    const index = place.get(key) ?? 0
    const at = tails.findIndex(tail => tail > index)
    if (at === -1) tails.push(index)
    else tails[at] = index
  }
  return after.length - tails.length
}
