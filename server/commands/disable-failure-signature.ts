import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/**
 * Takes an operator's description of an error out of use, with a reason. What it decided before stays as it was
 * recorded. Throws Refused: not permitted, no reason, not there, or not in use any more.
 */
export async function disableFailureSignature(
  actor: Actor,
  input: { signatureId: string; reason: string },
): Promise<void> {
  const personId = permitPerson(actor, 'failures.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Taking a description out of use needs a reason.')
  await db().$transaction(async tx => {
    const signature = await tx.failureSignature.findUnique({ where: { id: input.signatureId } })
    if (!signature) throw new Refused('not_found', 'There is no such description of an error.')
    const changed = await tx.$executeRaw`
      UPDATE "failure_signature" SET "disabledAt" = clock_timestamp(), "disabledById" = ${personId}, "disabledReason" = ${reason}
      WHERE "id" = ${signature.id} AND "disabledAt" IS NULL`
    if (changed === 0) throw new Refused('conflict', `“${signature.title}” is not in use any more.`)
    await recordEvent(tx, actor, {
      type: 'signature.disabled',
      data: { signatureId: signature.id, title: signature.title, reason },
    })
  })
}
