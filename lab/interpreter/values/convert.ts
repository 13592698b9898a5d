import { refuse } from '../refusal'
import { CastFault } from '../runtime/errors'
import { mayBeReal } from '../runtime/named-types'
import { parseDate } from './dates'
import { ENUMS } from './enums'
import { messageFrom } from './exception-text'
import {
  isNull,
  NetObject,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSRef,
  PSRegex,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
  WrittenNumber,
} from './model'
import { isInteger, isNumber, PSChar, PSDecimal, toBig, toDouble } from './numbers'
import { parseSpan } from './spans'
import { toText } from './text'
import { toArray, toList } from './to-list'
import { cannot, mismatch, NUMBER_TYPES, shortNumber, toNumberType } from './to-number'
import { chainOf, isException, isOfType, parseTypeText, resolveType, typeOf } from './type-names'

/** What can be gone through and is no IList: true, also when it is empty. */
const NO_LIST =
  /^System\.Collections\.(Hashtable\+|Queue$|Stack$|Generic\.(Queue|Stack|HashSet|SortedSet|LinkedList|Dictionary)`)/

/** `if ($v)`. */
export function truth(v: unknown): boolean {
  if (isNull(v)) return false
  if (typeof v === 'boolean') return v
  if (typeof v === 'string') return v.length > 0
  if (isNumber(v)) return v instanceof PSDecimal ? v.unscaled !== 0n : toDouble(v) !== 0
  if (v instanceof PSChar) return v.code !== 0
  if (v instanceof PSSwitch) return v.on
  if (v instanceof WrittenNumber) return truth(v.value)
  if (v instanceof PSEnum) return v.value !== 0
  const items = Array.isArray(v) ? v : v instanceof PSList && !NO_LIST.test(v.type) ? v.items : null
  if (items) {
    if (items.length === 0) return false
    return items.length === 1 ? (Array.isArray(items[0]) ? items[0].length > 0 : truth(items[0])) : true
  }
  return true
}

function validPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

const fail = (fault: unknown): never => {
  throw fault
}

function nullable(v: unknown, inner: string): unknown {
  try {
    return convert(v, inner)
  } catch (fault) {
    return fault instanceof CastFault && typeof v !== 'string'
      ? refuse(`a ${typeOf(v)} as ${inner} or nothing`)
      : fail(fault)
  }
}

/** Dates with names of days or months in them fail with messages of their own. */
const unreadableDate = (text: string): null =>
  /\b(mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|am|pm|a|p|z|gmt|t)/i.test(
    text,
  )
    ? refuse('the error of such a date')
    : null

const LIST = /^System\.Collections\.(?:Generic\.(?:List|HashSet|Queue|Stack)`1\[\[(.+)\]\]|ArrayList|Queue)$/

/** `[type]$v`. Throws CastFault. */
export function convert(v: unknown, full: string): unknown {
  if (v instanceof WrittenNumber)
    return /^System\.String(\[\])?$/.test(full) ? convert(v.text, full) : convert(v.value, full)
  if (full === 'System.Object') return isNull(v) ? null : v
  if (full === 'System.String') return isNull(v) ? '' : toText(v)
  if (full === 'System.Boolean') return truth(v)
  if (NUMBER_TYPES.has(full)) return toNumberType(v, full)
  // A generic dictionary, such as $PSBoundParameters, stays what it is.
  if (full === 'System.Management.Automation.PSCustomObject' && v instanceof PSHash)
    return v.generics ? v : hashToObject(v)
  if (full.endsWith('[]')) return toArray(v, full.slice(0, -2), convert)
  if (full === 'System.Array')
    return isNull(v) ? null : Array.isArray(v) ? v : v instanceof PSList ? [...v.items] : [v]
  if (full === 'System.Void') return null
  if (full === 'System.Char') return toChar(v)
  if (full === 'System.Management.Automation.SwitchParameter') {
    if (v instanceof PSSwitch) return v
    if (isNull(v)) return new PSSwitch(false)
    if (typeof v === 'boolean') return new PSSwitch(v)
    return mismatch(v, full)
  }
  if (full.startsWith('System.Nullable`1')) return isNull(v) ? null : nullable(v, full.slice(19, -2))
  const list = LIST.exec(full)
  if (list) return toList(v, full, list[1] ?? 'System.Object', convert)
  if (isNull(v)) {
    if (full === 'System.Management.Automation.ScriptBlock' || isException(full)) return null
    if (['System.DateTime', 'System.TimeSpan', 'System.Guid'].includes(full)) {
      throw new CastFault('nullToObjectInvalidCast', `Cannot convert null to type "${full}".`)
    }
    if (ENUMS[full])
      throw new CastFault(
        'nullToEnumInvalidCast',
        `Cannot convert null to type "${full}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${Object.keys(ENUMS[full]).join(',')}".`,
      )
    return null
  }
  if (isOfType(v, full)) return v
  return other(v, full)
}

