import { refusalMessage, refusalOf } from './literal'
import type { ScriptValue, ScriptValues } from './travel'

/**
 * What a value may be. Each kind is an allow-list, checked before any script exists:
 * upn `user@domain` · sip-uri `sip:user@domain` · fqdn a full DNS name · dn a distinguished name (RFC 4514) ·
 * guid 8-4-4-4-12 hexadecimal digits · identity any of upn, sip-uri, dn and guid, which each name one object ·
 * https-url an absolute https address · text one line such as a display name, never an identity ·
 * switch true or false · number a whole number.
 */
export const valueKinds = [
  'upn',
  'sip-uri',
  'fqdn',
  'dn',
  'guid',
  'identity',
  'https-url',
  'text',
  'switch',
  'number',
] as const
export type ValueKind = (typeof valueKinds)[number]

/** A parameter's kind; an optional one may also be the empty text, which means "not given". */
export type ValueRule = { readonly kind: ValueKind; readonly optional?: boolean }

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] }

/** Why a value is refused. `name` is the parameter, `code` is stable, `message` is for people. */
export type ValueProblem = { readonly name: string; readonly code: string; readonly message: string }

const no = (name: string, code: string, message: string): ValueProblem => ({ name, code, message })

/** Cmdlets read these as patterns, also inside quotes: one value could address many people. */
const wildcards = /[*?[\]]/
/** Characters that reorder what a person reads; and those that nobody sees, which only names can hold for a reason. */
const directionOverrides = /[\u202a-\u202e\u2066-\u2069]/
const unseen = /[\u00ad\u061c\u200b-\u200f\u2060\ufeff]/
/** What stands in user parts of real addresses: letters of any script, and RFC 5322 / RFC 3261 marks without wildcards. */
const userPart = /^[\p{L}\p{M}\p{N}!#$%&'‘’()+,\-./;=^_`{|}~]+$/u
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u
const dnsLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const guidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const httpsShape = /^https:\/\/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?(?:\/[A-Za-z0-9\-._~/%&=+]*)?$/

/**
 * Checks every value of a call against its rule. Values without a rule, and rules without a value that are not
 * optional, are problems too: nothing travels that nobody named.
 */
export function checkValues(
  rules: Readonly<Record<string, ValueRule>>,
  values: Readonly<Record<string, ScriptValue | undefined>>,
): Checked<ScriptValues> {
  const problems: ValueProblem[] = []
  const checked: Record<string, ScriptValue> = {}
  for (const [name, rule] of Object.entries(rules)) {
    const value = values[name]
    if (value === undefined || value === '') {
      if (!rule.optional) problems.push(no(name, 'missing', `${name} has no value.`))
      else if (value !== undefined) checked[name] = value
      continue
    }
    const problem = problemOf(name, rule.kind, value)
    if (problem) problems.push(problem)
    else checked[name] = value
  }
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !Object.hasOwn(rules, name)) {
      problems.push(no(name, 'unknown-parameter', `${name} is not a parameter of this step.`))
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: checked }
}

/** What keeps one value from being used, or null. */
export function problemOf(name: string, kind: ValueKind, value: ScriptValue): ValueProblem | null {
  if (kind === 'switch') {
    return typeof value === 'boolean' ? null : no(name, 'not-a-switch', `${name} is neither true nor false.`)
  }
  if (kind === 'number') {
    return Number.isSafeInteger(value) ? null : no(name, 'not-a-number', `${name} is not a whole number.`)
  }
  if (typeof value !== 'string') return no(name, 'not-a-text', `${name} is not a text.`)
  const refusal = refusalOf(value)
  if (refusal) return no(name, refusal, `${name} cannot be used. ${refusalMessage(refusal)}`)
  if (directionOverrides.test(value)) {
    return no(
      name,
      'direction-override',
      `${name} holds a character that shows text in another order than it has.`,
    )
  }
  if (kind === 'text') return null
  if (unseen.test(value) && !(mayBeName(kind) && isDistinguishedName(value))) {
    return no(name, 'unseen-character', `${name} holds a character that nobody can see.`)
  }
  if (kind !== 'https-url' && wildcards.test(value)) {
    return no(name, 'wildcard', `${name} holds *, ?, [ or ], which PowerShell reads as a pattern.`)
  }
  return shapeProblem(name, kind, value)
}

function shapeProblem(
  name: string,
  kind: Exclude<ValueKind, 'switch' | 'number' | 'text'>,
  value: string,
): ValueProblem | null {
  const bad = (form: string) =>
    no(name, kind === 'identity' ? 'not-an-identity' : `not-a-${kind}`, `${name} is not ${form}.`)
  switch (kind) {
    case 'upn':
      return isAddress(value) ? null : bad('a user principal name (user@domain)')
    case 'sip-uri':
      return value.startsWith('sip:') && isAddress(value.slice(4)) ? null : bad('a SIP URI (sip:user@domain)')
    case 'fqdn':
      return isFullName(value) ? null : bad('a full DNS name such as pool01.contoso.example')
    case 'dn':
      return isDistinguishedName(value)
        ? null
        : bad('a distinguished name such as CN=Adele Vance,DC=contoso,DC=example')
    case 'guid':
      return guidShape.test(value) ? null : bad('a GUID')
    case 'identity':
      return isIdentity(value)
        ? null
        : bad('an identity that names one object: a UPN, a SIP URI, a distinguished name or a GUID')
    case 'https-url':
      return httpsShape.test(value) ? null : bad('an https address')
    default:
      return kind satisfies never
  }
}

const mayBeName = (kind: ValueKind): boolean => kind === 'dn' || kind === 'identity'

function isIdentity(text: string): boolean {
  const address = text.startsWith('sip:') ? text.slice(4) : text
  return isAddress(address) || isDistinguishedName(text) || guidShape.test(text)
}

function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  const user = text.slice(0, Math.max(at, 0))
  const domain = text.slice(at + 1)
  if (user.length === 0 || user.length > 64 || domain.length > 255) return false
  return userPart.test(user) && domain.split('.').every(label => domainLabel.test(label))
}

function isFullName(text: string): boolean {
  const labels = text.split('.')
  const last = labels.at(-1) ?? ''
  return (
    text.length <= 255 &&
    labels.length > 1 &&
    labels.every(label => dnsLabel.test(label)) &&
    !/^\d+$/.test(last)
  )
}

/** One attribute of a name: its type, then a value whose special characters are escaped as RFC 4514 says. */
const attribute =
  /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)=(?:[^,+"\\<>;=#\s]|\\[0-9A-Fa-f]{2}|\\[ "#+,;<=>\\])(?:[^,+"\\<>;]|\\[0-9A-Fa-f]{2}|\\[ "#+,;<=>\\])*$/u

function isDistinguishedName(text: string): boolean {
  const parts = splitUnescaped(text)
  return parts.length > 1 && parts.every(part => attribute.test(part) && !/[^\\] $/.test(part))
}

/** Splits at commas and plus signs that no backslash stands before. */
function splitUnescaped(text: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') {
      part += character + text.charAt(at + 1)
      at += 1
    } else if (character === ',' || character === '+') {
      parts.push(part)
      part = ''
    } else part += character
  }
  parts.push(part)
  return parts
}
