'use server'

import type { FormResult } from '@/components/forms/form-result'
import type { SignInKind } from '@/domain/credentials/sign-in'
import { counted } from '@/domain/wording/count'
import { estateSettingWord } from '@/domain/wording/estate-settings'
import { listOf } from '@/domain/wording/list'
import { editEstate } from '@/server/commands/edit-estate'
import { actAs, field } from '../../../../act-as'
import { listed, wholeNumber } from '../../read-fields'

/** Hours as people write them (`24`, `0.5`) in seconds; NaN for anything else, which the command refuses by name. */
const secondsOfHours = (text: string): number =>
  /^\d{1,4}([.,]\d{1,2})?$/.test(text.trim())
    ? Math.round(Number(text.trim().replace(',', '.')) * 3600)
    : Number.NaN

/** Fields: estate, seen, those of EstateSettings, `sessions <credential>`, `sign-in <credential>`, reason, and on a switched-on LIVE estate estate_name. */
export async function changeEstate(_: FormResult | null, data: FormData): Promise<FormResult> {
  const text = (name: string) => field(data, name).trim()
  const seconds = (name: string) => wholeNumber(text(name))
  /** Fields such as `sessions sfb-admin`, by what stands behind the word. */
  const byCredential = <T>(word: string, read: (key: string) => T): Record<string, T> =>
    Object.fromEntries(
      [...data.keys()]
        .filter(key => key.startsWith(`${word} `))
        .map(key => [key.slice(word.length + 1), read(key)]),
    )
  return actAs(async actor => {
    const { changed, voided } = await editEstate(actor, {
      estateId: text('estate'),
      seen: text('seen'),
      settings: {
        zone: text('zone'),
        pools: listed(text('pools')),
        sipDomains: listed(text('sipDomains')),
        hostingProviderProxy: text('hostingProviderProxy'),
        domainController: text('domainController'),
        hostedMigrationUrl: text('hostedMigrationUrl'),
        executable: text('executable'),
        syncSpacingSeconds: seconds('syncSpacingSeconds'),
        settleSeconds: seconds('settleSeconds'),
        probeDeadlineSeconds: seconds('probeDeadlineSeconds'),
        applyDeadlineSeconds: seconds('applyDeadlineSeconds'),
        readinessFreshSeconds: secondsOfHours(text('readinessFreshHours')),
        approvalLifetimeSeconds: secondsOfHours(text('approvalLifetimeHours')),
        maxSessions: seconds('maxSessions'),
        harmedCap: seconds('harmedCap'),
        sessions: byCredential('sessions', seconds),
        // What is none of the kinds is refused by name.
        signIn: byCredential('sign-in', key => text(key) as SignInKind),
      },
      reason: text('reason'),
      estateName: text('estate_name'),
    })
    if (changed.length === 0) return 'Everything stands there already, so nothing changed.'
    const lost =
      voided > 0
        ? ` ${counted(voided, 'request or approval is', 'requests and approvals are')} void with it.`
        : ''
    return `Changed: ${listOf(changed.map(estateSettingWord))}.${lost}`
  })
}
