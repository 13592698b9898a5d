'use server'

import type { FormResult } from '@/components/forms/form-result'
import { heldWords, releasedWords } from '@/domain/wording/hold-words'
import { holdWork } from '@/server/commands/hold-work'
import { Refused } from '@/server/commands/refused'
import { releaseWork } from '@/server/commands/release-work'
import { actAs, field } from '../act-as'

/** What these two hold; everything has its own place in every bar. */
const scopes = ['estate', 'lane', 'batch', 'wave', 'item'] as const
type Scope = (typeof scopes)[number]

function scopeOf(data: FormData): Scope {
  const scope = scopes.find(one => one === field(data, 'scope'))
  if (!scope) throw new Refused('invalid', 'It is not said what is to be held. Load the page again.')
  return scope
}

export async function holdThis(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const held = await holdWork(actor, {
      scope: scopeOf(data),
      targetId: field(data, 'target'),
      reason: field(data, 'reason'),
    })
    return heldWords(held)
  })
}

export async function releaseThis(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const released = await releaseWork(actor, {
      scope: scopeOf(data),
      targetId: field(data, 'target'),
      reason: field(data, 'reason'),
    })
    return releasedWords(released)
  })
}
