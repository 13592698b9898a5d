import { refuse } from '../refusal'
import { dateText } from './dates'
import {
  isNull,
  NetObject,
  type Property,
  PSDateTime,
  PSEntry,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSMatch,
  PSObj,
  PSRegex,
  PSScriptBlock,
  PSStreamRecord,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
} from './model'
import { PSChar, PSDecimal, PSDouble, PSInteger } from './numbers'
import { typeOf } from './type-names'

/** A double as ToString() writes it: the shortest text that reads back, with E notation from 1E+17 and below 1E-04. */
export function doubleText(value: number, single = false, largest = single ? 9 : 17): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', exponentText = '0'] = (single ? shortestSingle(value) : value.toExponential()).split(
    'e',
  )
  const exponent = Number(exponentText)
  if (exponent >= largest || exponent < -4) {
    return `${mantissa}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const text =
    exponent < 0
      ? `0.${'0'.repeat(-exponent - 1)}${digits}`
      : digits.length <= exponent + 1
        ? digits.padEnd(exponent + 1, '0')
        : `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
  return negative ? `-${text}` : text
}

function shortestSingle(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits)
    if (Math.fround(Number(text)) === value) return text
  }
  return value.toExponential()
}

/** Below it a double keeps fewer than its 53 bits. */
const SMALLEST_WHOLE = 2 ** -1022

/** A double as the language writes it: with fifteen digits, which may be more than the largest one. */
function fifteenDigits(value: number): string {
  // One so small has fewer digits in itself, which are written out all the same.
  if (value !== 0 && Math.abs(value) < SMALLEST_WHOLE)
    return value
      .toExponential(14)
      .replace(/\.?0*e/, 'e')
      .toUpperCase()
  const rounded = value === 0 ? value : Number(value.toPrecision(15))
  return Number.isFinite(value) && !Number.isFinite(rounded)
    ? value.toExponential(14).toUpperCase()
    : doubleText(rounded, false, 15)
}

export function spanText(ticks: bigint): string {
  const negative = ticks < 0n
  const t = negative ? -ticks : ticks
  const days = t / 864000000000n
  const two = (n: bigint) => String(n).padStart(2, '0')
  const part = t % 10000000n
  return `${negative ? '-' : ''}${days > 0n ? `${days}.` : ''}${two((t / 36000000000n) % 24n)}:${two((t / 600000000n) % 60n)}:${two((t / 10000000n) % 60n)}${part > 0n ? `.${String(part).padStart(7, '0')}` : ''}`
}

/** A value as text, as the language converts it (invariant culture; lists joined by `separator`). */
export function toText(v: unknown, separator = ' '): string {
  if (isNull(v)) return ''
  if (typeof v === 'string') return v
  if (Array.isArray(v)) return v.map(itemText).join(separator)
  if (v instanceof PSList) return v.items.map(itemText).join(separator)
  return innerText(v)
}

/** Inside a list or another object, an object of one's own has no text. */
const itemText = (v: unknown): string =>
  v instanceof PSObj && typeOf(v).endsWith('PSCustomObject') ? withoutText(v) : innerText(v)

/** What stands for an object of one's own, unless it has a text that a script makes. */
export function withoutText(v: PSObj): '' {
  return v.methods.has('tostring') ? refuse('the text of an object with a ToString of its own') : ''
}

