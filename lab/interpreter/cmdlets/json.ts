import { refuse } from '../refusal'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { raise } from '../runtime/errors'
import { getMember } from '../runtime/members'
import { warn } from '../runtime/reporting'
import { formatDate, parseDate } from '../values/dates'
import {
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSScriptBlock,
  PSSwitch,
  PSTimeSpan,
  PSVersion,
} from '../values/model'
import { isInteger, isNumber, PSChar, PSDecimal, PSDouble, PSInteger, toBig } from '../values/numbers'
import { doubleText, toText } from '../values/text'
import { cmdlet } from './define'

type Options = {
  depth: number
  compress: boolean
  enums: boolean
  escape: string
  truncated: boolean
  run: Run
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
function quoted(text: string, handling: string): string {
  let out = '"'
  for (const c of text.split('')) {
    const code = c.charCodeAt(0)
    if (ESCAPES[c] && !(c === '"' && handling === 'EscapeHtml')) out += ESCAPES[c]
    else if (
      code < 32 ||
      (code === 0x7f && handling !== 'Default' && false) ||
      code === 0x85 ||
      code === 0x2028 ||
      code === 0x2029
    )
      out += `\\u${code.toString(16).padStart(4, '0')}`
    else if (handling === 'EscapeNonAscii' && code > 127) out += `\\u${code.toString(16).padStart(4, '0')}`
    else if (handling === 'EscapeHtml' && '<>&\'"'.includes(c))
      out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += c
  }
  return `${out}"`
}

async function write(v: unknown, level: number, indent: string, o: Options): Promise<string> {
  if (isNull(v)) return 'null'
  if (typeof v === 'string') return quoted(v, o.escape)
  if (typeof v === 'boolean') return String(v)
  if (isInteger(v)) return String(toBig(v))
  if (v instanceof PSDouble) {
    if (!Number.isFinite(v.value))
      return `"${Number.isNaN(v.value) ? 'NaN' : v.value > 0 ? 'Infinity' : '-Infinity'}"`
    const text = doubleText(v.value, v.single)
    return /[.E]/.test(text) ? text : `${text}.0`
  }
  if (v instanceof PSDecimal) return v.scale === 0 ? `${v.toString()}.0` : v.toString()
  if (v instanceof PSChar) return quoted(v.toString(), o.escape)
  if (v instanceof PSDateTime)
    return quoted(
      formatDate(v, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK").replace(/\.(?=$|Z|[+-]\d\d:)/, ''),
      o.escape,
    )
  if (v instanceof PSGuid) return quoted(v.text, o.escape)
  if (v instanceof PSEnum) return o.enums ? quoted(v.name, o.escape) : String(v.value)
  if (v instanceof PSSwitch)
    return level > o.depth ? quoted(toText(v), o.escape) : object([['IsPresent', v.on]], level, indent, o)
  if (level > o.depth && (isSequence(v) || v instanceof PSHash || v instanceof PSObj)) {
    o.truncated = true
    return quoted(toText(v), o.escape)
  }
  if (isSequence(v)) {
    const items = enumerate(v)
    if (items.length === 0) return '[]'
    const inner = `${indent}  `
    const parts: string[] = []
    for (const item of items) parts.push(await write(item, level + 1, inner, o))
    return o.compress ? `[${parts.join(',')}]` : `[\n${inner}${parts.join(`,\n${inner}`)}\n${indent}]`
  }
  if (v instanceof PSHash && v.keys().some(key => typeof key !== 'string'))
    return refuse('a dictionary with other keys than text')
  if (v instanceof PSHash)
    return object(
      [...v.entries.values()].map(([key, value]) => [toText(key), value]),
      level,
      indent,
      o,
    )
  if (v instanceof PSObj) {
    const pairs: [string, unknown][] = []
    for (const p of v.props.values())
      pairs.push([p.name, p.kind === 'note' ? p.value : await getMember(v, p.name, o.run.cx)])
    return object(pairs, level, indent, o)
  }
  if (
    v instanceof PSVersion ||
    v instanceof PSTimeSpan ||
    v instanceof NetObject ||
    v instanceof PSScriptBlock ||
    v instanceof PSException ||
    v instanceof PSErrorRecord
  )
    return refuse('a .NET object as JSON')
  return refuse('this value as JSON')
}

async function object(
  pairs: [string, unknown][],
  level: number,
  indent: string,
  o: Options,
): Promise<string> {
  if (pairs.length === 0) return '{}'
  const inner = `${indent}  `
  const parts: string[] = []
  for (const [name, value] of pairs)
    parts.push(`${quoted(name, o.escape)}:${o.compress ? '' : ' '}${await write(value, level + 1, inner, o)}`)
  return o.compress ? `{${parts.join(',')}}` : `{\n${inner}${parts.join(`,\n${inner}`)}\n${indent}}`
}

const convertToJson = cmdlet(
  'ConvertTo-Json',
  'InputObject Depth Compress EnumsAsStrings AsArray EscapeHandling',
  run => {
    const items: unknown[] = []
    return {
      process(given) {
        // What came through a pipeline is an object with its script properties.
        if (run.piped && given instanceof PSGuid) refuse('ConvertTo-Json of a piped GUID')
        items.push(run.has('InputObject') ? run.get('InputObject') : given)
      },
      async end() {
        if (items.length === 0) return
        const value = items.length > 1 || run.on('AsArray') ? items : items[0]
        const o: Options = {
          depth: run.has('Depth') ? Number(toText(run.get('Depth'))) : 2,
          compress: run.on('Compress'),
          enums: run.on('EnumsAsStrings'),
          escape: run.text('EscapeHandling') ?? 'Default',
          truncated: false,
          run,
        }
        const text = await write(value === NOTHING ? null : value, 0, '', o)
        if (o.truncated)
          await warn(
            run.cx,
            `Resulting JSON is truncated as serialization has exceeded the set depth of ${o.depth}.`,
          )
        await run.out(text)
      },
    }
  },
)

const TICKS_PER_DAY = 864_000_000_000n

/** Reads JSON as Newtonsoft does: comments and trailing commas pass. */
class JsonReader {
  private pos = 0
  /** Whether it cannot be told if the real reader takes this text. */
  unsure = false
  private list = false
  constructor(
    private readonly text: string,
    private readonly asHash: boolean,
    private readonly depth: number,
  ) {}

  private fail(): never {
    return refuse('the error message of malformed JSON')
  }

  private skip(): void {
    for (;;) {
      const c = this.text[this.pos] ?? ''
      // A byte order mark is no blank here.
      if (c !== '' && c !== '\ufeff' && /[\s\u0085]/.test(c)) this.pos++
      else if (c === '/' && this.text[this.pos + 1] === '/')
        while (this.pos < this.text.length && this.text[this.pos] !== '\n') this.pos++
      else if (c === '/' && this.text[this.pos + 1] === '*') {
        const end = this.text.indexOf('*/', this.pos)
        if (end < 0) this.fail()
        this.pos = end + 2
      } else return
    }
  }

  document(): unknown {
    this.skip()
    // Nothing but comments is null.
    if (this.pos >= this.text.length) return null
    this.list = this.text[this.pos] === '['
    const value = this.value(1)
    this.skip()
    if (this.pos < this.text.length) this.fail()
    return value
  }

  /** In a text that starts with a list, whatever is open at its end is closed there, if something stands in it. */
  private get over(): boolean {
    return this.pos >= this.text.length && this.list
  }

  private value(level: number): unknown {
    this.skip()
    const c = this.text[this.pos]
    if (level > this.depth + 1) refuse('JSON deeper than allowed')
    if (c === '{') return this.object(level)
    if (c === '[') return this.array(level)
    if (c === '"' || c === "'") return this.dateOrText(this.string())
    const word = /^(?:true|false|null|NaN|-?Infinity|undefined)/.exec(
      this.text.slice(this.pos, this.pos + 10),
    )?.[0]
    if (word) {
      this.pos += word.length
      if (word === 'true') return true
      if (word === 'false') return false
      return word === 'null' ? null : refuse(`${word} in JSON`)
    }
    const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.pos, this.pos + 400))
    if (!number) return this.fail()
    this.pos += number[0].length
    if (/^-?0\d/.test(number[0])) refuse('a number with leading zeros in JSON')
    if (number[1] || number[2]) return new PSDouble(Number(number[0]))
    const big = BigInt(number[0])
    return big >= -(2n ** 63n) && big < 2n ** 63n ? big : new PSInteger('System.Numerics.BigInteger', big)
  }

  private dateOrText(text: string): unknown {
    if (/^\/Date\(/.test(text)) refuse('a date of this kind in JSON')
    const form =
      /^(\d{4}-\d{2}-\d{2}T)(\d{2})(:\d{2}:\d{2}(?:\.\d{1,7})?)([Zz]|([+-]\d{2})(?::?(\d{2}))?)?$/.exec(text)
    if (!form) return text
    const [, day = '', hour, rest = '', zone = '', hours, minutes = '00'] = form
    if (hours && (Math.abs(Number(hours)) > 13 || Number(minutes) > 59))
      refuse('such an offset in a JSON date')
    const read = (clock: string, offset: string) => parseDate(`${day}${clock}${rest}${offset}`)
    // The end of a day is the start of the next.
    if (hour === '24' && /^[:.0]*$/.test(rest)) {
      const date = read('00', '')
      if (!date) return text
      if (hours || day.startsWith('9999-12-31')) refuse('the end of such a day in a JSON date')
      return new PSDateTime(date.ticks + TICKS_PER_DAY, zone ? 'Utc' : date.kind)
    }
    const date = read(hour ?? '', !hours ? '' : `${hours}:${minutes}`)
    if (!date) return text
    return zone && !hours ? new PSDateTime(date.ticks, 'Utc') : date
  }

  private string(): string {
    const quote = this.text[this.pos++]
    let out = ''
    for (;;) {
      const c = this.text[this.pos++]
      if (c === undefined) return this.fail()
      if (c === quote) return out
      if (c === '\\') {
        const e = this.text[this.pos++] ?? ''
        if (e === 'u') {
          const code = this.text.slice(this.pos, this.pos + 4)
          if (!/^[0-9a-f]{4}$/i.test(code)) this.fail()
          out += String.fromCharCode(Number.parseInt(code, 16))
          this.pos += 4
        } else {
          const plain = {
            n: '\n',
            r: '\r',
            t: '\t',
            b: '\b',
            f: '\f',
            '/': '/',
            '\\': '\\',
            '"': '"',
            "'": "'",
          }[e]
          if (plain === undefined) return this.fail()
          out += plain
        }
      } else out += c
    }
  }

  private array(level: number): unknown[] {
    const items: unknown[] = []
    this.pos++
    for (;;) {
      this.skip()
      if (this.text[this.pos] === ']') break
      const last = items.at(-1)
      if (this.over && (Array.isArray(last) || last instanceof PSHash || last instanceof PSObj)) {
        if (level === 1) return items
        this.unsure = true
        refuse('the end of such a list in JSON')
      }
      items.push(this.value(level + 1))
      this.skip()
      if (this.over) return items
      if (this.text[this.pos] === ',') this.pos++
      else if (this.text[this.pos] !== ']') this.fail()
    }
    this.pos++
    return items
  }

  private object(level: number): unknown {
    const hash = new PSHash('System.Management.Automation.OrderedHashtable', true)
    const made = new PSObj()
    this.pos++
    for (;;) {
      this.skip()
      if (this.text[this.pos] === '}') break
      const c = this.text[this.pos]
      let name: string
      if (c === '"' || c === "'") name = this.string()
      else {
        const word = /^[\w$]+/.exec(this.text.slice(this.pos))?.[0]
        if (!word) return this.fail()
        name = word
        this.pos += word.length
      }
      this.skip()
      if (this.text[this.pos++] !== ':') this.fail()
      const value = this.value(level + 1)
      if (this.asHash) hash.set(name, value)
      else {
        if (name === '')
          raise({
            message:
              'The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.',
            id: 'EmptyKeyInJsonString,Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
            category: 'InvalidOperation',
            type: 'System.InvalidOperationException',
          })
        const old = made.props.get(name.toLowerCase())
        if (old && old.name !== name)
          raise({
            message: `Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '${old.name}' was '${name}'.`,
            id: 'KeysWithDifferentCasingInJsonString,Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
            category: 'InvalidOperation',
            type: 'System.InvalidOperationException',
          })
        if (/^ps(object|base|adapted|extended|typenames)$/i.test(name)) refuse(`the reserved name ${name}`)
        made.set(name, value)
      }
      this.skip()
      if (this.over) return this.asHash ? hash : made
      if (this.text[this.pos] === ',') this.pos++
      else if (this.text[this.pos] !== '}') this.fail()
    }
    this.pos++
    return this.asHash ? hash : made
  }
}

const convertFromJson = cmdlet(
  'ConvertFrom-Json',
  'InputObject AsHashtable Depth NoEnumerate DateKind',
  run => {
    const lines: string[] = []
    if (run.has('InputObject') && run.text('InputObject') === '')
      refuse('ConvertFrom-Json with an empty argument')
    const emit = async (value: unknown) => {
      if (Array.isArray(value) && !run.on('NoEnumerate')) for (const item of value) await run.out(item)
      else await run.out(value)
    }
    return {
      process() {
        lines.push(run.text('InputObject') ?? '')
      },
      async end() {
        if (run.has('DateKind')) refuse('ConvertFrom-Json -DateKind')
        const reader = (text: string) =>
          new JsonReader(
            text,
            run.on('AsHashtable'),
            run.has('Depth') ? Number(toText(run.get('Depth'))) : 1024,
          )
        const read = (text: string) => reader(text).document()
        if (lines.length === 0) return
        if (lines.length === 1) return emit(read(lines[0] ?? ''))
        // Each line may be a document of its own; otherwise all lines are one, also where the first one is null.
        let first: unknown
        const alone = reader(lines[0] ?? '')
        try {
          first = alone.document()
        } catch (fault) {
          if (alone.unsure) throw fault
          return emit(read(lines.join('\n')))
        }
        await emit(first)
        if (first === null) return emit(read(lines.join('\n')))
        for (const line of lines.slice(1)) await emit(read(line))
      },
    }
  },
)

export const jsonCmdlets: Cmdlet[] = [convertToJson, convertFromJson]
export { isNumber, PSList }
