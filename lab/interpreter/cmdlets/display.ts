import { listCell, standsRight, tableCell } from '../formatting/cell'
import { formatted } from '../formatting/formatted'
import { type Entry, renderEntries } from '../formatting/list'
import { AS_TEXT, Printer } from '../formatting/printer'
import { type Column, renderTable } from '../formatting/table'
import { refuse } from '../refusal'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { formatValue } from '../runtime/format'
import { getMember } from '../runtime/members'
import { isNull, NOTHING, PSEntry, PSEnum, PSErrorRecord, PSHash, PSObj } from '../values/model'
import { isNumber, PSChar } from '../values/numbers'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { cmdlet } from './define'
import { type Asked, askedFor, expanded, propertyNames, readAsked } from './property'

const outString = cmdlet('Out-String', 'Stream NoNewline InputObject', run => {
  let text = ''
  const lines: string[] = []
  const printer = new Printer(
    (shown, one = false) => {
      text += shown
      const whole = shown.replace(/\n$/, '')
      if (shown !== '') lines.push(...(one ? [whole] : whole.split('\n')))
    },
    (target, name) => getMember(target, name, run.cx),
    AS_TEXT,
  )
  return {
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING) return
      if (run.on('NoNewline')) refuse('Out-String -NoNewline')
      for (const one of isSequence(item) ? enumerate(item) : [item]) await printer.print(one)
    },
    async end() {
      await printer.finish()
      if (!run.on('Stream')) return run.out(text)
      for (const line of lines) await run.out(line)
    },
  }
})

/** The objects to show: a dictionary stands for its entries. */
function shownItems(item: unknown): unknown[] {
  if (isSequence(item)) return enumerate(item).flatMap(one => (isNull(one) ? [] : [shownOne(one)]))
  if (item instanceof PSHash) return [...item.entries.values()].map(([key, value]) => new PSEntry(key, value))
  return [shownOne(item)]
}

function shownOne(item: unknown): unknown {
  if (item instanceof PSErrorRecord && item.merged)
    refuse('a format of an error that was merged into the output')
  return item
}

const isPlainValue = (item: unknown): boolean =>
  typeof item !== 'object' ||
  item === null ||
  item instanceof PSChar ||
  item instanceof PSEnum ||
  isNumber(item)

async function cellOf(one: Asked, item: unknown, run: Run, table: boolean): Promise<string> {
  const value = await readAsked(one, item, run)
  const format = one.options.get('formatstring')
  if (!isNull(format) && !isNull(value)) return formatValue(value, toText(format))
  return table ? tableCell(value) : listCell(value)
}

const defaultProperties = (item: unknown, most: number): Asked[] => {
  if (item instanceof PSEntry) return askedFor(['Name', 'Value'], 'table')
  if (!(item instanceof PSObj)) return refuse(`formatting a ${typeOf(item)} without -Property`)
  if (item.types[0]?.startsWith('Microsoft.PowerShell.'))
    refuse(`formatting a ${item.types[0]} without -Property`)
  return askedFor(propertyNames(item).slice(0, most), 'table')
}

const WIDEST_TABLE = 10

const formatTable = cmdlet(
  'Format-Table',
  'Property AutoSize RepeatHeader HideTableHeaders Wrap InputObject',
  run => {
    const items: unknown[] = []
    return {
      process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item !== NOTHING && !isNull(item)) items.push(...shownItems(item))
      },
      async end() {
        const [first] = items
        if (items.length === 0) return
        if (isPlainValue(first)) {
          if (!items.every(isPlainValue)) refuse('formatting values of different kinds')
          for (const item of items) await run.out(formatted('FormatEntryData', `${toText(item)}\n`))
          return
        }
        const asked = run.has('Property')
          ? expanded(askedFor(run.get('Property'), 'table'), first)
          : defaultProperties(first, WIDEST_TABLE)
        if (asked.length === 0) refuse('a table without columns')
        await putTable(asked, items, run)
      },
    }
  },
)

async function putTable(asked: Asked[], items: unknown[], run: Run): Promise<void> {
  const columns: Column[] = []
  for (const one of asked) {
    if (one.options.has('width')) refuse('a column of a given width')
    const width =
      !run.has('Property') && !run.on('AutoSize') && items[0] instanceof PSEntry && one.name === 'Name'
        ? { width: 30 }
        : {}
    columns.push({
      name: one.name,
      right: (run.has('Property') || !(items[0] instanceof PSEntry)) && (await rightOf(one, items[0], run)),
      ...width,
    })
  }
  const rows: string[][] = []
  for (const item of items) {
    if (isPlainValue(item)) refuse('formatting values of different kinds')
    const cells: string[] = []
    for (const one of asked) cells.push(await cellOf(one, item, run, true))
    rows.push(cells)
  }
  const text = renderTable(
    columns,
    rows.map(cells => ({ cells })),
    { header: !run.on('HideTableHeaders') },
  )
  // The rendered table is dealt out over the pieces that the real cmdlet puts out.
  const lines = text.split('\n')
  const above = lines.length - rows.length - 2
  await run.out(formatted('FormatStartData', ''))
  await run.out(
    formatted(
      'GroupStartData',
      lines
        .slice(0, above)
        .map(line => `${line}\n`)
        .join(''),
    ),
  )
  for (const line of lines.slice(above, above + rows.length))
    await run.out(formatted('FormatEntryData', `${line}\n`))
  await run.out(formatted('GroupEndData', ''))
  await run.out(formatted('FormatEndData', '\n'))
}

async function rightOf(one: Asked, item: unknown, run: Run): Promise<boolean> {
  const wanted = one.options.get('alignment')
  if (!isNull(wanted)) {
    const name = toText(wanted).toLowerCase()
    if (name === 'right') return true
    return name === 'left' ? false : refuse(`the alignment ${name}`)
  }
  if (one.options.has('formatstring')) return standsRight(await readAsked(one, item, run))
  return standsRight(await readAsked(one, item, run))
}

const formatList = cmdlet('Format-List', 'Property InputObject', run => {
  let begun = false
  const start = async () => {
    if (begun) return
    begun = true
    await run.out(formatted('FormatStartData', ''))
    await run.out(formatted('GroupStartData', '\n'))
  }
  return {
    async process(piped) {
      const given = run.has('InputObject') ? run.get('InputObject') : piped
      if (given === NOTHING || isNull(given)) return
      for (const item of shownItems(given)) {
        if (isPlainValue(item)) {
          if (begun) refuse('formatting values of different kinds')
          await run.out(formatted('FormatEntryData', `${toText(item)}\n`))
          continue
        }
        await start()
        const asked = run.has('Property')
          ? expanded(askedFor(run.get('Property'), 'list'), item)
          : defaultProperties(item, Number.POSITIVE_INFINITY)
        const entries: Entry[] = []
        for (const one of asked) {
          if (!one.block && run.has('Property') && !hasName(item, one.source)) continue
          entries.push({ name: one.name, text: await cellOf(one, item, run, false) })
        }
        const text = (width: number) =>
          entries.length > 0 || run.has('Property') ? `${renderEntries(entries, width)}\n` : ''
        await run.out(formatted('FormatEntryData', text))
      }
    },
    async end() {
      if (!begun) return
      await run.out(formatted('GroupEndData', ''))
      await run.out(formatted('FormatEndData', ''))
    },
  }
})

const hasName = (item: unknown, name: string): boolean =>
  propertyNames(item).some(one => one.toLowerCase() === name.toLowerCase())

export const displayCmdlets: Cmdlet[] = [outString, formatTable, formatList]
