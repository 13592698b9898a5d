import type { TypeName } from '../language/ast'
import { refuse } from '../refusal'
import {
  elementType,
  isNull,
  NetObject,
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
  PSRef,
  PSRegex,
  PSScriptBlock,
  PSStreamRecord,
  PSSwitch,
  PSTimeSpan,
  PSType,
  PSVersion,
} from './model'
import { isNumber, PSChar, PSDecimal, PSDouble, PSInteger } from './numbers'

const SHORT: Record<string, string> = Object.fromEntries(
  `int=Int32 int32=Int32 long=Int64 int64=Int64 string=String char=Char bool=Boolean boolean=Boolean byte=Byte sbyte=SByte
short=Int16 int16=Int16 ushort=UInt16 uint16=UInt16 uint=UInt32 uint32=UInt32 ulong=UInt64 uint64=UInt64 double=Double float=Single
single=Single decimal=Decimal datetime=DateTime timespan=TimeSpan guid=Guid version=Version uri=Uri object=Object array=Array
void=Void type=Type math=Math convert=Convert environment=Environment console=Console exception=Exception datetimeoffset=DateTimeOffset
bigint=Numerics.BigInteger regex=Text.RegularExpressions.Regex hashtable=Collections.Hashtable
ordered=Collections.Specialized.OrderedDictionary xml=Xml.XmlDocument cultureinfo=Globalization.CultureInfo
psobject=Management.Automation.PSObject pscustomobject=Management.Automation.PSCustomObject
scriptblock=Management.Automation.ScriptBlock switch=Management.Automation.SwitchParameter ref=Management.Automation.PSReference
psvariable=Management.Automation.PSVariable pscredential=Management.Automation.PSCredential securestring=Security.SecureString
ipaddress=Net.IPAddress mailaddress=Net.Mail.MailAddress semver=Management.Automation.SemanticVersion
psprimitivedictionary=Management.Automation.PSPrimitiveDictionary`
    .split(/\s+/)
    .map(pair => [pair.split('=')[0] ?? '', `System.${pair.split('=')[1]}`]),
)

/** Bases of the types that scripts ask about with -is and catch, nearest first. */
const BASES: Record<string, string> = {}
const base = (parent: string, ...children: string[]) => {
  for (const child of children) BASES[child] = parent
}
const S = 'System.'
const A = 'System.Management.Automation.'
base(
  'System.Exception',
  `${S}SystemException`,
  `${S}ApplicationException`,
  `${S}AggregateException`,
  `${S}Net.Http.HttpRequestException`,
)
base(
  `${S}SystemException`,
  `${S}ArgumentException`,
  `${S}ArithmeticException`,
  `${S}FormatException`,
  `${S}InvalidOperationException`,
  `${S}InvalidCastException`,
  `${S}IndexOutOfRangeException`,
  `${S}NotSupportedException`,
  `${S}NotImplementedException`,
  `${S}NullReferenceException`,
  `${S}IO.IOException`,
  `${S}UnauthorizedAccessException`,
  `${S}TimeoutException`,
  `${S}OutOfMemoryException`,
  `${S}RankException`,
  `${S}ArrayTypeMismatchException`,
  `${S}Collections.Generic.KeyNotFoundException`,
  `${S}OperationCanceledException`,
  `${S}Security.SecurityException`,
  `${S}MemberAccessException`,
  `${S}TypeLoadException`,
  `${A}HaltCommandException`,
  `${A}RuntimeException`,
)
base(
  `${S}ArgumentException`,
  `${S}ArgumentNullException`,
  `${S}ArgumentOutOfRangeException`,
  `${A}PSArgumentException`,
  `${S}Text.RegularExpressions.RegexParseException`,
)
base(`${S}ArgumentNullException`, `${A}PSArgumentNullException`)
base(`${S}ArgumentOutOfRangeException`, `${A}PSArgumentOutOfRangeException`)
base(`${S}ArithmeticException`, `${S}DivideByZeroException`, `${S}OverflowException`)
base(`${S}InvalidOperationException`, `${A}PSInvalidOperationException`, `${S}ObjectDisposedException`)
base(`${S}InvalidCastException`, `${A}PSInvalidCastException`)
base(`${S}NotSupportedException`, `${A}PSNotSupportedException`)
base(
  `${S}IO.IOException`,
  `${S}IO.FileNotFoundException`,
  `${S}IO.DirectoryNotFoundException`,
  `${S}IO.PathTooLongException`,
)
base(`${S}OperationCanceledException`, `${S}Threading.Tasks.TaskCanceledException`)
base(
  `${A}RuntimeException`,
  `${A}CommandNotFoundException`,
  `${A}ParameterBindingException`,
  `${A}ActionPreferenceStopException`,
  `${A}SessionStateException`,
  `${A}MethodException`,
  `${A}ParseException`,
  `${A}MetadataException`,
  `${A}CmdletInvocationException`,
  `${A}ProviderInvocationException`,
  `${A}ExtendedTypeSystemException`,
  `${A}PipelineStoppedException`,
  `${A}ScriptRequiresException`,
  `${A}ApplicationFailedException`,
  `${A}RemoteException`,
  `${A}Remoting.PSRemotingDataStructureException`,
  `${A}Host.HostException`,
)
base(
  `${A}ParameterBindingException`,
  `${A}ParameterBindingValidationException`,
  `${A}ParameterBindingArgumentTransformationException`,
)
base(
  `${A}SessionStateException`,
  `${A}ItemNotFoundException`,
  `${A}DriveNotFoundException`,
  `${A}ProviderNotFoundException`,
)
base(`${A}SessionStateException`, `${A}SessionStateUnauthorizedAccessException`)
base(
  `${A}MetadataException`,
  `${A}ValidationMetadataException`,
  `${A}ArgumentTransformationMetadataException`,
)
base(
  `${A}ExtendedTypeSystemException`,
  `${A}MethodException`,
  `${A}SetValueException`,
  `${A}GetValueException`,
)
base(`${A}MethodException`, `${A}MethodInvocationException`)
base(`${A}SetValueException`, `${A}SetValueInvocationException`)
base(`${A}GetValueException`, `${A}GetValueInvocationException`)
base(`${A}ParseException`, `${A}IncompleteParseException`)
base(`${S}SystemException`, 'Microsoft.PowerShell.Commands.WriteErrorException')
BASES['Microsoft.PowerShell.Commands.WriteErrorException'] = 'System.SystemException'
BASES[`${A}Remoting.PSRemotingTransportException`] = `${A}RuntimeException`
base(`${S}Collections.Hashtable`, `${A}PSPrimitiveDictionary`)

