import { parse } from 'csv-parse/sync'
import { visible } from './characters'
import type { FileFinding } from './finding'
import { fileFinding } from './finding'

/** What Ferry uses a column for. `RegistrarPool` says where somebody is and is never a target (rule 12). */
export const columnRoles = [
  'SipAddress',
  'UserPrincipalName',
  'DisplayName',
  'RegistrarPool',
  'TargetPool',
] as const
export type ColumnRole = (typeof columnRoles)[number]

/** A column as the file has it: `name` as written (made unique), `role` null where it is only kept with the row. */
export type Column = { readonly name: string; readonly role: ColumnRole | null }

export const delimiters = [',', ';', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/** `lines` physical lines of the file came before the first row: header, and the lines before it. */
export type Header = {
  readonly delimiter: Delimiter
  readonly columns: readonly Column[]
  readonly typeLine: string | null
  readonly lines: number
  readonly cells: readonly string[]
}

/**
 * Splits the text at a file's beginning into what comes before the rows and the rest.
 * @returns null while the header line is not complete yet
 */
export function splitHeader(
  text: string,
  ended: boolean,
): { before: string[]; header: string; headerLines: number; rest: string } | null {
  const before: string[] = []
  let at = 0
  for (;;) {
    const end = lineEnd(text, at, ended)
    if (end === null) return null
    const line = text.slice(at, end.at)
    if (line.trim() === '' && end.next < text.length) {
      before.push('')
    } else if (/^"?#TYPE /i.test(line) || /^"?sep=.?"?$/i.test(line)) {
      before.push(line)
    } else {
      return { before, header: line, headerLines: end.lines, rest: text.slice(end.next) }
    }
    if (end.next >= text.length) {
      return ended ? { before, header: '', headerLines: 0, rest: '' } : null
    }
    at = end.next
  }
}

/** Reads the header line: the delimiter is the one under which a SipAddress column shows, else the one with most columns. */
export function readHeader(split: {
  before: readonly string[]
  header: string
  headerLines: number
}):
  | { readonly header: Header; readonly refusal: null }
  | { readonly header: null; readonly refusal: FileFinding } {
  const candidates = delimiters.map(delimiter => ({ delimiter, cells: headerCells(split.header, delimiter) }))
  const best = candidates.toSorted((a, b) => score(b.cells) - score(a.cells))[0]
  const cells = best?.cells ?? []
  const roles = cells.map(roleOf)
  if (!roles.includes('SipAddress')) return { header: null, refusal: noSipColumn(cells) }
  for (const role of columnRoles) {
    const twice = cells.filter((_, index) => roles[index] === role)
    if (twice.length > 1) {
      const named = twice.map(cell => `“${visible(cell.trim())}”`).join(' and ')
      return {
        header: null,
        refusal: fileFinding('duplicate-column', `The columns ${named} both say ${role}.`),
      }
    }
  }
  return {
    header: {
      delimiter: best?.delimiter ?? ',',
      columns: uniqueNames(cells).map((name, index) => ({ name, role: roles[index] ?? null })),
      typeLine: split.before.find(line => /#TYPE/i.test(line)) ?? null,
      lines: split.before.length + split.headerLines,
      cells,
    },
    refusal: null,
  }
}

/** The file's own name of the column that is used as `role`. */
export function nameOf(columns: readonly Column[], role: ColumnRole): string | null {
  return columns.find(column => column.role === role)?.name ?? null
}

/** Letter case, blanks and punctuation of a header name carry nothing: `sip_address` is SipAddress. */
function roleOf(name: string): ColumnRole | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (plain === 'pool') return 'RegistrarPool'
  return columnRoles.find(role => role.toLowerCase() === plain) ?? null
}

function noSipColumn(cells: readonly string[]): FileFinding {
  const named = cells.filter(cell => cell.trim() !== '').map(cell => visible(cell.trim().slice(0, 60)))
  const list = named.slice(0, 20).join(', ') + (named.length > 20 ? ` and ${named.length - 20} more` : '')
  const hint = named.some(cell => cell.includes('@'))
    ? ' The first line looks like a person already: the header line is missing.'
    : ''
  return fileFinding(
    'no-sip-column',
    named.length === 0
      ? 'The file has no header line.'
      : `Ferry finds people by their SIP address. The columns found are: ${list}.${hint}`,
  )
}

function score(cells: readonly string[]): number {
  return (cells.some(cell => roleOf(cell) === 'SipAddress') ? 10_000 : 0) + cells.length
}

function headerCells(header: string, delimiter: Delimiter): string[] {
  try {
    const records: string[][] = parse(header, { delimiter, relax_quotes: true, relax_column_count: true })
    return (records[0] ?? []).slice(0, 1_000)
  } catch {
    // An unclosed quotation mark: cut by hand, so that the columns found can still be named.
    return header.split(delimiter).slice(0, 1_000)
  }
}

function uniqueNames(cells: readonly string[]): string[] {
  const used = new Set<string>()
  return cells.map((cell, index) => {
    const base = visible(cell.trim()).slice(0, 120) || `Column ${index + 1}`
    let name = base
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`
    used.add(name)
    return name
  })
}

/** End of the line that begins at `from`, with line breaks inside quotation marks belonging to it. */
function lineEnd(
  text: string,
  from: number,
  ended: boolean,
): { at: number; next: number; lines: number } | null {
  let quoted = false
  let lines = 1
  for (let i = from; i < text.length; i++) {
    const character = text[i]
    if (character === '"') quoted = !quoted
    if (character !== '\n' && character !== '\r') continue
    const pair = character === '\r' && text[i + 1] === '\n'
    if (character === '\r' && i + 1 === text.length && !ended) return null
    if (!quoted) return { at: i, next: i + (pair ? 2 : 1), lines }
    lines++
    if (pair) i++
  }
  return ended ? { at: text.length, next: text.length, lines } : null
}
