import { existsSync } from 'node:fs'
import { refuse } from '../refusal'
import type { Cmdlet, Context, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow, raise } from '../runtime/errors'
import { formatValue } from '../runtime/format'
import { getMember } from '../runtime/members'
import { warn } from '../runtime/reporting'
import {
  isNull,
  NOTHING,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSObj,
  PSScriptBlock,
  PSTimeSpan,
  PSVersion,
} from '../values/model'
import { isNumber, PSChar, PSDecimal, PSDouble } from '../values/numbers'
import { doubleText, toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { mayChange } from './content'
import { CsvReader, csvCell, type Quotes } from './csv-text'
import { cmdlet } from './define'
import { fileFault, readText, resolvePath, writeText } from './files'
import { propertyNames } from './property'

const id = (name: string) => `Microsoft.PowerShell.Commands.${name}`

const delimiterOf = (run: Run): string => (run.has('Delimiter') ? toText(run.get('Delimiter')) : ',')

/** Turns records into objects; the first record names the properties unless -Header does. */
async function read(
  reader: CsvReader,
  header: string[] | null,
  run: Run,
  command: string,
  types: { names: string[] | null } = { names: null },
): Promise<string[]> {
  // With names given too, a first line that begins so is no record.
  const type = typesOf(reader.lineStarting('#'))
  if (type && types.names) refuse('a second #TYPE line')
  types.names ??= type
  let names = header
  if (!names) {
    while (!names && !reader.done) {
      const cells = reader.record()
      while (cells.length > 1 && cells.at(-1) === '') cells.pop()
      if (cells[0]?.startsWith('#Fields: ')) return refuse('a log file with a #Fields line')
      if (!cells[0]?.startsWith('#')) names = cells
    }
    names ??= []
  }
  const own = names.map(ownName())
  const twice = names.find((name, i) => name !== '' && names.findIndex(one => same(one, name)) < i)
  if (twice !== undefined && !header) throw duplicate(twice, command)
  while (!reader.done) {
    const cells = reader.record()
    if (cells.length === 0 || (cells.length === 1 && cells[0] === '')) continue
    if (twice !== undefined) throw duplicate(twice, command)
    const made = types.names ? new PSObj([...types.names]) : new PSObj()
    // A made-up name that is there already is the same property: the later cell counts.
    for (const [i, name] of own.entries()) made.set(name, cells[i] ?? null)
    if (names.includes('')) await warnOnce(run)
    await run.out(made)
  }
  return names
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function duplicate(name: string, command: string): PSThrow {
  const message = `The member "${name}" is already present.`
  return new PSThrow(
    new PSErrorRecord(
      new PSException('System.Management.Automation.ExtendedTypeSystemException', message),
      `AlreadyPresentPSMemberInfoInternalCollectionAdd,${id(command)}`,
      'NotSpecified',
    ),
  )
}

/** A header without text gets a name by its number among those. */
function ownName(): (name: string) => string {
  let missing = 0
  return name => (name === '' ? `H${++missing}` : name)
}

const warned = new WeakSet<Run>()

/** Once in a call, with the first object whose names had to be made up. */
async function warnOnce(run: Run): Promise<void> {
  if (warned.has(run)) return
  warned.add(run)
  await warn(
    run.cx,
    'One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.',
  )
}

/** The names of the type that a `#TYPE` line gives to all objects of the text. */
function typesOf(line: string | null): string[] | null {
  if (line?.startsWith('#Fields: ')) return refuse('a log file with a #Fields line')
  const name = /^#TYPE(.*)$/i.exec(line ?? '')?.[1]?.trim() ?? ''
  if (name === '') return null
  if (/^(System|Microsoft)\./.test(name) && name !== 'System.Management.Automation.PSCustomObject')
    return refuse(`CSV data of the type ${name}`)
  return [name, `CSV:${name}`]
}

const headerOf = (run: Run): string[] | null =>
  run.has('Header') ? enumerate(run.get('Header')).map(name => toText(name)) : null

const convertFromCsv = cmdlet('ConvertFrom-Csv', 'Delimiter InputObject Header', run => {
  let names = headerOf(run)
  let begun = false
  const types: { names: string[] | null } = { names: null }
  return {
    async process(piped) {
      for (const item of enumerate(run.has('InputObject') ? run.get('InputObject') : piped)) {
        if (typeof item !== 'string') refuse('ConvertFrom-Csv on something other than text')
        if (begun && toText(item).trimStart().startsWith('#')) refuse('a line of CSV data that starts with #')
        if (!begun && !names && /^[^\S\r\n]+$/.test(toText(item))) refuse('a line of blanks before CSV data')
        const reader = new CsvReader(toText(item), delimiterOf(run))
        // Every text is read by itself; the header comes from the first that has one.
        const found = await read(reader, begun || names ? names : null, run, 'ConvertFromCsvCommand', types)
        if (found.length > 0) {
          names = found
          begun = true
        }
      }
    },
  }
})

/** A property as a cell. */
export function cellText(value: unknown): string | null {
  if (isNull(value)) return null
  if (value instanceof PSDateTime) return formatValue(value, 'G')
  if (value instanceof PSDecimal && value.scale > 0 && value.unscaled % 10n === 0n)
    return refuse('a decimal with trailing zeros as CSV')
  if (isSequence(value)) return Array.isArray(value) ? typeOf(value) : refuse('a list as CSV')
  if (value instanceof PSHash) return value.ordered ? refuse('an ordered dictionary as CSV') : value.type
  const known = [PSChar, PSEnum, PSGuid, PSVersion, PSTimeSpan, PSScriptBlock, PSObj]
  if (value instanceof PSDouble) return doubleText(value.value, value.single)
  const plain = typeof value === 'string' || typeof value === 'boolean' || isNumber(value)
  return plain || known.some(kind => value instanceof kind)
    ? toText(value)
    : refuse(`a ${typeOf(value)} as CSV`)
}

type Lines = { names: string[] | null; of(item: unknown): Promise<string[]> }

/** Two parameters that exclude each other, though they are of one set. */
function notBoth(run: Run, one: string, other: string): void {
  if (!run.has(one) || !run.has(other)) return
  const words: Record<string, string> = {
    UseQuotes: 'CannotSpecifyQuoteFieldsAndUseQuotes',
    IncludeTypeInformation: 'CannotSpecifyIncludeTypeInformationAndNoTypeInformation',
  }
  raise({
    message: `You must specify either the -${one} or -${other} parameters, but not both.`,
    id: `${words[one]},Microsoft.PowerShell.Commands.${run.name.replace('-', '')}Command`,
    category: 'InvalidData',
    type: 'System.InvalidOperationException',
  })
}

/** The lines for objects, one after another: the header with the first. */
function lines(run: Run, known: string[] | null, force: boolean, file = ''): Lines {
  const delimiter = delimiterOf(run)
  notBoth(run, 'UseQuotes', 'QuoteFields')
  notBoth(run, 'IncludeTypeInformation', 'NoTypeInformation')
  const quotes = (run.text('UseQuotes') ?? 'Always') as Quotes
  const fields = run.has('QuoteFields')
    ? enumerate(run.get('QuoteFields')).map(name => toText(name).toLowerCase())
    : null
  const mode = (name: string): Quotes =>
    fields ? (fields.includes(name.toLowerCase()) ? 'Always' : 'Never') : quotes
  const state: Lines = {
    names: known,
    async of(item) {
      const out: string[] = []
      if (!state.names) {
        state.names = propertyNames(item)
        if (state.names.length === 0) return []
        if (
          !run.on('NoHeader') &&
          (run.on('IncludeTypeInformation') || (run.has('NoTypeInformation') && !run.on('NoTypeInformation')))
        )
          out.push(`#TYPE ${typeInFile(item)}`.trimEnd())
        if (!run.on('NoHeader'))
          out.push(state.names.map(name => csvCell(name, delimiter, mode(name))).join(delimiter))
      } else if (known && !force) {
        const own = propertyNames(item).map(name => name.toLowerCase())
        const missing = known.find(name => !own.includes(name.toLowerCase()))
        if (missing !== undefined) throw mismatch(file, missing)
      }
      const cells: string[] = []
      for (const name of state.names) {
        cells.push(csvCell(cellText(await property(item, name, run.cx)), delimiter, mode(name)))
      }
      const line = cells.join(delimiter)
      // Into a file goes an empty line, too.
      if (line !== '' || file !== '') out.push(line)
      return out
    },
  }
  return state
}

/** A cell's value: an entry or a property of the object's own. Every single thing has a Length and a Count, but not here. */
async function property(item: unknown, name: string, cx: Context): Promise<unknown> {
  if (item instanceof PSHash) {
    if (item.has(name) && isNull(item.get(name))) refuse('a dictionary with null as CSV')
    if (item.has(name) || !/^(Count|Keys|Values|Is\w+|SyncRoot|Comparer)$/i.test(name)) return item.get(name)
    return /^Count$/i.test(name) ? item.entries.size : refuse(`${name} of a dictionary as CSV`)
  }
  return propertyNames(item).some(own => same(own, name)) ? getMember(item, name, cx) : null
}

function mismatch(file: string, column: string): PSThrow {
  const message = `Cannot append CSV content to the following file: ${file}. The appended object does not have a property that corresponds to the following column: ${column}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`
  return new PSThrow(
    new PSErrorRecord(
      new PSException('System.InvalidOperationException', message),
      `CannotAppendCsvWithMismatchedPropertyNames,${id('ExportCsvCommand')}`,
      'InvalidData',
      column,
    ),
  )
}

const convertToCsv = cmdlet(
  'ConvertTo-Csv',
  'InputObject Delimiter IncludeTypeInformation NoTypeInformation QuoteFields UseQuotes NoHeader',
  run => {
    const made = lines(run, null, false)
    return {
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING) return
        for (const line of await made.of(item)) await run.out(line)
      },
    }
  },
)

