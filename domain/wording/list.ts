import { formatCount } from './count'

/** “A”, “A and B”, “A, B and C”. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/**
 * “A, B and 3 more”: the first few names, and how many stand behind them. One that is left over is named, since
 * “and 1 more” would be no shorter. `total` counts more than `names` when only some names are known.
 */
export function shortList(names: readonly string[], show = 2, total = names.length): string {
  if (total <= show + 1 && names.length >= total) return listOf(names.slice(0, total))
  const shown = names.slice(0, show)
  if (shown.length === 0) return formatCount(total)
  return `${shown.join(', ')} and ${formatCount(total - shown.length)} more`
}
