import { isSignInKind, type SignInKind, signInWord } from '../credentials/sign-in'
import { durationWords } from './duration'

const names = {
  zone: 'time zone',
  pools: 'pools',
  sipDomains: 'SIP domains',
  hostingProviderProxy: 'hosting provider proxy',
  domainController: 'domain controller',
  hostedMigrationUrl: 'hosted migration service',
  executable: 'PowerShell executable',
  syncSpacingSeconds: 'spacing between two syncs',
  settleSeconds: 'time between two readings of an unknown outcome',
  probeDeadlineSeconds: 'time a reading may take',
  applyDeadlineSeconds: 'time a change may take',
  readinessFreshSeconds: 'time a readiness reading counts',
  approvalLifetimeSeconds: 'time a request waits',
  maxSessions: 'sessions of the tenant',
  harmedCap: 'people who may be harmed before a batch stops',
} as const

/**
 * What of an estate can be changed after it was described; a credential’s sessions are named by `sessions <name>`, its
 * sign-in by `sign-in <name>`.
 */
export type EstateSetting = keyof typeof names

/** “the time a change may take”, without its article. Sessions of a credential: “sessions of sfb-admin”. */
export function estateSettingWord(setting: string): string {
  if (setting.startsWith('sign-in ')) return `sign-in of ${setting.slice('sign-in '.length)}`
  if (setting.startsWith('sessions ')) return `sessions of ${setting.slice('sessions '.length)}`
  return setting in names ? names[setting as EstateSetting] : setting
}

/** A setting's value as people read it: durations in words, names one after the other, what is empty as “none”. */
export function estateSettingText(setting: string, value: unknown): string {
  if (setting.startsWith('sign-in ') && isSignInKind(String(value))) return signInWord(value as SignInKind)
  if (Array.isArray(value)) return value.join(', ') || 'none'
  if (typeof value === 'number')
    return setting.endsWith('Seconds') && value > 0
      ? durationWords(value * 1000)
      : value === 0
        ? 'none'
        : String(value)
  return typeof value === 'string' && value !== '' ? value : 'none'
}
