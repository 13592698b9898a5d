'use server'

import type { FormResult } from '@/components/forms/form-result'
import { closedWords } from '@/domain/wording/hold-words'
import { closeBreaker } from '@/server/commands/close-breaker'
import { actAs, field } from '../../act-as'

export async function closeThisBreaker(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const closed = await closeBreaker(actor, {
      breakerId: field(data, 'breaker'),
      reason: field(data, 'reason'),
    })
    return closedWords(closed)
  })
}
