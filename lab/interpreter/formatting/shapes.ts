import { refuse } from '../refusal'
import { formatDate } from '../values/dates'
import { isNull, PSDateTime, PSEntry, PSGuid, PSHash, PSObj, PSVersion } from '../values/model'
import { toText } from '../values/text'
import { listCell, standsRight, tableCell } from './cell'
import { renderEntries } from './list'
import { type Column, type Row, renderTable } from './table'

/** An object to show, or text among the objects. */
export type Item = { object: unknown } | { text: string }

/** How a run of objects is shown: the first one decides. */
export type Shape = {
  kind: string
  /** Whether an object may go on in this shape; others are refused. */
  takes(v: unknown): boolean
  render(items: Item[]): Promise<string>
}

/** Reads a property of an object; the printer's owner knows how. */
export type Reader = (target: unknown, name: string) => Promise<unknown>

const MOST_COLUMNS = 4

/** Property values of plain objects; script properties need a context. */
export const plainReader: Reader = (target, name) => {
  const own = target instanceof PSObj ? target.props.get(name.toLowerCase()) : undefined
  if (own && own.kind !== 'note') return refuse('showing a calculated member')
  return Promise.resolve(own?.value ?? null)
}

/** The shape of an object that is not plain text; null where there is none. */
export function shapeOf(v: unknown, read: Reader, width: number): Shape | null {
  // A generic dictionary, such as $PSBoundParameters, has columns of its own.
  if (v instanceof PSHash || v instanceof PSEntry)
    return v.type.includes('`2') ? refuse('showing a generic dictionary') : nameAndValue
  if (v instanceof PSDateTime) return dates
  if (v instanceof PSGuid) return guids
  if (v instanceof PSVersion && v.type === 'System.Version') return versions
  if (!(v instanceof PSObj)) return null
  const type = v.types[0] ?? ''
  if (type.startsWith('Microsoft.PowerShell.Commands.GroupInfo')) return groups(type.endsWith('NoElement'))
  if (type.startsWith('Microsoft.PowerShell.Commands.TextMeasureInfo')) return tableShape(v, read)
  if (type.startsWith('Microsoft.PowerShell.') && !/Generic(Object)?MeasureInfo$/.test(type))
    refuse(`showing a ${type}`)
  const names = [...v.props.values()].map(p => p.name)
  if (names.length === 0) return nothing
  return names.length <= MOST_COLUMNS ? tableShape(v, read) : listShape(read, width)
}

const isPlain = (v: unknown): boolean => v instanceof PSObj

const rowsOf = async (items: Item[], cells: (v: unknown) => Promise<string[]> | string[]): Promise<Row[]> => {
  const rows: Row[] = []
  for (const item of items) rows.push('text' in item ? item : { cells: await cells(item.object) })
  return rows
}

function tableShape(first: PSObj, read: Reader): Shape {
  const names = [...first.props.values()].map(p => p.name)
  return {
    kind: 'table',
    takes: isPlain,
    async render(items) {
      const columns: Column[] = []
      for (const name of names) columns.push({ name, right: standsRight(await read(first, name)) })
      const rows = await rowsOf(items, async v => {
        const cells: string[] = []
        for (const name of names) cells.push(tableCell(await read(v, name)))
        return cells
      })
      return renderTable(columns, rows)
    },
  }
}

function listShape(read: Reader, width: number): Shape {
  return {
    kind: 'list',
    takes: isPlain,
    async render(items) {
      let out = '\n'
      for (const item of items) {
        if ('text' in item) {
          out += `${item.text}\n`
          continue
        }
        const own = item.object instanceof PSObj ? [...item.object.props.values()] : []
        const entries = []
        for (const p of own) entries.push({ name: p.name, text: listCell(await read(item.object, p.name)) })
        out += `${renderEntries(entries, width)}\n`
      }
      return out
    },
  }
}

const nothing: Shape = {
  kind: 'nothing',
  takes: () => false,
  render: items => Promise.resolve(items.map(item => ('text' in item ? `${item.text}\n` : '\n')).join('')),
}

const NAME_WIDTH = 30
const ellipsis = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text

const nameAndValue: Shape = {
  kind: 'dictionary',
  takes: v => v instanceof PSHash || v instanceof PSEntry,
  render(items) {
    const rows: Row[] = items.flatMap((item): Row[] => {
      if ('text' in item) return [item]
      const { object } = item
      const pairs =
        object instanceof PSHash
          ? [...object.entries.values()]
          : object instanceof PSEntry
            ? [[object.key0, object.value]]
            : []
      return pairs.map(([key, value]) => {
        if (isNull(value)) return { cells: [ellipsis(toText(key), NAME_WIDTH), ''] }
        return { cells: [ellipsis(toText(key), NAME_WIDTH), listCell(value)] }
      })
    })
    if (!rows.some(row => 'cells' in row))
      return Promise.resolve(rows.map(row => ('text' in row ? `${row.text}\n` : '')).join(''))
    const columns = [
      { name: 'Name', right: false, width: NAME_WIDTH },
      { name: 'Value', right: false },
    ]
    return Promise.resolve(renderTable(columns, rows))
  },
}

const dates: Shape = {
  kind: 'date',
  takes: v => v instanceof PSDateTime,
  render: items =>
    Promise.resolve(
      `\n${items
        .map(item =>
          'text' in item
            ? `${item.text}\n`
            : item.object instanceof PSDateTime
              ? `${formatDate(item.object, 'F')}\n`
              : '',
        )
        .join('')}\n`,
    ),
}

const guids: Shape = {
  kind: 'guid',
  takes: v => v instanceof PSGuid,
  render: async items => renderTable([{ name: 'Guid', right: false }], await rowsOf(items, v => [toText(v)])),
}

const PARTS = ['Major', 'Minor', 'Build', 'Revision']
const versions: Shape = {
  kind: 'version',
  takes: v => v instanceof PSVersion && v.type === 'System.Version',
  render: async items =>
    renderTable(
      PARTS.map((name, i) => ({ name, right: false, ...(i < 3 ? { width: name.length + 1 } : {}) })),
      await rowsOf(items, v => PARTS.map((_, i) => String(v instanceof PSVersion ? (v.parts[i] ?? -1) : ''))),
    ),
}

function groups(noElement: boolean): Shape {
  const columns: Column[] = [
    { name: 'Count', right: true, width: 5 },
    { name: 'Name', right: false, ...(noElement ? {} : { width: 25 }) },
    ...(noElement ? [] : [{ name: 'Group', right: false }]),
  ]
  return {
    kind: `group ${noElement}`,
    takes: v =>
      v instanceof PSObj && v.types[0]?.startsWith('Microsoft.PowerShell.Commands.GroupInfo') === true,
    render: async items =>
      renderTable(
        columns,
        await rowsOf(items, v => {
          const group = v instanceof PSObj ? v : new PSObj()
          const cells = [toText(group.get('Count')), toText(group.get('Name'))]
          return noElement ? cells : [...cells, listCell(group.get('Group'))]
        }),
      ),
  }
}
