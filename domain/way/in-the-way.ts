import type { BreakerScope } from '../breakers/breaker'
import { isConcerned } from '../breakers/concerned'
import { type MayStart, mayStart, type StartTimes } from '../windows/may-start'

export type HoldScope = 'everything' | 'estate' | 'lane' | 'batch' | 'wave' | 'item'

/** All that may stand in the way of work on one estate at one moment. */
export type EstateWay = {
  now: Date
  estate: { id: string; name: string; kind: 'lab' | 'live'; switchedOn: boolean; zone: string }
  /** Every hold in force. */
  holds: readonly { scope: HoldScope; targetId: string; reason: string }[]
  lanes: readonly LaneWay[]
  /** Those that are not closed. */
  breakers: readonly (Stopped & { scope: BreakerScope; targetId: string })[]
}

/** What stopped by itself: what it is, why, and what makes it go on, each a sentence. */
export type Stopped = { title: string; cause: string; wayOn: string }

export type LaneWay = {
  id: string
  name: string
  credentialId: string
  /** Why it was stopped; null where it works. */
  stoppedWhy: string | null
  concurrency: number
  /** Sessions of the credential at work now, over all its lanes. */
  working: number
  /** What the service allows the credential at this moment; null where it asked for nothing. */
  allowed: number | null
  /** Nothing begins for so long, since the service asked for a pause. */
  pauseSeconds: number
  /** Names of the workers that serve it and are alive. */
  workers: readonly string[]
}

/** Somebody's next piece of work. */
export type NextWork = {
  batchId: string
  waveId: string
  itemId: string
  /** The lane that the next step runs on, by name; null where it runs on none. */
  lane: string | null
  /** The next step is the wave's own, such as the delta sync. */
  isWaveStep: boolean
  pool: string | null
  /** When something new of the wave may start. */
  times: StartTimes
}

/** What keeps a piece of work from beginning now. */
export type InTheWay =
  | { kind: 'hold'; scope: HoldScope; on: string; reason: string }
  | { kind: 'lane-stopped'; lane: string; why: string }
  | { kind: 'switched-off'; estate: string }
  | { kind: 'times'; may: Extract<MayStart, { open: false }> }
  | { kind: 'unserved'; lane: string }
  | ({ kind: 'harmed' | 'breaker' } & Stopped)
  | { kind: 'pause'; seconds: number }
  | { kind: 'slowed'; allowed: number }

/**
 * What keeps it from beginning: by the rules that work itself is let through (`server/commands/begin-attempt.ts` and
 * `server/store/way-clear.ts`), read instead of recorded. Of several it is the one that a person has to do something about
 * first. Null where only a session is missing, or nothing.
 */
export function inTheWay(way: EstateWay, work: NextWork): InTheWay | null {
  const lane = way.lanes.find(one => one.name === work.lane) ?? null
  const targets: Record<HoldScope, string | null> = {
    everything: '',
    estate: way.estate.id,
    lane: lane?.id ?? null,
    batch: work.batchId,
    wave: work.waveId,
    item: work.itemId,
  }
  const hold = way.holds.find(one => targets[one.scope] === one.targetId)
  if (hold) {
    const on = hold.scope === 'estate' ? way.estate.name : hold.scope === 'lane' ? (lane?.name ?? '') : ''
    return { kind: 'hold', scope: hold.scope, on, reason: hold.reason }
  }
  if (lane?.stoppedWhy != null) return { kind: 'lane-stopped', lane: lane.name, why: lane.stoppedWhy }
  if (way.estate.kind === 'live' && !way.estate.switchedOn)
    return { kind: 'switched-off', estate: way.estate.name }
  const may = mayStart(work.times, way.now)
  if (!may.open) return { kind: 'times', may }
  // Nothing refuses it: there is nobody to take it up, and no time helps against that.
  if (lane && lane.workers.length === 0) return { kind: 'unserved', lane: lane.name }
  // A sync is asked by none of the rest: it changes nobody.
  if (work.isWaveStep || !lane) return null
  return stopped(way, work, lane) ?? budget(lane)
}

function stopped(way: EstateWay, work: NextWork, lane: LaneWay): InTheWay | null {
  const on = { ...work, credentialId: lane.credentialId }
  const broken = way.breakers.filter(one => isConcerned({ ...on, worker: one.targetId }, one))
  const harmed = broken.find(one => one.scope === 'harmed')
  if (harmed) return stop('harmed', harmed)
  // A worker that stopped by itself is in nobody's way while another serves the lane.
  const stoppedWorkers = broken.filter(one => one.scope === 'worker').map(one => one.targetId)
  const others = lane.workers.some(name => !stoppedWorkers.includes(name))
  const first = broken.find(one => one.scope !== 'worker' || !others)
  return first ? stop('breaker', first) : null
}

const stop = (kind: 'harmed' | 'breaker', { title, cause, wayOn }: Stopped): InTheWay => ({
  kind,
  title,
  cause,
  wayOn,
})

function budget(lane: LaneWay): InTheWay | null {
  if (lane.pauseSeconds > 0) return { kind: 'pause', seconds: lane.pauseSeconds }
  if (lane.allowed !== null && lane.allowed < lane.concurrency && lane.working >= lane.allowed)
    return { kind: 'slowed', allowed: lane.allowed }
  return null
}