function other(v: unknown, full: string): unknown {
  switch (full) {
    case 'System.DateTime': {
      if (v instanceof PSDateTime) return v
      if (typeof v === 'string')
        return (
          parseDate(v) ??
          unreadableDate(v) ??
          (/\d:\d/.test(v) && !/[a-z]/i.test(v) ? refuse('why this is no date') : null) ??
          cannot(
            v,
            full,
            'InvalidCastParseTargetInvocationWithFormatProvider',
            !/[a-z]/i.test(v) || /^\s*[^a-z0-9\s]/i.test(v)
              ? `String '${v}' was not recognized as a valid DateTime.`
              : `The string '${v}' was not recognized as a valid DateTime. There is an unknown word starting at index '${v.search(/[a-z]/i)}'.`,
          )
        )
      if (isNumber(v) && !isInteger(v)) return refuse('a date from a fraction')
      if (isInteger(v) && toBig(v) < 0n) return refuse('a date before the first')
      if (isInteger(v)) return new PSDateTime(toBig(v))
      return mismatch(v, full)
    }
    case 'System.TimeSpan': {
      if (v instanceof PSTimeSpan) return v
      if (isInteger(v)) return new PSTimeSpan(toBig(v))
      if (typeof v === 'string') {
        const span = parseSpan(v)
        return typeof span === 'string'
          ? cannot(v, full, 'InvalidCastParseTargetInvocationWithFormatProvider', span)
          : span
      }
      return mismatch(v, full)
    }
    case 'System.Guid': {
      const m =
        typeof v === 'string'
          ? /^[{(]?([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})[)}]?$/i.exec(v.trim())
          : null
      if (!m)
        return typeof v === 'string'
          ? cannot(v, full, 'InvalidCastParseTargetInvocationWithFormatProvider', 'Unrecognized Guid format.')
          : mismatch(v, full)
      const plain = (m[1] ?? '').replace(/-/g, '').toLowerCase()
      return new PSGuid(
        [
          plain.slice(0, 8),
          plain.slice(8, 12),
          plain.slice(12, 16),
          plain.slice(16, 20),
          plain.slice(20),
        ].join('-'),
      )
    }
    case 'System.Version': {
      if (typeof v !== 'string') return isNumber(v) ? refuse('a version from a number') : mismatch(v, full)
      const parts = v.trim().split('.')
      if (parts.length < 2 || parts.length > 4)
        return cannot(
          v,
          full,
          'InvalidCastParseTargetInvocation',
          "Version string portion was too short or too long. (Parameter 'input')",
        )
      if (parts.some(part => /^\s*-/.test(part))) return refuse('a version with a negative part')
      if (parts.some(part => !/^\d+$/.test(part)))
        return cannot(
          v,
          full,
          'InvalidCastParseTargetInvocation',
          `The input string '${parts.find(part => !/^\d+$/.test(part))}' was not in a correct format.`,
        )
      return new PSVersion(parts.map(Number))
    }
    case 'System.Text.RegularExpressions.Regex':
      if (typeof v === 'string' && !validPattern(v)) refuse('the error of an invalid pattern')
      return typeof v === 'string' || isNumber(v) ? new PSRegex(toText(v), false) : mismatch(v, full)
    case 'System.Management.Automation.ScriptBlock':
      return typeof v === 'string' ? refuse('a script block from text') : mismatch(v, full)
    case 'System.Collections.Hashtable':
    case 'System.Collections.IDictionary':
      if (v instanceof PSHash) {
        const copy = v.clone()
        const plain = new PSHash()
        for (const [key, value] of copy.entries.values()) plain.set(key, value)
        return plain
      }
      return mismatch(v, full)
    case 'System.Management.Automation.PSObject':
      return v
    case 'System.Management.Automation.PSCustomObject':
      return v
    case 'System.Type': {
      const name = typeof v === 'string' ? resolveType(v) : null
      if (name) return new PSType(name)
      if (typeof v !== 'string') return refuse('a type from something other than text')
      if (mayBeReal(parseTypeText(v)) !== null) return refuse(`the type [${v}]`)
      throw new CastFault(
        'InvalidCastFromStringToType',
        `Cannot convert the "${v}" value of type "System.String" to type "System.Type".`,
      )
    }
    case 'System.Management.Automation.PSReference':
      return new PSRef(
        () => v,
        () => refuse('a reference to a value'),
      )
    case 'System.Management.Automation.PSCredential':
    case 'System.Security.SecureString':
      return mismatch(v, full)
    case 'System.Xml.XmlDocument':
    case 'System.Uri':
    case 'System.DateTimeOffset':
    case 'System.Globalization.CultureInfo':
    case 'System.Net.IPAddress':
    case 'System.Net.Mail.MailAddress':
    case 'System.Management.Automation.SemanticVersion':
      return refuse(`a conversion to ${full}`)
    default:
      break
  }
  const names = ENUMS[full]
  if (names) {
    const made = toEnum(v, full, names)
    // Reserved, and for a debugger.
    if (full.endsWith('.ActionPreference') && made.value > IGNORE) refuse(`the preference ${made.name}`)
    return made
  }
  if (isException(full)) {
    if (v === '') return refuse('an exception without a text')
    if (typeof v === 'string') return new PSException(full, messageFrom(full, v))
    if (v instanceof PSErrorRecord && chainOf(v.exception.type).includes(full)) return v.exception
    return v instanceof PSException ? mismatch(v, full) : refuse(`a conversion to ${full}`)
  }
  if (full.startsWith('System.Management') || v instanceof NetObject || v instanceof PSObj)
    return mismatch(v, full)
  return refuse(`a conversion to ${full}`)
}