function pathOf(run: Run, command: string): string {
  if (run.has('Path') === run.has('LiteralPath')) {
    throw new PSThrow(
      new PSErrorRecord(
        new PSException(
          'System.InvalidOperationException',
          'You must specify either the -Path or -LiteralPath parameters, but not both.',
        ),
        `CannotSpecifyPathAndLiteralPath,${id(command)}`,
        'InvalidData',
      ),
    )
  }
  return resolvePath(run, toText(run.get(run.has('Path') ? 'Path' : 'LiteralPath')), run.has('Path'))
}

const exportCsv = cmdlet(
  'Export-Csv',
  'InputObject Path LiteralPath Delimiter IncludeTypeInformation NoTypeInformation QuoteFields UseQuotes NoHeader Encoding Append NoClobber',
  run => {
    let path = ''
    let may = true
    let made: Lines | null = null
    const out: string[] = []
    return {
      async begin() {
        path = pathOf(run, 'ExportCsvCommand')
        may = await mayChange(run, 'Export-Csv', run.text('LiteralPath') ?? run.text('Path') ?? path)
        if (!may) return
        if (run.on('NoClobber') && existsSync(path)) {
          const message = `The file '${path}' already exists.`
          throw new PSThrow(
            new PSErrorRecord(
              new PSException('System.IO.IOException', message),
              `NoClobber,${id('ExportCsvCommand')}`,
              'ResourceExists',
              path,
            ),
          )
        }
        const old = run.on('Append') && existsSync(path) ? readText(path, run) : ''
        const known = old === '' ? null : headerOfFile(old, delimiterOf(run))
        if (old !== '' && !/[\r\n]$/.test(old)) refuse('appending to a CSV file without a last line end')
        made = lines(run, known, false, run.text('LiteralPath') ?? run.text('Path') ?? path)
        // An empty file is there from the start, as the real cmdlet opens it.
        if (!run.on('Append')) write(run, path, [], false)
      },
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING) return
        for (const line of (await made?.of(item)) ?? []) out.push(line)
      },
      end() {
        if (may) write(run, path, out, true)
      },
    }
  },
)

