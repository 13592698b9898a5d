import type { FailureScope } from '@/domain/failures/classes'
import type { Sql } from '@/server/store/direct'
import { slowDown } from '@/server/store/pace'
import type { Work } from './begin-attempt'
import { holdAfterFatal, stopLane } from './stop-lane'

/** What a failure says beyond the one person or cycle that met it. */
export type Heeded = {
  errorClass: string | null
  scope: FailureScope | null
  /** The pause that the service asked for in its own words. */
  askedSeconds: number | null
}

/**
 * Draws the conclusions that concern others, alike for changes, readings and syncs: who is throttled slows the credential
 * down; a refused credential stops its lanes, so that no account is locked (rule 10); a defect of the environment or of
 * a script holds the batch.
 */
export async function heedFailure(
  tx: Sql,
  work: Pick<Work, 'attemptId' | 'batchId' | 'stepKey'>,
  reason: string,
  failure: Heeded,
): Promise<void> {
  if (failure.errorClass === 'THROTTLED')
    await slowDown(tx, work.attemptId, { kind: 'throttled', retryAfterSeconds: failure.askedSeconds }, reason)
  if (failure.errorClass === 'AUTH' && failure.scope === 'credential') await stopLane(tx, work, reason)
  if (failure.errorClass === 'FATAL') await holdAfterFatal(tx, work, reason)
}
