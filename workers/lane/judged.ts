import type { Phase } from '@/domain/plan/phase'
import type { Lease } from '@/workers/powershell/session-pool'
import { failureOf, type StepFailure } from './failure-of'
import type { Answered } from './run-script'

/**
 * What went wrong in a script that answered, in the light of what Ferry wrote and of what this session did before. A
 * session that lost its connection is not used again, and neither is one that left open what became of a change: a
 * connection that ends during one is called that.
 */
export async function judged(
  answered: Extract<Answered, { kind: 'answered' }>,
  phase: Phase,
  lease: Lease,
  minutesSinceWrite: number | null,
): Promise<StepFailure | null> {
  const { sessionWorkedBefore } = answered
  const failure = failureOf(answered.answer, phase, { minutesSinceWrite, sessionWorkedBefore })
  if (failure?.class === 'SESSION_LOST' || failure?.class === 'UNKNOWN_OUTCOME') await lease.session.kill()
  return failure
}
