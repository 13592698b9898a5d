'use server'

import type { FormResult } from '@/components/forms/form-result'
import type { PaletteHit } from '@/components/palette/hits'
import { batchLook, itemLook } from '@/components/state/look'
import { batchWord } from '@/domain/lifecycle/batch'
import { itemWord } from '@/domain/lifecycle/item'
import { heldWords, releasedWords } from '@/domain/wording/hold-words'
import { sentenceCase } from '@/domain/wording/sentence'
import { currentActor } from '@/server/auth/current-actor'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { findAnything } from '@/server/queries/palette'
import { actAs, field } from '../act-as'

export async function holdEverything(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    return heldWords(await holdWork(actor, { scope: 'everything', reason: field(data, 'reason') }))
  })
}

export async function releaseEverything(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    return releasedWords(await releaseWork(actor, { scope: 'everything', reason: field(data, 'reason') }))
  })
}

/** What the command palette finds; nothing for a stranger. */
export async function findInPalette(text: string): Promise<PaletteHit[]> {
  const actor = await currentActor()
  if (!actor) return []
  const { people, batches } = await findAnything(actor, text)
  return [
    ...people.map(
      (person): PaletteHit => ({
        key: person.id,
        kind: 'person',
        name: person.displayName,
        note: `${person.upn} · ${person.batch} · ${itemWord(person.state)}`,
        href: `/batches/${person.batchId}/people/${person.id}`,
        look: itemLook[person.state],
      }),
    ),
    ...batches.map(
      (batch): PaletteHit => ({
        key: batch.id,
        kind: 'batch',
        name: batch.name,
        note: sentenceCase(batchWord(batch.state)),
        href: `/batches/${batch.id}`,
        look: batchLook[batch.state],
      }),
    ),
  ]
}
