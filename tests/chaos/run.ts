import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { startInstance } from '../instance'
import { startRedis } from '../redis'
import type { Compared, Findings } from './compare-records'
import { LabUnderTest } from './lab'
import { type Backend, FAULT_KINDS, type FaultKind, planFaults } from './plan'
import { SecondWorker } from './second-worker'

export type ChaosOptions = { faults: number; seed: number; backend: Backend; batch: number; scale: number }
/** How many faults of each kind befell something, and how many found nothing to befall. */
export type Tally = Record<FaultKind, { befell: number; nothing: number }>
export type ChaosReport = {
  items: number
  minutes: number
  byKind: Tally
  findings: Findings
  compared: Compared
  /** The longest time in which nobody's work came to an end, in seconds. */
  longestStandS: number
}

/** People who have not ended, below which another batch is brought while faults go on. */
const BUSY = 12
const SETTLE_MS = 6 * 60_000
/**
 * So long a fault waits for something to befall: a worker is being started again, or nobody is in mid-change since a whole
 * wave waits at its barrier for the lease (30 s) of a worker that was killed.
 */
const LOOK_MS = 60_000

/**
 * Runs a real instance through batches while faults befall it, lets it come to rest, and compares its record with the
 * lab's journal. `say` gets a line for each fault.
 */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-chaos-'))
  const clocks = join(folder, 'clocks')
  const first = options.backend === 'redis' ? await startRedis() : undefined
  // The one that runs now: a fault may have put another in its place.
  const queue = { redis: first }
  const shim = pathToFileURL(join(process.cwd(), 'tests', 'chaos', 'shifted-clock.mjs')).href
  const env = {
    CHAOS_CLOCKS: clocks,
    NODE_OPTIONS: `--import=${shim}`,
    ...(first ? { REDIS_URL: first.url } : {}),
  }
  const ferry = await startInstance({ env })
  const second = new SecondWorker(ferry, env)
  // The commands of people run in this process, on the instance's own database.
  Object.assign(process.env, ferry.instance.environment)
  const { closeDatabase } = await import('@/server/store/client')
  const { PeopleAtWork } = await import('./people-at-work')
  const { Faults } = await import('./faults')
  const { compare } = await import('./findings')
  const lab = new LabUnderTest(ferry)
  const calm = { scale: options.scale, seed: options.seed }
  const began = performance.now()
  const clock = () => `${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s`
  let working = true
  try {
    await lab.scenario(calm)
    const people = await PeopleAtWork.arrive(lab)
    await people.bring(options.batch)
    const looking = (async () => {
      while (working) {
        await people.look()
        await sleep(1_000)
      }
    })()
    const surroundings = { ferry, lab, second, queue, clocks, calm }
    const faults = new Faults(surroundings)
    const byKind = Object.fromEntries(
      Object.keys(FAULT_KINDS).map(kind => [kind, { befell: 0, nothing: 0 }]),
    ) as Tally
    for (const fault of planFaults(options)) {
      await sleep(fault.pauseMs)
      if ((await people.open()) < BUSY) await people.bring(options.batch)
      const given = performance.now() + LOOK_MS
      let befell = await faults.do(fault)
      while (!befell && performance.now() < given) {
        await sleep(500)
        befell = await faults.do(fault)
      }
      byKind[fault.kind][befell ? 'befell' : 'nothing']++
      say(`${clock()}  ${fault.kind}${befell ? '' : ' (found nothing to befall)'}`)
    }
    await faults.over()
    say(`${clock()}  the faults are over; ${await people.open()} people are under way`)
    const end = performance.now() + SETTLE_MS
    while ((await people.open()) > 0 && performance.now() < end) await sleep(1_000)
    // Batches end a moment after their last person.
    await sleep(8_000)
    working = false
    await looking
    const { findings, compared, longestStandS } = await compare(lab, people.brought)
    return {
      items: people.brought.length,
      minutes: (performance.now() - began) / 60_000,
      byKind,
      findings,
      compared,
      longestStandS,
    }
  } finally {
    working = false
    await second.stop()
    await closeDatabase()
    await ferry.stop().catch(error => say(String(error)))
    await queue.redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
