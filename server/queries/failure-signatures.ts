import { matchWords } from '@/domain/failures/own-signature'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { errorRecordOf, holdsFor, signatureOf } from '@/server/store/failure-signatures'
import { databaseNow } from './database-now'
import { personNames } from './person-names'

export type OwnSignatureLine = {
  id: string
  title: string
  class: string
  scope: string
  cause: string
  remedy: string
  owner: string
  recognisedBy: string
  /** Message of the record that it was made from. */
  madeFrom: string
  /** Whether it still recognises that record; one that does not is not used. */
  holds: boolean
  /** Attempts that it has decided. */
  decided: number
  createdBy: string
  createdAt: Date
  disabled: { by: string; at: Date; reason: string } | null
}

/** Every description of an error that operators wrote, the newest first; those out of use come last. */
export async function failureSignatures(
  actor: Actor,
): Promise<{ now: Date; signatures: OwnSignatureLine[] }> {
  permit(actor, 'failures.read')
  const [now, rows] = await Promise.all([
    databaseNow(),
    db().failureSignature.findMany({
      orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
    }),
  ])
  const [counts, nameOf] = await Promise.all([
    db().attempt.groupBy({
      by: ['errorSignature'],
      where: { errorSignature: { in: rows.map(row => row.id) } },
      _count: { _all: true },
    }),
    personNames(
      db(),
      rows.flatMap(row => [row.createdById, row.disabledById]),
    ),
  ])
  return {
    now,
    signatures: rows.map(row => {
      const signature = signatureOf(row)
      return {
        id: row.id,
        title: row.title,
        class: row.class,
        scope: row.scope,
        cause: row.cause,
        remedy: row.remedy,
        owner: row.owner,
        recognisedBy: signature
          ? matchWords(signature.match)
          : 'something that this release does not understand',
        madeFrom: errorRecordOf(row.record)?.message ?? '',
        holds: holdsFor(row),
        decided: counts.find(count => count.errorSignature === row.id)?._count._all ?? 0,
        createdBy: nameOf(row.createdById),
        createdAt: row.createdAt,
        disabled: row.disabledAt
          ? { by: nameOf(row.disabledById), at: row.disabledAt, reason: row.disabledReason ?? '' }
          : null,
      }
    }),
  }
}
