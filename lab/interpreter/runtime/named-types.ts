import type { TypeName } from '../language/ast'
import { refuse } from '../refusal'
import { NetObject } from '../values/model'
import { SYSTEM_TYPES } from '../values/system-types'
import { resolveType } from '../values/type-names'
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

const LOOKS_REAL =
  /^(System|Microsoft|Windows)\.|^(psnoteproperty|psscriptmethod|psscriptproperty|psaliasproperty|psvariableproperty|psvariable|pspropertyexpression|psmoduleinfo|runspacefactory|wildcardpattern|cimtype|cimconverter|ipendpoint|nullstring|objectsecurity|physicaladdress|psprimitivedictionary|argumentcompleter|experimentalfeature|norunspaceaffinity|supportswildcards|psdefaultvalue|pstypenameattribute|outputtype|alias|parameter|cmdletbinding|validate\w+|allow\w+|adsi|adsisearcher|wmi|wmiclass|wmisearcher|cimclass|ciminstance|cimsession|pslistmodifier|runspace|powershell|initialsessionstate|x509certificate|x500distinguishedname|dscresource)/i

/** The name of a type that is not known here and may well exist: such are refused, never "not found". */
export function mayBeReal(type: TypeName): string | null {
  if (resolveType(type)) return null
  const written = writtenType(type)
  if (SYSTEM_TYPES.has(type.name.toLowerCase())) return written
  return LOOKS_REAL.test(written) && !/nosuch|notexist/i.test(written) ? written : null
}

export const writtenType = (t: TypeName): string =>
  t.name + (t.generics.length ? `[${t.generics.map(writtenType).join(',')}]` : '') + '[]'.repeat(t.arrays)
