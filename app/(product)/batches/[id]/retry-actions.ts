'use server'

import type { FormResult } from '@/components/forms/form-result'
import { itemStates } from '@/domain/lifecycle/item'
import { retriedWords } from '@/domain/wording/retried-words'
import { decidedWords, readBackWords } from '@/domain/wording/unknown-words'
import { readBackNow } from '@/server/commands/read-back-now'
import { resolveUnknown } from '@/server/commands/resolve-unknown'
import { retryItems } from '@/server/commands/retry-items'
import { actAs, field } from '../../../act-as'

/** Everybody whom the table's search and filters find, also those on other pages. */
export async function retryMatching(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const states = field(data, 'states').split(',')
    const done = await retryItems(actor, {
      batchId: field(data, 'batch'),
      filter: {
        states: itemStates.filter(state => states.includes(state)),
        ...(field(data, 'wave') ? { waveId: field(data, 'wave') } : {}),
        ...(field(data, 'cluster') ? { cluster: field(data, 'cluster') } : {}),
        ...(field(data, 'search') ? { search: field(data, 'search') } : {}),
      },
      reason: field(data, 'reason'),
    })
    return retriedWords(done)
  })
}

export async function decideUnknown(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await resolveUnknown(actor, { itemId: field(data, 'item'), reason: field(data, 'reason') })
    return decidedWords
  })
}

export async function readPersonBack(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    return readBackWords(await readBackNow(actor, { itemId: field(data, 'item') }))
  })
}
