import { type May, no, type TransitionTable, yes } from '../lifecycle/transitions'

/**
 * An import is `reading` until every row is judged. It fails as a whole and then has no rows. What is judged can be
 * fixed, accepted and re-checked row by row until a batch is made of it, or until it is discarded.
 */
export const importStates = ['reading', 'judged', 'used', 'failed', 'discarded'] as const
export type ImportState = (typeof importStates)[number]

export const importTransitions: TransitionTable<ImportState> = {
  reading: ['judged', 'failed', 'discarded'],
  judged: ['used', 'discarded'],
  used: [],
  failed: ['discarded'],
  discarded: [],
}

/** Whether rows may be fixed, accepted and checked again. */
export function mayEditImport(file: { state: ImportState }): May {
  switch (file.state) {
    case 'judged':
      return yes
    case 'reading':
      return no('Ferry is still reading this file.')
    case 'used':
      return no('A batch was made of this import, so its rows stay as they were then.')
    case 'failed':
      return no('This file could not be read, so it has no rows. Bring it again.')
    case 'discarded':
      return no('This import was discarded. Bring the file again.')
    default:
      return file.state satisfies never
  }
}

export function mayDiscardImport(file: { state: ImportState }): May {
  if (importTransitions[file.state].includes('discarded')) return yes
  return file.state === 'used'
    ? no('A batch was made of this import. It stays as the record of where its people came from.')
    : no('This import is discarded already.')
}

/** The state in words, as a badge shows it. */
export function importWord(state: ImportState): string {
  switch (state) {
    case 'reading':
      return 'Reading'
    case 'judged':
      return 'Judged'
    case 'used':
      return 'Batch made'
    case 'failed':
      return 'Could not be read'
    case 'discarded':
      return 'Discarded'
    default:
      return state satisfies never
  }
}
