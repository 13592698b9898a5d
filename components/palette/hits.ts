import type { Look } from '../state/look'

export type PaletteHit = {
  /** Unique, letters, digits, dashes. */
  key: string
  kind: 'person' | 'batch' | 'command'
  name: string
  /** An address, a state, a keyboard shortcut. */
  note?: string
  href: string
  look?: Look
  /** Why this person may not; shown instead of the note. */
  why?: string | null
}

export type HitGroup = { title: string; hits: PaletteHit[] }

const titles: Record<PaletteHit['kind'], string> = { person: 'People', batch: 'Batches', command: 'Commands' }

/** Every word typed has to be in the name or the note, in any order, whatever the case. */
export function matches(hit: PaletteHit, text: string): boolean {
  const hay = `${hit.name} ${hit.note ?? ''}`.toLocaleLowerCase('en')
  return text
    .toLocaleLowerCase('en')
    .split(/\s+/)
    .every(word => hay.includes(word))
}

/** What the palette shows: people and batches as the server found them, then the commands that fit. Empty groups vanish. */
export function groupHits(
  text: string,
  commands: readonly PaletteHit[],
  found: readonly PaletteHit[],
): HitGroup[] {
  const all = [...found, ...commands.filter(command => matches(command, text.trim()))]
  return (['person', 'batch', 'command'] as const)
    .map(kind => ({ title: titles[kind], hits: all.filter(hit => hit.kind === kind) }))
    .filter(group => group.hits.length > 0)
}
