import type { BreakerScope } from './breaker'

/** What a piece of work touches of the things that breakers watch. */
export type Touched = {
  batchId: string
  waveId: string
  pool: string | null
  worker: string
  credentialId: string
}

/** Whether a breaker of the same estate concerns that work. */
export function isConcerned(on: Touched, breaker: { scope: BreakerScope; targetId: string }): boolean {
  switch (breaker.scope) {
    case 'errors':
      return true
    case 'pool':
      return breaker.targetId === on.pool
    case 'worker':
      return breaker.targetId === on.worker
    case 'credential':
      return breaker.targetId === on.credentialId
    case 'wave':
      return breaker.targetId === on.waveId
    case 'harmed':
      return breaker.targetId === on.batchId
    default:
      return breaker.scope satisfies never
  }
}
