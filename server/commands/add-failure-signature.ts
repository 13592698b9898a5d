import {
  matchOf,
  matchWords,
  type OwnSignature,
  ownSignatureFaults,
  stillHolds,
  toSignature,
} from '@/domain/failures/own-signature'
import type { Actor } from '@/domain/people/actor'
import type { Prisma } from '@/generated/prisma/client'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'
import { type ErrorPlace, seenError } from '@/server/store/seen-error'
import { Refused } from './refused'

const asJson = (value: object): Prisma.InputJsonValue =>
  JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue

/**
 * Describes an error that nobody had described, from one of its records. The record is stored with it and checked now
 * and at every use: what does not recognise its own record, or what Ferry's catalogue decides already, is refused.
 * Throws Refused: not permitted, no such record, or faults (the details name each field).
 */
export async function addFailureSignature(
  actor: Actor,
  input: OwnSignature & { place: ErrorPlace },
): Promise<{ signatureId: string }> {
  const personId = permitPerson(actor, 'failures.write')
  const { place, ...given } = input
  return db().$transaction(async tx => {
    const seen = await seenError(tx, place)
    const faults = Object.entries(ownSignatureFaults(given, seen.record))
    if (faults.length > 0)
      throw new Refused(
        'invalid',
        'The error is not described.',
        faults.map(([field, what]) => `${field}: ${what.replace(/\.$/, '')}`),
      )
    const signatureId = newId('signature')
    const signature = toSignature(signatureId, given, seen.record)
    if (!stillHolds(signature, seen.record))
      throw new Refused('invalid', 'This does not recognise the record that it was made from.')
    await tx.failureSignature.create({
      data: {
        id: signatureId,
        match: asJson(signature.match),
        class: signature.class,
        scope: signature.scope,
        title: signature.title,
        cause: signature.cause,
        remedy: signature.remedy,
        owner: signature.owner,
        record: asJson(seen.record),
        attemptId: place.attemptId,
        createdById: personId,
      },
    })
    const match = matchOf(given.pattern, seen.record)
    await recordEvent(tx, actor, {
      type: 'signature.added',
      data: {
        signatureId,
        title: signature.title,
        class: signature.class,
        scope: signature.scope,
        recognisedBy: match ? matchWords(match) : '',
        madeFrom: place.attemptId,
      },
    })
    return { signatureId }
  })
}
