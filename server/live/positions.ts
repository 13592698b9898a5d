/** Where a reader of one or several chains stands: the last sequence seen of each. */
export type Positions = Record<string, number>

/** Two forms of a message id: the bare sequence for one chain, `chain:seq,chain:seq` for several. */
export function writePositions(positions: Positions, only: string | null): string {
  if (only !== null) return String(positions[only] ?? 0)
  return Object.entries(positions)
    .map(([chain, seq]) => `${chain}:${seq}`)
    .join(',')
}

/** Reads what writePositions wrote; null for anything else, so that a mangled id starts anew instead of lying. */
export function readPositions(text: string | null, only: string | null): Positions | null {
  if (text === null || text === '') return null
  if (only !== null) return /^\d{1,15}$/.test(text) ? { [only]: Number(text) } : null
  const positions: Positions = {}
  for (const part of text.split(',')) {
    const found = /^([\w-]{1,40}):(\d{1,15})$/.exec(part)
    if (!found?.[1] || !found[2]) return null
    positions[found[1]] = Number(found[2])
  }
  return positions
}