export const isException = (name: string): boolean => chainOf(name).includes('System.Exception')

export function chainOf(name: string): string[] {
  const chain = [name]
  for (let at = BASES[name]; at && chain.length < 20; at = BASES[at]) chain.push(at)
  if (chain.length === 1 && /Exception$/.test(name) && name !== 'System.Exception')
    chain.push('System.Exception')
  return chain
}

export const isKnownException = (name: string): boolean =>
  name === 'System.Exception' || BASES[name] !== undefined

const NUMERIC = 'Int32 Int64 Int16 UInt16 UInt32 UInt64 Byte SByte Double Single Decimal Numerics.BigInteger'
  .split(' ')
  .map(n => S + n)
const OTHER =
  `Collections.ArrayList Collections.Queue Collections.Stack Collections.IDictionary Collections.IEnumerable Collections.ICollection Collections.IList
Collections.DictionaryEntry Text.StringBuilder Text.Encoding Text.UTF8Encoding Text.ASCIIEncoding Text.UnicodeEncoding Diagnostics.Stopwatch IO.Path IO.File IO.Directory IO.StringReader IO.StringWriter StringComparison StringSplitOptions MidpointRounding
StringComparer Globalization.NumberStyles Globalization.DateTimeStyles DayOfWeek DateTimeKind ValueType Enum IComparable IConvertible Random Net.WebUtility
Threading.Thread ConsoleColor Text.RegularExpressions.RegexOptions Text.RegularExpressions.Match Text.RegularExpressions.Group IO.FileInfo IO.DirectoryInfo Nullable Collections.Specialized.OrderedDictionary
Management.Automation.ErrorRecord Management.Automation.WarningRecord Management.Automation.VerboseRecord Management.Automation.DebugRecord
Management.Automation.InformationRecord Management.Automation.ErrorCategory Management.Automation.ActionPreference Management.Automation.PSCmdlet Management.Automation.InvocationInfo
Management.Automation.Language.Parser Management.Automation.WildcardPattern Management.Automation.LanguagePrimitives Management.Automation.CommandInfo Management.Automation.PSNoteProperty Security.Principal.WindowsIdentity Security.Cryptography.SHA256 Security.Cryptography.MD5 BitConverter GC
Collections.Generic.List Collections.Generic.Dictionary Collections.Generic.HashSet Collections.Generic.Queue Collections.Generic.Stack Collections.Generic.KeyValuePair Collections.ObjectModel.Collection Collections.Generic.IEnumerable Collections.Generic.IList Collections.Generic.SortedDictionary Collections.Generic.LinkedList Collections.SortedList Tuple Func Action Predicate EventArgs Delegate Net.Http.HttpClient Net.WebClient Net.Sockets.TcpClient Linq.Enumerable Web.HttpUtility Reflection.Assembly AppDomain Activator Version Management.Automation.PSObject Management.Automation.PSMemberInfo Management.Automation.PSPropertyInfo Management.Automation.ScriptBlock Management.Automation.PSCustomObject Runtime.InteropServices.Marshal Management.Automation.Host.ChoiceDescription Xml.XmlElement Xml.XmlNode Text.Json.JsonDocument IntPtr Char Boolean Lazy Timers.Timer IO.StreamReader IO.StreamWriter IO.MemoryStream IO.FileMode Uri UriKind Net.NetworkCredential Net.Dns Management.Automation.ConfirmImpact`
    .split(/\s+/)
    .map(n => S + n)

