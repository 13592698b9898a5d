import type { CrossingPart } from '@/components/crossing/parts'
import { verdictLook } from '@/components/state/look'
import type { RowVerdict } from '@/domain/import/verdicts'

export type VerdictCounts = { ready: number; flagged: number; refused: number; leftOut: number }

/** Rows by verdict as parts of a bar; they add up to the rows read. */
export function verdictParts(
  counts: VerdictCounts,
  hrefOf?: (verdict: RowVerdict) => string,
): CrossingPart[] {
  const part = (key: RowVerdict, count: number, label: string): CrossingPart => ({
    key,
    look: verdictLook[key],
    count,
    label,
    ...(hrefOf ? { href: hrefOf(key) } : {}),
  })
  return [
    part('ready', counts.ready, 'ready'),
    part('flagged', counts.flagged, 'flagged'),
    part('refused', counts.refused, 'refused'),
    part('left_out', counts.leftOut, 'left out'),
  ]
}
