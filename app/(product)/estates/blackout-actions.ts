'use server'

import type { FormResult } from '@/components/forms/form-result'
import { barredWords, freedWords } from '@/domain/wording/barred-words'
import { removeBlackout, setBlackout } from '@/server/commands/set-blackout'
import { actAs, field } from '../../act-as'

export async function barDays(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const firstDay = field(data, 'first_day')
    const lastDay = field(data, 'last_day') || firstDay
    const barred = await setBlackout(actor, {
      estateId: field(data, 'estate'),
      firstDay,
      lastDay,
      reason: field(data, 'reason'),
    })
    return barredWords(barred)
  })
}

export async function freeDays(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    return freedWords(
      await removeBlackout(actor, { blackoutId: field(data, 'blackout'), reason: field(data, 'reason') }),
    )
  })
}
