import { listOf } from '../wording/list'

/** Records of each stream of a script that an answer did not hold any more. */
export type DroppedRecords = {
  readonly output: number
  readonly errors: number
  readonly warnings: number
  readonly verbose: number
  readonly information: number
}

const words = {
  output: ['object of output', 'objects of output'],
  errors: ['error record', 'error records'],
  warnings: ['warning', 'warnings'],
  verbose: ['verbose record', 'verbose records'],
  information: ['information record', 'information records'],
} as const

export const droppedAny = (dropped: DroppedRecords | null | undefined): boolean =>
  dropped !== null && dropped !== undefined && Object.values(dropped).some(count => count > 0)

/** One sentence on what was left out of a record, from what is stored of it; empty where it is whole. */
export function droppedWords(stored: unknown): string {
  if (typeof stored !== 'object' || stored === null) return ''
  const counts = new Map<string, unknown>(Object.entries(stored))
  const parts = Object.entries(words).flatMap(([stream, [one, many]]) => {
    const count = counts.get(stream)
    return typeof count === 'number' && count > 0 ? [`${count} more ${count === 1 ? one : many}`] : []
  })
  return parts.length === 0 ? '' : `Not kept, since a record holds only so many: ${listOf(parts)}.`
}
