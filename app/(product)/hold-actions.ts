'use server'

import type { FormResult } from '@/components/forms/form-result'
import { people } from '@/domain/wording/count'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { actAs, field } from '../act-as'

/** What these two hold from a page of a batch; estates and lanes have their own. */
const scopes = ['batch', 'wave', 'item'] as const
type Scope = (typeof scopes)[number]

const scopeOf = (data: FormData): Scope => scopes.find(scope => scope === field(data, 'scope')) ?? 'batch'

export async function holdThis(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { already, touched, running } = await holdWork(actor, {
      scope: scopeOf(data),
      targetId: field(data, 'target'),
      reason: field(data, 'reason'),
    })
    if (already) return 'It was held already; the first hold stands.'
    return `Held: ${people(touched)} do not begin. ${running > 0 ? `${people(running)} are at work and end by themselves.` : 'Nobody is at work.'}`
  })
}

export async function releaseThis(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { touched } = await releaseWork(actor, {
      scope: scopeOf(data),
      targetId: field(data, 'target'),
      reason: field(data, 'reason'),
    })
    return `Released: ${people(touched)} may begin where they stood.`
  })
}
