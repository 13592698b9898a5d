import type { SignInKind } from '@/domain/credentials/sign-in'
import { canonicalText, sha256 } from '@/domain/ledger/canonical'
import type { EstateSetting } from '@/domain/wording/estate-settings'
import type { Credential, Estate } from '@/generated/prisma/client'

/** Everything of an estate that can be changed after it was described. What is empty stands as an empty text. */
export type EstateSettings = {
  zone: string
  pools: readonly string[]
  sipDomains: readonly string[]
  hostingProviderProxy: string
  domainController: string
  hostedMigrationUrl: string
  executable: string
  syncSpacingSeconds: number
  settleSeconds: number
  probeDeadlineSeconds: number
  applyDeadlineSeconds: number
  readinessFreshSeconds: number
  approvalLifetimeSeconds: number
  /** Sessions that the tenant allows over all credentials. */
  maxSessions: number
  /** People of a batch who may be harmed before nothing more starts. */
  harmedCap: number
  /** Sessions that a credential may hold at once, by the credential's name. */
  sessions: Readonly<Record<string, number>>
  /** How a session signs in with a credential, by the credential's name. */
  signIn: Readonly<Record<string, SignInKind>>
}

/** What stands in a plan (rule 4): a change of these is a change of what was asked for and approved. */
export const plannedSettings = [
  'hostingProviderProxy',
  'domainController',
  'hostedMigrationUrl',
] as const satisfies readonly EstateSetting[]

/** By these a lost outcome is told over (rule 2): lowered in mid-run, a shell could be taken for dead that is not. */
export const waitingSettings = [
  'settleSeconds',
  'probeDeadlineSeconds',
  'applyDeadlineSeconds',
] as const satisfies readonly EstateSetting[]

export function settingsOf(estate: Estate & { credentials: readonly Credential[] }): EstateSettings {
  return {
    zone: estate.zone,
    pools: estate.pools,
    sipDomains: estate.sipDomains,
    hostingProviderProxy: estate.hostingProviderProxy,
    domainController: estate.domainController ?? '',
    hostedMigrationUrl: estate.hostedMigrationUrl ?? '',
    executable: estate.executable ?? '',
    syncSpacingSeconds: estate.syncSpacingSeconds,
    settleSeconds: estate.settleSeconds,
    probeDeadlineSeconds: estate.probeDeadlineSeconds,
    applyDeadlineSeconds: estate.applyDeadlineSeconds,
    readinessFreshSeconds: estate.readinessFreshSeconds,
    approvalLifetimeSeconds: estate.approvalLifetimeSeconds,
    maxSessions: estate.maxSessions,
    harmedCap: estate.harmedCap,
    sessions: Object.fromEntries(estate.credentials.map(one => [one.name, one.maxSessions])),
    signIn: Object.fromEntries(estate.credentials.map(one => [one.name, one.signIn])),
  }
}

/** A mark of these settings: whoever changes them says which they looked at, so that nobody undoes another's change. */
export const settingsMark = (settings: EstateSettings): string => sha256(canonicalText(settings)).slice(0, 16)