function innerText(v: unknown): string {
  if (isNull(v)) return ''
  if (typeof v === 'string') return v
  if (typeof v === 'boolean') return v ? 'True' : 'False'
  if (typeof v === 'number' || typeof v === 'bigint') return String(v)
  if (v instanceof PSDouble)
    return v.single
      ? doubleText(Math.fround(Number(v.value.toPrecision(7))), true, 7)
      : fifteenDigits(v.value)
  if (v instanceof PSInteger) return String(v.value)
  if (v instanceof PSDecimal || v instanceof PSChar || v instanceof PSVersion || v instanceof PSScriptBlock)
    return v.toString()
  if (v instanceof PSObj) return objectText(v)
  if (v instanceof PSEnum) return v.name
  if (v instanceof PSType) return shortType(v.name)
  if (v instanceof PSSwitch) return v.on ? 'True' : 'False'
  if (v instanceof PSDateTime) return dateText(v)
  if (v instanceof PSTimeSpan) return spanText(v.ticks)
  if (v instanceof PSGuid) return v.text
  if (v instanceof PSRegex) return v.pattern
  if (v instanceof PSMatch) return v.value
  if (v instanceof PSErrorRecord) return v.details ?? v.exception.message
  if (v instanceof PSException) return exceptionText(v)
  if (v instanceof PSStreamRecord) return innerText(v.data)
  if (v instanceof NetObject) return v.text()
  if (v instanceof PSEntry) return `[${innerText(v.key0)}, ${innerText(v.value)}]`
  if (Array.isArray(v) || v instanceof PSList || v instanceof PSHash) return typeText(typeOf(v))
  return typeText(typeOf(v))
}

const ACCELERATORS: Record<string, string> = Object.fromEntries(
  `array=Array bool=Boolean byte=Byte char=Char datetime=DateTime decimal=Decimal double=Double float=Single guid=Guid
   hashtable=Collections.Hashtable int=Int32 short=Int16 long=Int64 ordered=Collections.Specialized.OrderedDictionary
   pscredential=Management.Automation.PSCredential psobject=Management.Automation.PSObject
   PSCustomObject=Management.Automation.PSCustomObject ref=Management.Automation.PSReference
   regex=Text.RegularExpressions.Regex sbyte=SByte string=String switch=Management.Automation.SwitchParameter
   cultureinfo=Globalization.CultureInfo bigint=Numerics.BigInteger securestring=Security.SecureString timespan=TimeSpan
   ushort=UInt16 uint=UInt32 ulong=UInt64 uri=Uri version=Version void=Void ipaddress=Net.IPAddress xml=Xml.XmlDocument
   mailaddress=Net.Mail.MailAddress semver=Management.Automation.SemanticVersion
   scriptblock=Management.Automation.ScriptBlock type=Type`
    .split(/\s+/)
    .map(pair => pair.split('='))
    .map(([short, full]) => [`System.${full}`, short ?? '']),
)

/** A type as text: by its short name where the language has one. */
function shortType(name: string): string {
  if (name.endsWith('[]')) return `${shortType(name.slice(0, -2))}[]`
  const m = /^(.*?)`\d\[\[(.*)\]\]$/.exec(name)
  if (m) return `${m[1]}[${(m[2] ?? '').split('],[').map(shortType).join(',')}]`
  return ACCELERATORS[name] ?? name
}

export const typeText = (name: string): string =>
  name.replaceAll('[[', '[').replaceAll(']]', ']').replaceAll('],[', ',')

export function exceptionText(v: PSException): string {
  if (v.traced) refuse('the text of an exception with where it was thrown')
  const inner = v.inner
    ? `\n ---> ${exceptionText(v.inner)}\n   --- End of inner exception stack trace ---`
    : ''
  return `${v.type}: ${v.message}${inner}`
}

function objectText(v: PSObj): string {
  const type = v.types[0] ?? ''
  withoutText(v)
  if (v.props.size === 0) return ''
  if (!typeOf(v).endsWith('.PSCustomObject')) return type
  // A calculated property is not asked; another name gives what it stands for.
  const heldBy = (p: Property | undefined): unknown => {
    if (p?.kind === 'script') return 'System.Management.Automation.PSScriptProperty'
    if (p?.kind !== 'alias') return p?.value
    const other = v.props.get(toText(p.value).toLowerCase())
    return other ? heldBy(other) : refuse('the text of an alias of what is not there')
  }
  const pairs = [...v.props.values()].map(p => `${p.name}=${itemText(heldBy(p))}`)
  return `@{${pairs.join('; ')}}`
}
