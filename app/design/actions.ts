'use server'

import type { FormResult } from '@/components/forms/form-result'
import type { PaletteHit } from '@/components/palette/hits'
import { matches } from '@/components/palette/hits'
import { samplePeople } from './samples'

/** On this page nothing is changed: a form answers with what it was sent. */
export async function showSent(_before: FormResult | null, data: FormData): Promise<FormResult> {
  if (data.get('answer') === 'no')
    return {
      ok: false,
      message: 'The plan has changed since you opened it.',
      remedy: 'Look at what changed, then decide again.',
      reference: 'FE-7Q2M',
      fields: { name: 'A batch of this name is open already.' },
    }
  return {
    ok: true,
    message: `Nothing is changed on this page. It sent ${[...new Set(data.keys())].filter(key => !key.startsWith('$')).length} fields.`,
  }
}

/** People of the samples, as the palette finds them. */
export async function findSample(text: string): Promise<readonly PaletteHit[]> {
  return samplePeople
    .map(person => ({
      key: person.address.replace(/\W/g, '-'),
      kind: 'person' as const,
      name: person.name,
      note: person.address,
      href: '/design#table',
      look: person.look,
    }))
    .filter(hit => matches(hit, text))
}
