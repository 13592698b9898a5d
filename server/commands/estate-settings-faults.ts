import { isSignInKind, signInKinds } from '@/domain/credentials/sign-in'
import { durationWords } from '@/domain/wording/duration'
import type { EstateSettings } from '@/server/store/estate-settings'
import { isZone } from './estate-faults'
import { isHostName } from './host-name'

/** The least and the most of each duration, in seconds. A LIVE estate's syncs are spaced; a lab's need not be. */
const limits = {
  syncSpacingSeconds: { lab: 0, live: 60, most: 24 * 3600 },
  settleSeconds: { lab: 5, live: 10, most: 3600 },
  probeDeadlineSeconds: { lab: 10, live: 10, most: 3600 },
  applyDeadlineSeconds: { lab: 30, live: 30, most: 4 * 3600 },
  readinessFreshSeconds: { lab: 300, live: 300, most: 30 * 24 * 3600 },
  approvalLifetimeSeconds: { lab: 900, live: 900, most: 30 * 24 * 3600 },
} as const

/** A field of the form, `sessions <credential>` and `sign-in <credential>` for what each credential has of its own. */
export type SettingsFaults = Record<string, string>

/** What is wrong with an estate's settings, by field; empty when nothing is. */
export function settingsFaults(settings: EstateSettings, kind: 'lab' | 'live'): SettingsFaults {
  const faults: SettingsFaults = {}
  if (!isZone(settings.zone))
    faults.zone = `“${settings.zone}” is not a time zone. Write one such as Europe/Berlin or UTC.`
  for (const [field, what] of [
    ['pools', 'pool'],
    ['sipDomains', 'SIP domain'],
  ] as const) {
    const wrong = settings[field].filter(name => !isHostName(name))
    if (settings[field].length === 0) faults[field] = `Write at least one ${what}, one a line.`
    else if (wrong.length > 0) faults[field] = `Not the full name of a ${what}: ${wrong.join(', ')}.`
  }
  if (!isHostName(settings.hostingProviderProxy))
    faults.hostingProviderProxy = 'Write the full name of a host, usually sipfed.online.lync.com.'
  if (settings.domainController !== '' && !isHostName(settings.domainController))
    faults.domainController = 'Write the full name of a host, or leave it empty.'
  if (settings.hostedMigrationUrl !== '' && !isHttps(settings.hostedMigrationUrl))
    faults.hostedMigrationUrl = 'Write an address that begins with https://, or leave it empty.'
  for (const [field, limit] of Object.entries(limits) as [
    keyof typeof limits,
    (typeof limits)[keyof typeof limits],
  ][]) {
    const least = limit[kind]
    const value = settings[field]
    if (!Number.isInteger(value) || value < least || value > limit.most)
      faults[field] =
        `Between ${least === 0 ? '0' : durationWords(least * 1000)} and ${durationWords(limit.most * 1000)}.`
  }
  if (!faults.applyDeadlineSeconds && settings.applyDeadlineSeconds < settings.probeDeadlineSeconds)
    faults.applyDeadlineSeconds = 'A change takes at least as long as a reading may take.'
  if (!Number.isInteger(settings.maxSessions) || settings.maxSessions < 1 || settings.maxSessions > 200)
    faults.maxSessions = 'Write a whole number from 1 to 200.'
  if (!Number.isInteger(settings.harmedCap) || settings.harmedCap < 1 || settings.harmedCap > 1000)
    faults.harmedCap = 'Write a whole number from 1 to 1000.'
  for (const [name, sessions] of Object.entries(settings.sessions))
    if (!Number.isInteger(sessions) || sessions < 1 || sessions > 50)
      faults[`sessions ${name}`] = 'Write a whole number from 1 to 50.'
  for (const [name, kind] of Object.entries(settings.signIn))
    if (!isSignInKind(kind)) faults[`sign-in ${name}`] = `Choose one of: ${signInKinds.join(', ')}.`
  return faults
}

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:'
