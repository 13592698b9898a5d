import { classify, type Failure } from '@/domain/failures/classify'
import type { ErrorEvidence } from '@/domain/failures/evidence'
import {
  matchOf,
  type OwnField,
  type OwnSignature,
  ownSignatureFaults,
  type Pattern,
  patternOf,
  toSignature,
} from '@/domain/failures/own-signature'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { errorRecordOf, signaturesInUse } from '@/server/store/failure-signatures'
import { type ErrorPlace, seenError } from '@/server/store/seen-error'

/** Script runs with errors that are looked at, the newest first. */
const LOOK_BACK = 2_000
const SHOWN = 20

export type UnknownError = {
  record: ErrorEvidence
  batchId: string
  itemId: string | null
  person: string
  stepKey: string
  /** What is decided of it now. */
  now: Failure
  suggestion: Pattern
}

/** An error record with what is known of it, and a first pattern to recognise it by. */
export async function errorToDescribe(actor: Actor, place: ErrorPlace): Promise<UnknownError> {
  permit(actor, 'failures.read')
  const [seen, known] = await Promise.all([seenError(db(), place), signaturesInUse(db())])
  const now = classify({ phase: 'probe', errors: [seen.record] }, known)
  return { ...seen, now, suggestion: patternOf(seen.record) }
}

export type PastFailure = {
  batchId: string
  itemId: string | null
  person: string
  batch: string
  stepKey: string
  at: Date
  message: string
}

export type Preview = {
  faults: Partial<Record<OwnField, string>>
  /** Script runs with errors that were looked at. */
  looked: number
  /** How many of them this description would decide. */
  fits: number
  examples: PastFailure[]
}

/** Which past failures a description would decide, among the newest 2,000 script runs with errors. */
export async function previewSignature(
  actor: Actor,
  input: OwnSignature & { place: ErrorPlace },
): Promise<Preview> {
  permit(actor, 'failures.read')
  const { place, ...given } = input
  const { record } = await seenError(db(), place)
  const faults = ownSignatureFaults(given, record)
  const patternWrong = (['number', 'id', 'exception', 'words'] as const).some(name => faults[name])
  if (patternWrong || matchOf(given.pattern, record) === null)
    return { faults, looked: 0, fits: 0, examples: [] }
  // Only the pattern matters here: what is not filled in yet is filled with anything.
  const signature = toSignature(
    'preview',
    { ...given, class: 'NEEDS_PERSON', scope: 'item', owner: 'operator' },
    record,
  )
  const runs = await db().attemptPhase.findMany({
    where: { NOT: { errors: { equals: [] } } },
    orderBy: { startedAt: 'desc' },
    take: LOOK_BACK,
    select: {
      errors: true,
      startedAt: true,
      attempt: {
        select: {
          batchId: true,
          itemId: true,
          stepKey: true,
          item: { select: { displayName: true, batch: { select: { name: true } } } },
        },
      },
    },
  })
  const fitting = runs.flatMap(({ errors, startedAt, attempt }) => {
    const records = (Array.isArray(errors) ? errors : []).flatMap(stored => errorRecordOf(stored) ?? [])
    if (classify({ phase: 'probe', errors: records }, [signature]).signature !== 'preview') return []
    const past: PastFailure = {
      batchId: attempt.batchId,
      itemId: attempt.itemId,
      person: attempt.item?.displayName ?? 'the whole wave',
      batch: attempt.item?.batch.name ?? attempt.batchId,
      stepKey: attempt.stepKey,
      at: startedAt,
      message: records[0]?.message ?? '',
    }
    return [past]
  })
  return { faults, looked: runs.length, fits: fitting.length, examples: fitting.slice(0, SHOWN) }
}
