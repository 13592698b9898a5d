import { refuse } from '../refusal'
import {
  isNull,
  NetObject,
  PSEnum,
  PSList,
  PSMatch,
  type PSRegex,
  PSScriptBlock,
  typedArray,
} from '../values/model'
import { isNumber, PSChar, toBig } from '../values/numbers'
import { matchOf, regex, substitute } from '../values/regex'
import { toText } from '../values/text'
import { argumentAs } from './arithmetic'
import { asArguments, type Context } from './context'
import { enumerate, isSequence } from './enumerate'
import { textEnumerator } from './enumerator'
import { netFault } from './errors'
import { splitText } from './operators'
import { notANumber, splitMethod } from './text-split'

const whole = (v: unknown): number => Number(toBig(argumentAs(v, 'System.Int32') as number))
const OUT = 'System.ArgumentOutOfRangeException'

/** Characters from `char[]`, char or text arguments. */
const characters = (args: unknown[]): string =>
  args
    .flatMap(a => (isSequence(a) ? enumerate(a) : [a]))
    .map(a => toText(a))
    .join('')

/** Whether a StringComparison argument ignores case; undefined when it is none. */
function ignores(v: unknown): boolean | undefined {
  if (v === undefined) return false
  if (v instanceof PSEnum) return /IgnoreCase$/.test(v.name)
  if (typeof v === 'string' && /^(CurrentCulture|InvariantCulture|Ordinal)(IgnoreCase)?$/i.test(v))
    return /IgnoreCase$/i.test(v)
  if (typeof v === 'boolean') return v
  return undefined
}