const KNOWN = new Map<string, string>()
for (const name of [
  ...Object.values(SHORT),
  ...OTHER,
  ...NUMERIC,
  ...Object.keys(BASES),
  'System.Exception',
  'System.String',
  'Microsoft.PowerShell.Commands.WriteErrorException',
]) {
  KNOWN.set(name.toLowerCase(), name)
}

/** Types of errors that only the shell itself can name. */
const INTERNAL = ['ParameterBindingValidationException', 'ParameterBindingArgumentTransformationException']

/** Types that are none without their arguments. */
const OPEN = 'List Dictionary HashSet Queue Stack IEnumerable IList SortedDictionary LinkedList'
  .split(' ')
  .map(n => `Collections.Generic.${n}`)
  .concat('Collections.ObjectModel.Collection', 'Func', 'Predicate', 'Lazy')

const NAMELESS = new Set(
  [...INTERNAL.map(n => `${A}${n}`), ...OPEN.map(n => `${S}${n}`)].map(n => n.toLowerCase()),
)

/** Whether a script that names a type of the real shell so is told that there is none. */
export function isNameless({ name, generics }: TypeName): boolean {
  const lower = name.toLowerCase()
  return generics.length === 0 && (NAMELESS.has(lower) || NAMELESS.has(`system.${lower}`))
}

/** The full .NET name of a type as written; null when no such type is known here. */
export function resolveType(type: TypeName | string): string | null {
  const node = typeof type === 'string' ? parseTypeText(type) : type
  if (isNameless(node)) return null
  const lower = node.name.toLowerCase()
  let full = SHORT[lower] ?? KNOWN.get(lower) ?? KNOWN.get(`system.${lower}`) ?? null
  const unticked = lower.replace(/`\d$/, '')
  // Without its arguments a generic type is no type of values: `mayBeReal` names it.
  if (!full && unticked !== lower && node.generics.length > 0)
    full = KNOWN.get(unticked) ?? KNOWN.get(`system.${unticked}`) ?? null
  if (!full) return null
  if (node.generics.length > 0) {
    const inner = node.generics.map(resolveType)
    if (inner.some(name => name === null)) return null
    full = `${full}\`${inner.length}[[${inner.join('],[')}]]`
  }
  return full + '[]'.repeat(node.arrays)
}

