import type { Phase } from '@/domain/plan/phase'

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