/** A method of a string; undefined when there is no such method here. */
export function stringMethod(s: string, lower: string, args: unknown[]): unknown {
  const [a, b, c] = args
  switch (lower) {
    case 'substring': {
      const from = whole(a)
      if (from < 0)
        return netFault(
          OUT,
          b === undefined
            ? `startIndex ('${from}') must be a non-negative value. (Parameter 'startIndex')\nActual value was ${from}.`
            : "StartIndex cannot be less than zero. (Parameter 'startIndex')",
        )
      if (from > s.length)
        return netFault(OUT, "startIndex cannot be larger than length of string. (Parameter 'startIndex')")
      if (b === undefined) return s.slice(from)
      const length = whole(b)
      if (length < 0)
        return netFault(
          OUT,
          "length ('-1') must be a non-negative value. (Parameter 'length')\nActual value was -1.".replaceAll(
            '-1',
            String(length),
          ),
        )
      if (from + length > s.length)
        return netFault(
          OUT,
          "Index and length must refer to a location within the string. (Parameter 'length')",
        )
      return s.substr(from, length)
    }
    case 'toupper':
    case 'toupperinvariant':
      return s.toUpperCase().length === s.length
        ? s.toUpperCase()
        : s
            .split('')
            .map(ch => (ch.toUpperCase().length === 1 ? ch.toUpperCase() : ch))
            .join('')
    case 'tolower':
    case 'tolowerinvariant':
      if (s.includes('İ')) return refuse('ToLower of such a letter')
      return s
        .split('')
        .map(ch => (ch.toLowerCase().length === 1 ? ch.toLowerCase() : ch))
        .join('')
    case 'trim':
    case 'trimstart':
    case 'trimend': {
      if (args.length > 1 && args.some(one => typeof one === 'string' && one.length !== 1))
        return refuse('Trim with several texts')
      const set = args.length && !isNull(a) ? characters(args) : null
      const drops = (ch: string) =>
        set !== null && set !== ''
          ? set.includes(ch)
          : /[\s\u0085\u200b]/.test(ch) && ch !== '\ufeff' && ch !== '\u200b'
      let from = 0
      let to = s.length
      if (lower !== 'trimend') while (from < to && drops(s[from] ?? '')) from++
      if (lower !== 'trimstart') while (to > from && drops(s[to - 1] ?? '')) to--
      return s.slice(from, to)
    }
    case 'padleft':
    case 'padright': {
      const fill = b === undefined ? ' ' : toText(b)
      if (whole(a) < 0)
        return netFault(
          OUT,
          "totalWidth ('-1') must be a non-negative value. (Parameter 'totalWidth')\nActual value was -1.".replaceAll(
            '-1',
            String(whole(a)),
          ),
        )
      return lower === 'padleft' ? s.padStart(whole(a), fill) : s.padEnd(whole(a), fill)
    }
    case 'contains':
    case 'startswith':
    case 'endswith': {
      if (isNull(a))
        return netFault('System.ArgumentNullException', "Value cannot be null. (Parameter 'value')")
      const fold = ignores(b)
      if (fold === undefined || c !== undefined)
        return c !== undefined && typeof b === 'boolean' ? refuse(`${lower} with a culture`) : undefined
      const [x, y] = fold ? [s.toLowerCase(), toText(a).toLowerCase()] : [s, toText(a)]
      return lower === 'contains' ? x.includes(y) : lower === 'startswith' ? x.startsWith(y) : x.endsWith(y)
    }
    case 'indexof':
    case 'lastindexof': {
      if (isNull(a))
        return netFault('System.ArgumentNullException', "Value cannot be null. (Parameter 'value')")
      // A second text is taken for a place, also where it names a way to compare.
      const word = args.findIndex((one, at) => at > 0 && typeof one === 'string' && /^[a-z]+$/i.test(one))
      if (word > 0)
        notANumber(
          word === 1 ? 'startIndex' : 'count',
          lower === 'indexof' ? 'IndexOf' : 'LastIndexOf',
          toText(args[word]),
        )
      const last = args[args.length - 1]
      const fold = args.length > 1 && !isNumber(last) ? ignores(last) : false
      const numbers = args.slice(1).filter(isNumber)
      if (numbers.length > 1) return refuse(`${lower} with a count`)
      const [x, y] = fold ? [s.toLowerCase(), toText(a).toLowerCase()] : [s, toText(a)]
      const from = numbers.length ? whole(numbers[0]) : undefined
      if (lower === 'lastindexof' && from !== undefined) return refuse('LastIndexOf from a position')
      if (from !== undefined && (from < 0 || from > s.length))
        return netFault(
          OUT,
          lower === 'indexof'
            ? "Index was out of range. Must be non-negative and less than or equal to the size of the collection. (Parameter 'startIndex')"
            : "Index was out of range. Must be non-negative and less than or equal to the size of the collection. (Parameter 'startIndex')",
        )
      return lower === 'indexof'
        ? x.indexOf(y, from)
        : from === undefined
          ? x.lastIndexOf(y)
          : x.lastIndexOf(y, from - y.length + 1)
    }
    case 'indexofany':
    case 'lastindexofany': {
      if (args.length > 1) return refuse(lower)
      const set = characters([a])
      const all = s.split('')
      return lower === 'indexofany'
        ? all.findIndex(ch => set.includes(ch))
        : all.findLastIndex(ch => set.includes(ch))
    }
    case 'replace': {
      if (toText(a) === '')
        return netFault(
          'System.ArgumentException',
          "The value cannot be an empty string. (Parameter 'oldValue')",
        )
      if (a instanceof PSChar && toText(b).length !== 1) return refuse('a character replaced by a text')
      if (args.length > 2) {
        const fold = ignores(c)
        return fold === undefined
          ? refuse('Replace with a culture')
          : s.replace(new RegExp(toText(a).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), fold ? 'gi' : 'g'), () =>
              toText(b),
            )
      }
      return s.replaceAll(toText(a), () => toText(b))
    }
    case 'insert': {
      const at = whole(a)
      if (at < 0 || at > s.length) return netFault(OUT, atMost('startIndex', at >>> 0, s.length))
      return s.slice(0, at) + toText(b) + s.slice(at)
    }
    case 'remove': {
      const at = whole(a)
      if (b === undefined) {
        if (at < 0) return netFault(OUT, "StartIndex cannot be less than zero. (Parameter 'startIndex')")
        return at > s.length
          ? netFault(OUT, "startIndex cannot be larger than length of string. (Parameter 'startIndex')")
          : s.slice(0, at)
      }
      const count = whole(b)
      if (at < 0) return netFault(OUT, notNegative('startIndex', at))
      if (count < 0) return netFault(OUT, notNegative('count', count))
      if (count > s.length - at) return netFault(OUT, atMost('count', count, s.length - at))
      return s.slice(0, at) + s.slice(at + count)
    }
    case 'split':
      return splitMethod(s, args)
    case 'tochararray':
      if (args.length > 0) return refuse('ToCharArray of a part')
      return typedArray(
        'System.Char',
        s
          .split('')
          .map(ch => new PSChar(ch.charCodeAt(0)))
          .slice(args.length ? whole(a) : 0, args.length > 1 ? whole(a) + whole(b) : undefined),
      )
    case 'getenumerator':
      return textEnumerator(s.split('').map(ch => new PSChar(ch.charCodeAt(0))))
    case 'chars':
      return args.length === 1 && isNumber(a) && whole(a) < s.length && whole(a) >= 0
        ? new PSChar(s.charCodeAt(whole(a)))
        : refuse('a character beyond the text')
    case 'clone':
      return s
    case 'normalize':
      return args.length ? refuse('Normalize with a form') : s.normalize('NFC')
    case 'isnormalized':
      return s.normalize('NFC') === s
    default:
      return undefined
  }
}