export function parseTypeText(text: string): TypeName {
  let name = text.trim()
  let arrays = 0
  while (name.endsWith('[]')) {
    name = name.slice(0, -2)
    arrays++
  }
  const m = /^([^[]+)\[(.+)\]$/.exec(name)
  const generics = m ? (m[2] ?? '').split(',').map(part => parseTypeText(part.replace(/^\[|\]$/g, ''))) : []
  return { name: (m?.[1] ?? name).trim(), arrays, generics, start: 0, end: 0 }
}

/** The full .NET name of a value's type; of null, the empty text. */
export function typeOf(v: unknown): string {
  if (isNull(v)) return ''
  if (typeof v === 'string') return 'System.String'
  if (typeof v === 'boolean') return 'System.Boolean'
  if (typeof v === 'number') return 'System.Int32'
  if (typeof v === 'bigint') return 'System.Int64'
  if (v instanceof PSDouble) return v.single ? 'System.Single' : 'System.Double'
  if (v instanceof PSDecimal) return 'System.Decimal'
  if (v instanceof PSInteger) return v.type
  if (v instanceof PSChar) return 'System.Char'
  if (Array.isArray(v)) return `${elementType(v)}[]`
  if (
    v instanceof PSList ||
    v instanceof PSHash ||
    v instanceof NetObject ||
    v instanceof PSVersion ||
    v instanceof PSEntry
  )
    return v.type
  if (v instanceof PSObj)
    return (
      v.types.find(
        t => !t.startsWith('Selected.') && (t.startsWith('System.') || t.startsWith('Microsoft.')),
      ) ?? 'System.Management.Automation.PSCustomObject'
    )
  if (v instanceof PSScriptBlock) return `${A}ScriptBlock`
  if (v instanceof PSType) return 'System.RuntimeType'
  if (v instanceof PSException || v instanceof PSStreamRecord || v instanceof PSEnum) return v.type
  if (v instanceof PSErrorRecord) return `${A}ErrorRecord`
  if (v instanceof PSDateTime) return 'System.DateTime'
  if (v instanceof PSTimeSpan) return 'System.TimeSpan'
  if (v instanceof PSGuid) return 'System.Guid'
  if (v instanceof PSRegex) return 'System.Text.RegularExpressions.Regex'
  if (v instanceof PSMatch)
    return v.groups ? 'System.Text.RegularExpressions.Match' : 'System.Text.RegularExpressions.Group'
  if (v instanceof PSSwitch) return `${A}SwitchParameter`
  if (v instanceof PSRef) {
    const held = v.get()
    return isNull(held) ? `${A}PSReference` : `${A}PSReference\`1[[${typeOf(held)}]]`
  }
  return 'System.Object'
}

const isInterface = (full: string): boolean => /\.I[A-Z][a-z]\w*(`.*)?$/.test(full.split('[')[0] ?? '')

/** The interfaces whose whole answer is known here, and which of them a kind of value has. */
const INTERFACES = [
  'IComparable',
  'IConvertible',
  'Collections.IEnumerable',
  'Collections.ICollection',
  'Collections.IList',
  'Collections.IDictionary',
].map(n => S + n)
const has = (...names: string[]): Set<string> => new Set(names.map(n => S + n))
const SCALAR = has('IComparable', 'IConvertible')
const COMPARABLE = has('IComparable')
const TEXT = has('IComparable', 'IConvertible', 'Collections.IEnumerable')
const LISTED = has('Collections.IEnumerable', 'Collections.ICollection', 'Collections.IList')
const KEYED = has('Collections.IEnumerable', 'Collections.ICollection', 'Collections.IDictionary')

/** Whether a value has an interface; refuses where that is not known. */
function implementsInterface(v: unknown, own: string, full: string): boolean {
  const known = INTERFACES.includes(full) ? interfacesOf(v, own, full) : null
  return known ? known.has(full) : refuse(`whether a ${own} is a ${full}`)
}

function interfacesOf(v: unknown, own: string, full: string): Set<string> | null {
  if (typeof v === 'string') return TEXT
  if (own === 'System.Numerics.BigInteger') return COMPARABLE
  if (isNumber(v) || typeof v === 'boolean') return SCALAR
  if (v instanceof PSChar || v instanceof PSDateTime || v instanceof PSEnum) return SCALAR
  if (v instanceof PSTimeSpan || v instanceof PSGuid || v instanceof PSVersion) return COMPARABLE
  if (Array.isArray(v)) return LISTED
  if (v instanceof PSList && /\.(ArrayList|List`1.*|Collection`1.*)$/.test(own)) return LISTED
  if (v instanceof PSHash) return KEYED
  // An object of one's own can be compared and written in a format, but it is no collection.
  if (v instanceof PSObj && own.endsWith('.PSCustomObject') && full.startsWith('System.Collections.'))
    return has()
  return null
}

/** `-is`. */
export function isOfType(v: unknown, full: string): boolean {
  if (isNull(v)) return false
  const own = typeOf(v)
  if (full === 'System.Object' || own === full) return true
  if (isInterface(full)) return implementsInterface(v, own, full)
  if (v instanceof PSException) return chainOf(v.type).includes(full)
  switch (full) {
    case 'System.ValueType':
      return (
        isNumber(v) ||
        typeof v === 'boolean' ||
        v instanceof PSChar ||
        v instanceof PSDateTime ||
        v instanceof PSTimeSpan ||
        v instanceof PSGuid ||
        v instanceof PSEnum ||
        v instanceof PSSwitch ||
        v instanceof PSEntry
      )
    case 'System.Array':
      return Array.isArray(v)
    case 'System.Enum':
      return v instanceof PSEnum
    case 'System.Type':
      return v instanceof PSType
    case `${A}PSObject`:
    case `${A}PSCustomObject`:
      return v instanceof PSObj
    case 'System.Object[]':
      return Array.isArray(v) && !isValueElement(elementType(v))
    case 'System.Text.RegularExpressions.Group':
      return v instanceof PSMatch
    case `${A}PSReference`:
      return v instanceof PSRef
    default:
      return chainOf(own).includes(full)
  }
}

const isValueElement = (name: string) =>
  NUMERIC.includes(name) || name === 'System.Boolean' || name === 'System.Char' || name === 'System.DateTime'

/** `Int32`, `String[]`, ``List`1``: the name without its namespace. */
export function shortName(full: string): string {
  const plain = full.replace(/\[\[.*\]\]/, '')
  return plain.replace(/^.*\./, '').replace(/^.*\+/, '')
}
