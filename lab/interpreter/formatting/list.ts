import { refuse } from '../refusal'
import { isWide } from './cell'

export type Entry = { name: string; text: string }

/** One object as `name : value` lines; long values go on below their start. */
export function renderEntries(entries: Entry[], screen: number): string {
  const width = Math.max(0, ...entries.map(entry => entry.name.length))
  const room = screen - width - 3
  return entries
    .map(({ name, text }) => {
      if (isWide(text) || isWide(name)) refuse('a list with wide text')
      if (room < 10) refuse('a list with long names')
      const pieces = text.split('\n').flatMap(line => chunks(line, room))
      return pieces
        .map(
          (piece, i) =>
            `${i === 0 ? name.padEnd(width) : ' '.repeat(width)} ${i === 0 ? ':' : ' '} ${piece}\n`,
        )
        .join('')
    })
    .join('')
}

function chunks(text: string, size: number): string[] {
  if (text.length > size && text.includes(' ')) refuse('a list with long text of several words')
  const found: string[] = []
  if (size === Number.POSITIVE_INFINITY) return [text]
  for (let i = 0; i === 0 || i < text.length; i += size) found.push(text.slice(i, i + size))
  return found
}
