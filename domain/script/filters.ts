import { type LiteralRefusal, refusalMessage, refusalOf } from './literal'

/**
 * Filters are languages of their own inside PowerShell's: a text that is safe as a literal can still end a quoted value of
 * the filter in it. These functions write one comparison each; the whole filter then goes to PowerShell as one value
 * (a single-quoted literal, or data that travels), so that PowerShell itself never expands anything in it.
 */
export const filterRefusals = ['wildcard', 'typographic-quote'] as const
export type FilterRefusal = LiteralRefusal | (typeof filterRefusals)[number]

export type FilterText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusal: FilterRefusal; readonly message: string }

const refused = (refusal: FilterRefusal, message: string): FilterText => ({ ok: false, refusal, message })

/** Names of attributes as schemas have them; anything else is a mistake of the script's author. */
const attributeName = /^[A-Za-z][A-Za-z0-9-]{0,63}$/

function checkName(name: string): void {
  if (!attributeName.test(name))
    throw new RangeError(`${JSON.stringify(name)} is not the name of an attribute.`)
}

/**
 * `DisplayName -eq 'Siobhan O''Brien'`, for -Filter (OPATH). An apostrophe is doubled. `$` is not special between
 * apostrophes, which is why a value never stands bare or in quotation marks here. Some readers of OPATH take typographic
 * apostrophes for the end of the text and others do not, so that no single form is right for both: such a value is refused
 * here, and `ldapEquals` or a GUID addresses the same object.
 * @throws RangeError for a property that is no name.
 */
export function opathEquals(property: string, value: string): FilterText {
  checkName(property)
  const refusal = refusalOf(value)
  if (refusal) return refused(refusal, refusalMessage(refusal))
  if (value.includes('*')) return refused('wildcard', 'It holds *, which filters read as a pattern.')
  if (/[\u2018-\u201b]/.test(value)) {
    return refused(
      'typographic-quote',
      'It holds a typographic apostrophe, which some readers of filters take for the end of the text. Use an LDAP filter or a GUID.',
    )
  }
  return { ok: true, text: `${property} -eq '${value.replaceAll("'", "''")}'` }
}

/**
 * `(displayName=Siobhan O'Brien \28HR\29)`, for -LDAPFilter, after RFC 4515. Besides the five characters that must be
 * escaped, blanks at the ends and everything outside of ASCII are written as the hexadecimal bytes of their UTF-8: the
 * text is then plain ASCII, and no reader can take any part of it for something else.
 * @throws RangeError for an attribute that is no name.
 */
export function ldapEquals(attribute: string, value: string): FilterText {
  checkName(attribute)
  const refusal = refusalOf(value)
  if (refusal) return refused(refusal, refusalMessage(refusal))
  const written = value.replace(/[*()\\&|=!<>~/]|^ | $|[^\x20-\x7e]/gu, hexadecimal)
  return { ok: true, text: `(${attribute}=${written})` }
}

function hexadecimal(character: string): string {
  const bytes = new TextEncoder().encode(character)
  return [...bytes].map(byte => `\\${byte.toString(16).padStart(2, '0')}`).join('')
}
