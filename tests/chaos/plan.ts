import { seeded } from './random'

/** Every kind of fault, with how often it comes in proportion to the others. */
export const FAULT_KINDS = {
  'kill-worker': 14,
  'orphan-shell': 8,
  'kill-shell': 14,
  'kill-coordinator': 8,
  'kill-web': 5,
  'freeze-worker': 5,
  'kill-postgres': 7,
  'stop-postgres': 4,
  'lose-queue': 7,
  'restart-redis': 6,
  'shift-clock': 7,
  'cut-lab': 5,
  'late-lab': 9,
  'fill-sessions': 5,
} as const
export type FaultKind = keyof typeof FAULT_KINDS
export type Backend = 'postgres' | 'redis'

/** One fault: when it comes after the one before, and the numbers it takes its own choices from. */
export type PlannedFault = { kind: FaultKind; pauseMs: number; pick: number; size: number }

const PAUSE_MS = { least: 1_500, spread: 5_500 }
/** Where the queue is in PostgreSQL, there is no Redis to restart. */
const onlyOnRedis: readonly FaultKind[] = ['restart-redis']

/** The faults of a run. The same seed, number and backend give the same plan. */
export function planFaults(options: { faults: number; seed: number; backend: Backend }): PlannedFault[] {
  const random = seeded(options.seed)
  const kinds = (Object.keys(FAULT_KINDS) as FaultKind[]).filter(
    kind => options.backend === 'redis' || !onlyOnRedis.includes(kind),
  )
  const all = kinds.reduce((sum, kind) => sum + FAULT_KINDS[kind], 0)
  return Array.from({ length: options.faults }, () => {
    return {
      kind: kindAt(kinds, random() * all),
      pauseMs: Math.round(PAUSE_MS.least + random() * PAUSE_MS.spread),
      pick: random(),
      size: random(),
    }
  })
}

/** The kind that a place on a line is in, on which each kind has its share one after the other. */
function kindAt(kinds: readonly FaultKind[], place: number): FaultKind {
  let end = 0
  for (const kind of kinds) {
    end += FAULT_KINDS[kind]
    if (place < end) return kind
  }
  return 'kill-worker'
}
