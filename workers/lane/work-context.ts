import type { RunbookDefinition } from '@/runbooks/definition'
import type { Running } from './run-script'

/** What a run of a step has at hand beside the work itself. */
export type WorkContext = Running & {
  runbook: RunbookDefinition
  estateKind: 'lab' | 'live'
  /** Retries of this step so far that count against the ladder. */
  retriesSoFar: number
  /** Minutes since Ferry last wrote something for this person, when the work began; null where it never did. */
  minutesSinceWrite: number | null
  /** Tries a database write again while the database is away. */
  patiently: <T>(write: () => Promise<T>) => Promise<T>
}
