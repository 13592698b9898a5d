import { refuse } from '../refusal'
import { formatValue } from '../runtime/format'
import { isNull, NetObject, PSDateTime, PSEntry, PSHash, PSList, PSObj } from '../values/model'
import { isNumber, PSDecimal, PSDouble } from '../values/numbers'
import { toText } from '../values/text'

const WIDTH = 120

/** A property's value as a cell shows it. */
export function cell(v: unknown): string {
  if (isNull(v)) return ''
  if (Array.isArray(v) || v instanceof PSList) {
    const items = Array.isArray(v) ? v : v.items
    return `{${items.slice(0, 4).map(cell).join(', ')}${items.length > 4 ? '…' : ''}}`
  }
  if (v instanceof PSHash)
    return `{${[...v.entries.values()]
      .slice(0, 4)
      .map(([k, value]) => `[${toText(k)}, ${toText(value)}]`)
      .join(', ')}${v.entries.size > 4 ? '…' : ''}}`
  if (v instanceof PSDateTime) return formatValue(v, 'G')
  if (v instanceof PSDouble || v instanceof PSDecimal)
    return v instanceof PSDecimal || !Number.isInteger(v.value)
      ? formatValue(v, 'F2').replace(/^(-?\d+\.\d\d).*$/, '$1')
      : toText(v)
  return toText(v)
}

type Column = { name: string; right: boolean; cells: string[] }

/** Objects as tables or lists, by their shape, as the default formatting does. */
export async function formatObjects(values: unknown[]): Promise<string> {
  const hashes = values.every(v => v instanceof PSHash || v instanceof PSEntry)
  if (hashes) {
    const rows = values.flatMap(v =>
      v instanceof PSHash ? [...v.entries.values()] : v instanceof PSEntry ? [[v.key0, v.value]] : [],
    )
    return nameValueTable(rows as [unknown, unknown][])
  }
  const [first] = values
  if (!(first instanceof PSObj) || values.some(v => !(v instanceof PSObj)))
    return refuse('showing objects of different kinds')
  const names = [...first.props.values()].map(p => p.name)
  if (names.length === 0) return '\n'
  if (
    first.types[0]?.startsWith('Selected.') === false &&
    !first.types[0]?.includes('PSCustomObject') &&
    names.length > 4
  )
    return list(values as PSObj[], null)
  return names.length <= 4 ? table(values as PSObj[], names) : list(values as PSObj[], null)
}

function nameValueTable(rows: [unknown, unknown][]): string {
  const width = 30
  const line = (name: string, value: string) => `${clip(name, width)} ${value}`.trimEnd()
  const body = rows.map(([k, v]) => line(toText(k), cell(v).slice(0, WIDTH - width - 1)))
  return `\n${['Name'.padEnd(width), 'Value'].join(' ')}\n${['----'.padEnd(width), '-----'].join(' ')}\n${body.join('\n')}${body.length ? '\n' : ''}\n`
}

const clip = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)

export function table(objects: PSObj[], names: string[], options: { headers?: boolean } = {}): string {
  const columns: Column[] = names.map(name => {
    const values = objects.map(o => o.get(name))
    const [first] = values.filter(v => !isNull(v))
    return { name, right: isNumber(values[0] ?? first ?? null), cells: values.map(cell) }
  })
  if (columns.some(c => c.cells.some(text => /[\n\t]|\p{M}|[\u1100-\uffff]/u.test(text))))
    refuse('a table with wide text')
  const widths = columns.map(c => Math.max(c.name.length, ...c.cells.map(text => text.length)))
  const total = widths.reduce((a, b) => a + b, 0) + widths.length - 1
  if (total > WIDTH) refuse('a table wider than the window')
  const row = (parts: string[]) =>
    parts
      .map((text, i) => (columns[i]?.right ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join(' ')
      .trimEnd()
  const lines = objects.map((_, r) => row(columns.map(c => c.cells[r] ?? '')))
  if (options.headers === false) return `\n${lines.join('\n')}\n\n`
  const heads = row(columns.map(c => c.name))
  const rules = columns
    .map((c, i) =>
      c.right
        ? '-'.repeat(c.name.length).padStart(widths[i] ?? 0)
        : '-'.repeat(c.name.length).padEnd(widths[i] ?? 0),
    )
    .join(' ')
    .trimEnd()
  return `\n${heads}\n${rules}\n${lines.join('\n')}\n\n`
}

export function list(objects: PSObj[], names: string[] | null): string {
  let out = '\n'
  for (const o of objects) {
    const shown = names ?? [...o.props.values()].map(p => p.name)
    const width = Math.max(...shown.map(n => n.length))
    for (const name of shown) {
      const text = cell(o.get(name))
      if (text.length + width + 3 > WIDTH || text.includes('\n')) refuse('a list with long text')
      out += `${name.padEnd(width)} : ${text}\n`.replace(/ +\n$/, m => (text === '' ? ' \n' : m))
    }
    out += '\n'
  }
  return out
}
export { NetObject }
