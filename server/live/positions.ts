/** Where a reader of one or several chains stands: the last sequence seen of each. */
export type Positions = Record<string, number>

/** A message id: `chain:seq,chain:seq`. */
export function writePositions(positions: Positions): string {
  return Object.entries(positions)
    .map(([chain, seq]) => `${chain}:${seq}`)
    .join(',')
}

/**
 * Reads what writePositions wrote, or the bare sequence of the chain that somebody follows; null for anything else, so that a mangled
 * id starts anew instead of lying.
 */
export function readPositions(text: string | null, chain: string | null): Positions | null {
  if (text === null || text === '') return null
  if (chain !== null && /^\d{1,15}$/.test(text)) return { [chain]: Number(text) }
  const positions: Positions = {}
  for (const part of text.split(',')) {
    const found = /^([\w-]{1,40}):(\d{1,15})$/.exec(part)
    if (!found?.[1] || !found[2]) return null
    positions[found[1]] = Number(found[2])
  }
  return positions
}
