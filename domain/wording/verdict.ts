import type { RowVerdict } from '../import/verdicts'

/** An import row's verdict in words, as badges show it. */
export function verdictWord(verdict: RowVerdict): string {
  switch (verdict) {
    case 'ready':
      return 'Ready'
    case 'flagged':
      return 'Flagged, enters only when accepted'
    case 'refused':
      return 'Refused'
    case 'left_out':
      return 'Left out'
    default:
      return verdict satisfies never
  }
}