/** The type that a file names: what was once read from such a file keeps the name that it had there. */
const typeInFile = (item: unknown): string =>
  (item instanceof PSObj ? (item.types[0] ?? '') : typeOf(item)).replace(/^CSV:/i, '')

function headerOfFile(text: string, delimiter: string): string[] {
  const reader = new CsvReader(text, delimiter)
  reader.lineStarting('#')
  return reader.record()
}

function write(run: Run, path: string, rows: string[], append: boolean): void {
  try {
    writeText(path, rows.map(line => `${line}\n`).join(''), append, run)
  } catch (fault) {
    throw fileFault(fault, path, `FileOpenFailure,${id('ExportCsvCommand')}`) ?? fault
  }
}

const importCsv = cmdlet('Import-Csv', 'Delimiter Path LiteralPath Header Encoding', run => ({
  async process() {
    const literal = run.has('LiteralPath')
    for (const one of enumerate(run.get(literal ? 'LiteralPath' : 'Path'))) {
      const path = resolvePath(run, toText(one), !literal)
      let text: string
      try {
        text = readText(path, run)
      } catch (fault) {
        throw fileFault(fault, path, `FileOpenFailure,${id('ImportCsvCommand')}`) ?? fault
      }
      await read(new CsvReader(text, delimiterOf(run)), headerOf(run), run, 'ImportCsvCommand')
    }
  },
}))

export const csvCmdlets: Cmdlet[] = [convertFromCsv, convertToCsv, exportCsv, importCsv]
