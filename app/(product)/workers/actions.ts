'use server'

import type { FormResult } from '@/components/forms/form-result'
import { counted } from '@/domain/wording/count'
import { setLaneConcurrency } from '@/server/commands/set-lane-concurrency'
import { actAs, field } from '../../act-as'

export async function paceLane(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const concurrency = Number(field(data, 'concurrency'))
    const done = await setLaneConcurrency(actor, {
      laneId: field(data, 'lane'),
      concurrency,
      reason: field(data, 'reason'),
    })
    const over =
      done.over > 0
        ? ` ${counted(done.running, 'session is', 'sessions are')} at work; nothing new begins until fewer are.`
        : ''
    return `${counted(concurrency, 'session', 'sessions')} may work at once, before it was ${done.before}.${over}`
  })
}
