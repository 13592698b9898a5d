'use server'

import type { FormResult } from '@/components/forms/form-result'
import { ownSignatureFaults } from '@/domain/failures/own-signature'
import { currentActor } from '@/server/auth/current-actor'
import { addFailureSignature } from '@/server/commands/add-failure-signature'
import { disableFailureSignature } from '@/server/commands/disable-failure-signature'
import { errorToDescribe } from '@/server/queries/signature-preview'
import { actAs, field } from '../../act-as'
import { patternIn, placeIn } from './read-pattern'

/** Fields: attempt, phase, index; number, id, exception, words (one a line); class, scope, title, cause, remedy, owner. */
export async function describeError(_: FormResult | null, data: FormData): Promise<FormResult> {
  const read = (name: string) => field(data, name)
  const place = placeIn(read)
  const given = {
    pattern: patternIn(read),
    class: read('class'),
    scope: read('scope'),
    title: read('title').trim(),
    cause: read('cause').trim(),
    remedy: read('remedy').trim(),
    owner: read('owner'),
  }
  const actor = await currentActor()
  const seen = actor && (await errorToDescribe(actor, place).catch(() => null))
  const faults = seen ? ownSignatureFaults(given, seen.record) : {}
  const first = Object.values(faults)[0]
  if (first) return { ok: false, message: 'The error is not described yet.', remedy: first, fields: faults }
  return actAs(async signedIn => {
    await addFailureSignature(signedIn, { ...given, place })
    return `“${given.title}” is known from now on: the next attempt that meets it is read so. To try the people who met it before, retry them.`
  })
}

/** Fields: signature, reason. */
export async function disableSignature(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await disableFailureSignature(actor, {
      signatureId: field(data, 'signature'),
      reason: field(data, 'reason'),
    })
    return 'It is out of use. What it decided before stays as it was recorded.'
  })
}
