'use server'

import type { FormResult } from '@/components/forms/form-result'
import { people } from '@/domain/wording/count'
import { setWaveWindow } from '@/server/commands/set-wave-window'
import { requireTypedEstate } from '@/server/queries/typed-estate'
import { actAs, field } from '../../../act-as'

export async function setThisWindow(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await requireTypedEstate(actor, field(data, 'batch'), field(data, 'estate_name'))
    const from = field(data, 'from')
    const done = await setWaveWindow(actor, {
      waveId: field(data, 'wave'),
      window: from
        ? {
            zone: field(data, 'zone').trim(),
            from,
            to: field(data, 'to'),
            days: data.getAll('day').map(Number),
            firstDay: field(data, 'first_day') || null,
            lastDay: field(data, 'last_day') || null,
          }
        : null,
      cutOff: field(data, 'cut_off') || null,
      reason: field(data, 'reason'),
    })
    return `${people(done.touched)} may start ${done.window ?? 'at any time'}${done.cutOffAt ? ', until the cut-off' : ''}.`
  })
}