/** A method of a regular expression. */
export async function regexMethod(r: PSRegex, lower: string, args: unknown[], cx: Context): Promise<unknown> {
  const pattern = regex(r.pattern, r.ignoreCase)
  const text = toText(args[0])
  switch (lower) {
    case 'ismatch':
      return args.length > 1 ? refuse('IsMatch from a position') : pattern.test(text)
    case 'match': {
      if (args.length > 1) return refuse('Match from a position')
      const m = pattern.exec(text)
      return m ? matchOf(m) : new PSMatch('', 0, false, '0', [new PSMatch('', 0, false, '0', null)])
    }
    case 'matches':
      if (args.length > 1) return refuse('Matches from a position')
      return new PSList(
        'System.Text.RegularExpressions.MatchCollection',
        [...text.matchAll(pattern)].map(m => matchOf(m as RegExpExecArray)),
      )
    case 'split':
      return typedArray('System.String', splitText(text, pattern, args.length > 1 ? whole(args[1]) : 0))
    case 'replace': {
      const [, by, count] = args
      let left = count === undefined ? Infinity : whole(count)
      let out = ''
      let at = 0
      for (const m of [...text.matchAll(pattern)]) {
        if (left-- <= 0) break
        const match = matchOf(m as RegExpExecArray)
        const made =
          by instanceof PSScriptBlock
            ? toText(
                await cx.session.collect(by, cx, {
                  args: asArguments([match]),
                }),
              )
            : substitute(toText(by), match, text)
        out += text.slice(at, m.index) + made
        at = m.index + m[0].length
      }
      return out + text.slice(at)
    }
    case 'tostring':
      return r.pattern
    case 'getgroupnames':
      return refuse('GetGroupNames')
    default:
      return undefined
  }
}

/** System.Text.StringBuilder. */
export function stringBuilder(begin = ''): NetObject {
  let text = begin
  const self: NetObject = new NetObject(
    'System.Text.StringBuilder',
    { length: () => text.length, capacity: () => refuse('StringBuilder.Capacity') },
    {
      append: ([a]) => {
        text += toText(a)
        return self
      },
      appendline: ([a]) => {
        text += `${a === undefined ? '' : toText(a)}\n`
        return self
      },
      appendformat: () => refuse('AppendFormat'),
      tostring: args => (args.length > 0 ? refuse('a part of a StringBuilder') : text),
      clear: () => {
        text = ''
        return self
      },
      insert: ([at, a]) => {
        text = text.slice(0, whole(at)) + toText(a) + text.slice(whole(at))
        return self
      },
      remove: ([at, n]) => {
        text = text.slice(0, whole(at)) + text.slice(whole(at) + whole(n))
        return self
      },
      replace: ([a, b]) => {
        text = text.replaceAll(toText(a), () => toText(b))
        return self
      },
    },
    () => text,
  )
  self.setters.length = v => {
    text = text.slice(0, whole(v)).padEnd(whole(v), '\0')
  }
  return self
}

const notNegative = (name: string, value: number): string =>
  `${name} ('${value}') must be a non-negative value. (Parameter '${name}')\nActual value was ${value}.`

const atMost = (name: string, value: number, most: number): string =>
  `${name} ('${value}') must be less than or equal to '${most}'. (Parameter '${name}')\nActual value was ${value}.`
