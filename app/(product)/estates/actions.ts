'use server'

import type { FormResult } from '@/components/forms/form-result'
import { resumedWords } from '@/domain/wording/hold-words'
import { createEstate } from '@/server/commands/create-estate'
import { estateFaults, type NewEstate } from '@/server/commands/estate-faults'
import { resumeLane } from '@/server/commands/resume-lane'
import { switchEstateOn } from '@/server/commands/switch-estate'
import { actAs, field } from '../../act-as'
import { listed, wholeNumber } from './read-fields'

const readEstate = (data: FormData): NewEstate => ({
  name: field(data, 'name').trim(),
  kind: field(data, 'kind'),
  zone: field(data, 'zone').trim(),
  pools: listed(field(data, 'pools')),
  sipDomains: listed(field(data, 'sipDomains')),
  hostingProviderProxy: field(data, 'hostingProviderProxy').trim(),
  domainController: field(data, 'domainController').trim(),
  executable: field(data, 'executable').trim(),
  sfbCredential: field(data, 'sfbCredential').trim(),
  sfbSessions: wholeNumber(field(data, 'sfbSessions')),
  sfbSignIn: field(data, 'sfbSignIn'),
  syncCredential: field(data, 'syncCredential').trim(),
  syncSessions: wholeNumber(field(data, 'syncSessions')),
})

/** Fields: those of NewEstate; pools and sipDomains hold several names. Each fault stands at its field. */
export async function describeEstate(_: FormResult | null, data: FormData): Promise<FormResult> {
  const estate = readEstate(data)
  const faults = estateFaults(estate)
  const wrong = Object.keys(faults).length
  if (wrong > 0)
    return {
      ok: false,
      message: `The estate is not described: ${wrong === 1 ? 'one field needs' : `${wrong} fields need`} another value.`,
      fields: faults,
    }
  return actAs(async actor => {
    await createEstate(actor, estate)
    return estate.kind === 'live'
      ? `${estate.name} is described. It is LIVE and switched off: nothing is applied until its name is typed on its page.`
      : `${estate.name} is described. Lane workers take its lanes within seconds.`
  })
}

/** Fields: estate, estate_name. */
export async function switchOn(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const name = field(data, 'estate_name')
    await switchEstateOn(actor, { estateId: field(data, 'estate'), name })
    return `${name.trim()} is switched on. Approved waves may apply changes from now on.`
  })
}

/** Fields: lane, reason. */
export async function resume(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const resumed = await resumeLane(actor, { laneId: field(data, 'lane'), reason: field(data, 'reason') })
    return resumedWords(resumed)
  })
}
