import type { Look } from '@/components/state/look'
import { State } from '@/components/state/state'
import { type ImportState, importWord } from '@/domain/import/states'

const look: Record<ImportState, Look> = {
  reading: 'running',
  judged: 'person',
  used: 'done',
  failed: 'failed',
  discarded: 'out',
}

export function ImportBadge({ state }: { state: ImportState }) {
  return <State look={look[state]}>{importWord(state)}</State>
}
