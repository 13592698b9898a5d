import { readFileSync } from 'node:fs'
import { ldapEquals, opathEquals } from '@/domain/script/filters'
import { makeStepCall, type StepCall } from '@/domain/script/step-call'
import type { ScriptValues } from '@/domain/script/travel'
import type { ValueRule } from '@/domain/script/values'
import { valueRulesOf } from '@/runbooks/definition'
import type { Case } from './cases'

/** The way of one value to the lab: a script with one command, and what the lab has to have received of it. */
export type Route = {
  readonly script: { readonly name: string; readonly text: string }
  readonly call: StepCall
  readonly command: string
  /** The parameter that carries the value, as the lab's journal holds it, and how it is read there. */
  readonly parameter: string
  readonly read: (received: string) => string | null
}

export type Routed =
  | { readonly ok: true; readonly route: Route }
  | { readonly ok: false; readonly reason: string; readonly message: string }

const steps = new URL('../../runbooks/sfb-return/steps/', import.meta.url)
const step = (name: string) => ({ name, text: readFileSync(new URL(`${name}.ps1`, steps), 'utf8') })
const enable = step('enable.apply')
const move = step('move.apply')

/** Steps of engineers' own hand a text to a command in three ways: as it is, in an OPATH filter, in an LDAP filter. */
const own = (name: string, line: string) => ({
  name,
  text: `param(\n    [Parameter(Mandatory = $true)] [string] $Text\n)\n\n$ErrorActionPreference = 'Stop'\n\n${line}\n\n[pscustomobject]@{ state = 'applied'; reason = 'sent: it was sent'; facts = @{} }\n`,
})
const raw = own('raw.apply', '[void] @(Get-CsOnlineUser -Sort $Text -ResultSize 1 -ErrorAction Stop)')
const opath = own('opath.apply', '[void] @(Get-CsUser -Filter $Text -ErrorAction Stop)')
const ldap = own('ldap.apply', '[void] @(Get-CsUser -LdapFilter $Text -ErrorAction Stop)')

const somebody = 'adele.vance@contoso.example'
const pool = 'pool01.contoso.example'
const asItIs = (received: string) => received

/** What Ferry makes of a value by the rules of its own runbooks, or why it makes nothing of it. Nothing is sent yet. */
export function routeOf(one: Case): Routed {
  const { kind, value } = one
  // Ferry passes what is not set to no script at all: there is nothing that could arrive.
  if (value === '') return { ok: false, reason: 'missing', message: 'There is no value.' }
  switch (kind) {
    case 'upn':
    case 'dn':
    case 'guid':
      return routed(move, { Identity: value, Target: pool }, {}, 'Move-CsUser', 'Identity')
    case 'sip-uri':
      return routed(enable, { Identity: somebody, SipAddress: value }, {}, 'Enable-CsUser', 'SipAddress')
    case 'fqdn':
      return routed(move, { Identity: somebody, Target: value }, {}, 'Move-CsUser', 'Target')
    case 'https-url':
      return routed(
        move,
        { Identity: somebody, Target: pool, HostedMigrationOverrideUrl: value },
        {},
        'Move-CsUser',
        'HostedMigrationOverrideUrl',
      )
    case 'text':
      return textRoute(one)
    default:
      return kind satisfies never
  }
}

const text: Record<string, ValueRule> = { Text: { kind: 'text' } }

function textRoute({ value, form }: Case): Routed {
  // The value itself is judged first: a filter is only ever composed of a value that may be used.
  const checked = routed(raw, { Text: value }, text, 'Get-CsOnlineUser', 'Sort')
  if (form === 0 || !checked.ok) return checked
  const asOpath = form === 1 ? opathEquals('DisplayName', value) : null
  if (asOpath?.ok) return routed(opath, { Text: asOpath.text }, text, 'Get-CsUser', 'Filter', readOpath)
  const asLdap = ldapEquals('displayName', value)
  if (asLdap.ok) return routed(ldap, { Text: asLdap.text }, text, 'Get-CsUser', 'LdapFilter', readLdap)
  return { ok: false, reason: asLdap.refusal, message: asLdap.message }
}

function routed(
  script: { name: string; text: string },
  values: ScriptValues,
  rules: Record<string, ValueRule>,
  command: string,
  parameter: string,
  read: (received: string) => string | null = asItIs,
): Routed {
  const made = makeStepCall(script, { ...valueRulesOf(values), ...rules }, values)
  if (made.ok) return { ok: true, route: { script, call: made.call, command, parameter, read } }
  const [first] = made.problems
  return { ok: false, reason: first?.code ?? 'refused', message: first?.message ?? '' }
}

/** The value in one OPATH comparison, read by a rule of its own: one text, in which two apostrophes stand for one. */
function readOpath(filter: string): string | null {
  const inside = /^DisplayName -eq '((?:[^'\u2018-\u201b]|'')*)'$/s.exec(filter)?.[1]
  return inside === undefined ? null : inside.replaceAll("''", "'")
}

/** The value in one LDAP comparison after RFC 4515: bytes of UTF-8, escaped or as they are. */
function readLdap(filter: string): string | null {
  const inside = /^\(displayName=((?:[\x20-\x27\x2b-\x5b\x5d-\x7e]|\\[0-9a-f]{2})*)\)$/.exec(filter)?.[1]
  if (inside === undefined) return null
  const bytes = [...inside.matchAll(/\\([0-9a-f]{2})|[^\\]/g)].map(([whole, hex]) =>
    hex === undefined ? whole.charCodeAt(0) : Number.parseInt(hex, 16),
  )
  return Buffer.from(bytes).toString('utf8')
}
