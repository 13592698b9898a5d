'use server'

import type { FormResult } from '@/components/forms/form-result'
import { people } from '@/domain/wording/count'
import { closeBreaker } from '@/server/commands/close-breaker'
import { actAs, field } from '../../act-as'

export async function closeThisBreaker(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { touched } = await closeBreaker(actor, {
      breakerId: field(data, 'breaker'),
      reason: field(data, 'reason'),
    })
    return `It goes on: ${people(touched)} who wait may begin as soon as a session is free.`
  })
}
