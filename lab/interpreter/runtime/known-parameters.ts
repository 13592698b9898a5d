import { A, type BindTarget, bindFault } from './accept'
import type { Parameter, SetInfo } from './context'

const plainSet = (): SetInfo => ({
  mandatory: false,
  position: null,
  byValue: false,
  byName: false,
  remaining: false,
})

const COMMON: [string, string, string][] = [
  ['Verbose', 'vb', `${A}SwitchParameter`],
  ['Debug', 'db', `${A}SwitchParameter`],
  ['ErrorAction', 'ea', `${A}ActionPreference`],
  ['WarningAction', 'wa', `${A}ActionPreference`],
  ['InformationAction', 'infa', `${A}ActionPreference`],
  ['ProgressAction', 'proga', `${A}ActionPreference`],
  ['ErrorVariable', 'ev', 'System.String'],
  ['WarningVariable', 'wv', 'System.String'],
  ['InformationVariable', 'iv', 'System.String'],
  ['OutVariable', 'ov', 'System.String'],
  ['OutBuffer', 'ob', 'System.Int32'],
  ['PipelineVariable', 'pv', 'System.String'],
]

const commonOf = ([name, alias, type]: [string, string, string]): Parameter => ({
  name,
  aliases: [alias],
  type,
  sets: new Map([['*', plainSet()]]),
  values: null,
  range: null,
  allowNull: false,
  allowEmpty: false,
  refused: name === 'OutBuffer' || name === 'PipelineVariable',
  accept: null,
})

export const COMMON_PARAMETERS = COMMON.map(commonOf)

export const CONFIRM_PARAMETERS = [
  commonOf(['WhatIf', 'wi', `${A}SwitchParameter`]),
  commonOf(['Confirm', 'cf', `${A}SwitchParameter`]),
]

/** Whether a parameter is one that every command has, rather than the command's own. */
export const isCommon = (target: BindTarget, p: Parameter): boolean =>
  COMMON_NAMES.has(p.name) && !target.parameters.includes(p)

const COMMON_NAMES = new Set([...COMMON_PARAMETERS, ...CONFIRM_PARAMETERS].map(p => p.name))

/** A common parameter's name as the shell writes it. */
export const commonName = (lower: string): string =>
  [...COMMON_NAMES].find(name => name.toLowerCase() === lower.toLowerCase()) ?? lower

/** The parameter that a name or its beginning stands for; null where there is none. */
export function findParameter(t: BindTarget, name: string): Parameter | null {
  const all = t.advanced
    ? [...t.parameters, ...COMMON_PARAMETERS, ...(t.shouldProcess ? CONFIRM_PARAMETERS : [])]
    : t.parameters
  const lower = name.toLowerCase()
  const exact = all.find(
    p => p.name.toLowerCase() === lower || p.aliases.some(a => a.toLowerCase() === lower),
  )
  if (exact) return exact
  const byName = all.filter(p => p.name.toLowerCase().startsWith(lower))
  const byAlias = all.filter(
    p => !byName.includes(p) && p.aliases.some(a => a.toLowerCase().startsWith(lower)),
  )
  const starting = [...byName, ...byAlias]
  const own = starting.filter(p => t.parameters.includes(p))
  const candidates = own.length > 0 && starting.length > 1 ? own : starting
  if (candidates.length === 1) return candidates[0] ?? null
  if (candidates.length > 1)
    bindFault(
      t,
      'AmbiguousParameter',
      `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${starting.map(p => `-${p.name}`).join(' ')}.`,
    )
  return null
}
