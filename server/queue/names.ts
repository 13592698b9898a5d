/** Rule 9: lanes are named `<estate>.<lane>`. */
export const laneQueue = (estateId: string, lane: string): string => `${estateId}.${lane}`

/** Where the coordinator is told of waves that may go on. */
export const waveQueue = 'ferry.waves'

/** What the queue carries: ids only. Postgres is the only truth. */
export type ItemJob = { kind: 'item'; itemId: string; purpose: 'work' | 'readiness' }
export type SyncJob = { kind: 'sync'; syncRunId: string }
export type WaveJob = { kind: 'wave'; waveId: string; later?: boolean }
export type LaneJob = ItemJob | SyncJob
