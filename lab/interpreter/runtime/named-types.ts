import type { TypeName } from '../language/ast'
import { refuse } from '../refusal'
import { NetObject } from '../values/model'
import { SYSTEM_TYPES } from '../values/system-types'
import { isNameless, resolveType } from '../values/type-names'
import { raise } from './errors'

/** The full name of a type as written, or the error that no such type exists. */
export function typeNamed(type: TypeName): string {
  const full = resolveType(type)
  if (full) return full
  const written = writtenType(type)
  if (mayBeReal(type) !== null) refuse(`the type [${written}]`)
  return raise({
    message: `Unable to find type [${type.name}].`,
    id: 'TypeNotFound',
    category: 'InvalidOperation',
    target: new NetObject('System.Management.Automation.Language.TypeName', {}, {}, () => written),
  })
}

/** Namespaces that the real shell brings, below System also by their own names: `Diagnostics.Process` is System.Diagnostics.Process. */
const NAMESPACES =
  /^(System|Microsoft|Windows|Internal|Newtonsoft|Json|Markdig|Humanizer|Buffers|CodeDom|Collections|ComponentModel|Configuration|Data|Diagnostics|DirectoryServices|Drawing|Dynamic|Formats|Globalization|IdentityModel|IO|Linq|Management|Media|Net|Numerics|Reflection|Resources|Runtime|Security|ServiceModel|ServiceProcess|Speech|Text|Threading|Timers|Transactions|Web|Xaml|Xml)\./i

const ACCELERATORS =
  /^(psnoteproperty|psscriptmethod|psscriptproperty|psaliasproperty|psvariableproperty|psvariable|pspropertyexpression|psmoduleinfo|runspacefactory|wildcardpattern|cimtype|cimconverter|ipendpoint|nullstring|objectsecurity|physicaladdress|psprimitivedictionary|argumentcomplet\w+|experiment\w+|norunspaceaffinity|supportswildcards|psdefaultvalue|pstypenameattribute|outputtype|alias|parameter|cmdletbinding|validate\w+|allow\w+|adsi|adsisearcher|wmi|wmiclass|wmisearcher|cimclass|ciminstance|cimsession|pslistmodifier|runspace|powershell|initialsessionstate|x509certificate|x500distinguishedname|dsc\w+)/i

/** The name of a type that is not known here and may well exist: such are refused, never "not found". */
export function mayBeReal(type: TypeName): string | null {
  if (resolveType(type) || isNameless(type)) return null
  const written = writtenType(type)
  // `Environment+SpecialFolder` is a type in a type, and the end of `Action`9` says how many arguments it takes.
  const outer = type.name.replace(/\+.*$/, '').replace(/`\d+$/, '')
  if (SYSTEM_TYPES.has(outer.toLowerCase()) || resolveType(outer) !== null) return written
  // In `Type, Assembly` the assembly decides.
  if (type.name.includes(',') || type.generics.some(one => mayBeReal(one) !== null)) return written
  const looksReal = NAMESPACES.test(written) || ACCELERATORS.test(written)
  return looksReal && !/nosuch|notexist/i.test(written) ? written : null
}

export const writtenType = (t: TypeName): string =>
  t.name + (t.generics.length ? `[${t.generics.map(writtenType).join(',')}]` : '') + '[]'.repeat(t.arrays)
