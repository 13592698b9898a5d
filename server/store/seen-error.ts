import type { ErrorEvidence } from '@/domain/failures/evidence'
import { Refused } from '@/server/commands/refused'
import type { Database } from './client'
import { errorRecordOf } from './failure-signatures'

/** Where an error record stands: the script run of an attempt by its number, and the record in it, both from 0. */
export type ErrorPlace = { attemptId: string; phase: number; index: number }

/** The error record that stands there, with whom it happened to. Throws Refused('not_found') where there is none. */
export async function seenError(
  database: Database,
  place: ErrorPlace,
): Promise<{
  record: ErrorEvidence
  batchId: string
  itemId: string | null
  person: string
  stepKey: string
}> {
  const phase = await database.attemptPhase.findUnique({
    where: { attemptId_position: { attemptId: place.attemptId, position: place.phase } },
    include: { attempt: { include: { item: { select: { displayName: true } } } } },
  })
  const errors = Array.isArray(phase?.errors) ? phase.errors : []
  const record = errorRecordOf(errors[place.index])
  if (!phase || !record) throw new Refused('not_found', 'There is no such error record.')
  const { batchId, itemId, stepKey, item } = phase.attempt
  return { record, batchId, itemId, stepKey, person: item?.displayName ?? 'the whole wave' }
}