/** The last of the preferences that can be asked for. */
const IGNORE = 4

export function toEnum(v: unknown, full: string, names: Record<string, number>): PSEnum {
  if (isInteger(v)) {
    const value = Number(toBig(v))
    const name = Object.keys(names).find(key => names[key] === value)
    if (name !== undefined) return new PSEnum(full, name, value)
    return refuse(`an undefined value of ${full}`)
  }
  if (typeof v === 'string') {
    if (v.trim() === '') refuse('an empty text as an enumeration value')
    const exact = Object.keys(names).find(key => key.toLowerCase() === v.trim().toLowerCase())
    if (exact !== undefined) return new PSEnum(full, exact, names[exact] ?? 0)
    if (/^\s*[-+]?\d/.test(v)) refuse('the number of an enumeration value as text')
    if (v.includes(',') || full === MEMBER_TYPES) {
      const made = combined(v, full, names)
      if (made) return made
      if (full === MEMBER_TYPES) noMemberType(v, names)
    }
    const begun = Object.keys(names).filter(key => key.toLowerCase().startsWith(v.trim().toLowerCase()))
    if (begun.length > 1)
      throw new CastFault(
        'SubstringDisambiguationEnumParseThrewAnException',
        `Cannot convert value "${v}" to type "${full}". Error: "The identifier name ${v} cannot be processed because it is either too similar or identical to the following enumerator names: ${begun.join(', ')}. Use a more specific identifier name."`,
      )
    const [only] = begun
    if (only !== undefined) return new PSEnum(full, only, names[only] ?? 0)
    throw new CastFault(
      'SubstringDisambiguationEnumParseThrewAnException',
      `Cannot convert value "${v}" to type "${full}". Error: "Unable to match the identifier name ${v} to a valid enumerator name. Specify one of the following enumerator names and try again:\n${Object.keys(names).join(', ')}"`,
    )
  }
  return refuse(`a ${typeOf(v)} as ${full}`)
}

const MEMBER_TYPES = 'System.Management.Automation.PSMemberTypes'

/** Several names of an enumeration at once; null where one of them is not its name. */
function combined(text: string, full: string, names: Record<string, number>): PSEnum | null {
  let value = 0
  for (const part of text.split(',')) {
    const found = Object.keys(names).find(key => key.toLowerCase() === part.trim().toLowerCase())
    if (found === undefined) return null
    value |= names[found] ?? 0
  }
  const whole = Object.keys(names).find(key => names[key] === value)
  const parts = Object.entries(names).filter(([, one]) => one !== 0 && (value & one) === one)
  if (whole === undefined && parts.reduce((sum, [, one]) => sum + one, 0) !== value)
    return refuse('a combination of enumeration values')
  return new PSEnum(full, whole ?? parts.map(([name]) => name).join(', '), value)
}

/** The types of members have a converter of their own, with its own words. */
function noMemberType(text: string, names: Record<string, number>): never {
  const what = `Cannot convert value "${text}" to type "${MEMBER_TYPES}"`
  const why = `${what} due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${Object.keys(names).join(',')}".`
  throw new CastFault('InvalidCastEnumStringNotFound', `${what}. Error: "${why}"`)
}

function toChar(v: unknown): PSChar {
  if (v instanceof PSChar) return v
  if (typeof v === 'string') {
    if (v.length === 1) return new PSChar(v.charCodeAt(0))
    return cannot(
      v,
      'System.Char',
      'InvalidCastParseTargetInvocation',
      'String must be exactly one character long.',
    )
  }
  if (isInteger(v)) {
    const n = toBig(v)
    if (n < 0n || n > 65535n)
      return cannot(
        v,
        'System.Char',
        'InvalidCastIConvertible',
        'Value was either too large or too small for a character.',
      )
    return new PSChar(Number(n))
  }
  return isNull(v)
    ? new PSChar(0)
    : typeof v === 'boolean' || isNumber(v)
      ? cannot(
          v,
          'System.Char',
          'InvalidCastIConvertible',
          `Invalid cast from '${shortNumber(typeOf(v))}' to 'Char'.`,
        )
      : mismatch(v, 'System.Char')
}

export function hashToObject(v: PSHash): PSObj {
  const made = new PSObj()
  for (const [key, value] of v.entries.values()) made.set(toText(key), value)
  return made
}
