import type { Phase } from '@/domain/plan/phase'
import type { ValueRule } from '@/domain/script/values'

/** What a step script may be given. Names are those of the scripts' param() blocks. */
export const valueNames = [
  'Identity',
  'SipAddress',
  'Target',
  'HostingProviderProxyFqdn',
  'DomainController',
  'HostedMigrationOverrideUrl',
] as const
export type ValueName = (typeof valueNames)[number]

/** What each of them may be; anything else is refused before any script is made of it. */
export const valueRules: Readonly<Record<ValueName, ValueRule>> = {
  Identity: { kind: 'identity' },
  SipAddress: { kind: 'sip-uri' },
  Target: { kind: 'fqdn' },
  HostingProviderProxyFqdn: { kind: 'fqdn', optional: true },
  DomainController: { kind: 'fqdn', optional: true },
  HostedMigrationOverrideUrl: { kind: 'https-url', optional: true },
}

/** The rules of the values that are given. What a script needs beyond them has a default there, or is found missing. */
export function valueRulesOf(given: Readonly<Record<string, unknown>>): Record<string, ValueRule> {
  const names = valueNames.filter(name => Object.hasOwn(given, name))
  return Object.fromEntries(names.map(name => [name, valueRules[name]]))
}

/** Administration differs between the two eras of the product line; a definition says what each era's scripts are given. */
export const eras = ['legacy', 'modern'] as const
export type Era = (typeof eras)[number]

/** One thing done to each item, by three scripts `<key>.<phase>.ps1` in the runbook's steps folder. */
export type ItemStep = {
  kind: 'item'
  key: string
  lane: string
  /** As on a badge while it runs ("Moving") and when it is over ("Moved"). */
  running: string
  over: string
  phases: readonly Phase[]
  values: Readonly<Partial<Record<Era, readonly ValueName[]>> & { modern: readonly ValueName[] }>
  /** Codes of a probe's `blocked` that pass by themselves, with the seconds between looks and how long to hope. */
  waitsFor?: Readonly<Record<string, { seconds: number; atMostMinutes: number }>>
}

/** One thing done once for a wave, after all its items are through the steps before. */
export type WaveStep = {
  kind: 'wave'
  key: string
  lane: string
  running: string
  over: string
  phases: readonly Phase[]
  values: Readonly<{ modern: readonly ValueName[] }>
}

/** A person's decision; it covers the steps up to the next one (rule 5). */
export type ApprovalStep = { kind: 'approval'; key: string; asks: string }

export type RunbookDefinition = {
  id: string
  version: string
  title: string
  summary: string
  itemKind: 'user' | 'group'
  era: Era
  /** Reads the estate before planning; a probe only. */
  readiness: { key: string; lane: string; values: Readonly<{ modern: readonly ValueName[] }> }
  steps: readonly (ItemStep | WaveStep | ApprovalStep)[]
  /** Said on every decision card. */
  toKnow: readonly string[]
}
