import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { openQueueBackend } from '@/server/queue/backend'
import { laneQueue, waveQueue } from '@/server/queue/names'
import { db } from '@/server/store/client'
import type { RealInstance } from '../instance'
import { startRedis, type TestRedis } from '../redis'
import type { LabUnderTest } from './lab'
import type { FaultKind, PlannedFault } from './plan'
import type { SecondWorker } from './second-worker'

export type Surroundings = {
  ferry: RealInstance
  lab: LabUnderTest
  second: SecondWorker
  queue: { redis: TestRedis | undefined }
  /** Where the shifted clocks are read from. */
  clocks: string
  calm: object
}

/** Longer than a lease of 30 s, so that a frozen worker wakes up stale. */
const FREEZE_MS = 40_000
const SHIFTS_MS = [-3 * 3_600_000, -90_000, 45_000, 600_000, 26 * 3_600_000]
const LATE = { probability: 0.5, times: 12 }

/**
 * Does one fault. Answers once it was done; what it has to undo later goes on by itself and is in `undoing`. False when
 * there was nothing to do it to.
 */
export class Faults {
  readonly undoing = new Set<Promise<void>>()
  #frozen = false
  #disturbed = 0

  constructor(private readonly around: Surroundings) {}

  async do(fault: PlannedFault): Promise<boolean> {
    return this.#kinds[fault.kind](fault)
  }

  /** Waits until everything that was disturbed for a while is as it was. */
  async over(): Promise<void> {
    await Promise.all(this.undoing)
    await this.around.lab.scenario(this.around.calm)
  }

  readonly #kinds: Record<FaultKind, (fault: PlannedFault) => Promise<boolean>> = {
    'kill-worker': async fault => kill(this.#worker(fault)),
    // The worker dies in the middle of a change; its shell is left alone and finishes the call.
    'orphan-shell': async fault => {
      const applying = () =>
        db().$queryRaw<{ pid: number }[]>`
          SELECT w."pid" FROM "attempt" a JOIN "worker" w ON w."id" = a."workerId" WHERE a."state" = 'applying'`
      for (let round = 0; round < 20; round++) {
        const found = await applying().catch(() => [])
        const one = found[Math.floor(fault.pick * found.length)]
        if (one) return kill(one.pid)
        await sleep(100)
      }
      return false
    },
    'kill-shell': async fault => {
      const shells = await this.#shells()
      return kill(shells[Math.floor(fault.pick * shells.length)])
    },
    'kill-coordinator': async () => kill(this.#process('the coordinator')),
    'kill-web': async () => kill(this.#process('the web console')),
    'freeze-worker': async fault => {
      const pid = this.#worker(fault)
      if (pid === undefined || this.#frozen || !signal(pid, 'SIGSTOP')) return false
      this.#frozen = true
      this.#later(FREEZE_MS, () => {
        this.#frozen = false
        signal(pid, 'SIGCONT')
      })
      return true
    },
    'kill-postgres': async () => kill(this.#process('the database')),
    'stop-postgres': async () => signal(this.#process('the database'), 'SIGINT'),
    'lose-queue': async () => this.#loseQueue(),
    'restart-redis': async fault => {
      const { redis } = this.around.queue
      if (!redis) return false
      await redis.stop()
      await sleep(500 + fault.size * 6_000)
      this.around.queue.redis = await startRedis(redis.port)
      return true
    },
    'shift-clock': async fault => {
      const pid = fault.size < 0.3 ? this.#process('the coordinator') : this.#worker(fault)
      if (pid === undefined) return false
      mkdirSync(this.around.clocks, { recursive: true })
      const file = join(this.around.clocks, String(pid))
      writeFileSync(file, String(SHIFTS_MS[Math.floor(fault.size * SHIFTS_MS.length)] ?? 0))
      this.#later(15_000, () => rmSync(file, { force: true }))
      return true
    },
    'cut-lab': async fault => {
      const pid = this.#process('the lab')
      if (fault.pick < 0.5) return kill(pid)
      if (pid === undefined || !signal(pid, 'SIGSTOP')) return false
      this.#later(2_000 + fault.size * 6_000, () => void signal(pid, 'SIGCONT'))
      return true
    },
    'late-lab': async fault => {
      const kinds = ['late', 'drop', 'kill-shell', 'micro-delay', 'hang'] as const
      const kind = kinds[Math.floor(fault.pick * kinds.length)] ?? 'late'
      const command = fault.size < 0.5 ? 'Move-CsUser' : fault.size < 0.75 ? 'Enable-CsUser' : '*'
      const effect = fault.size * 10 - Math.floor(fault.size * 10) < 0.5 ? 'done' : 'none'
      this.#disturbed++
      const times = kind === 'hang' ? 1 : LATE.times
      await this.around.lab.scenario({
        ...this.around.calm,
        seed: Math.floor(fault.pick * 1_000_000),
        faults: [{ command, fault: kind, effect, ms: 4_000 + fault.size * 8_000, ...LATE, times }],
      })
      this.#later(12_000, async () => {
        if (--this.#disturbed === 0) await this.around.lab.scenario(this.around.calm)
      })
      return true
    },
    // Somebody else’s shells take the administrator's seats while Ferry's have to be opened again.
    'fill-sessions': async fault => {
      for (const pid of await this.#shells()) kill(pid)
      const others: ChildProcess[] = []
      for (let number = 0; number < 1 + Math.floor(fault.size * 3); number++) {
        const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' })
        others.push(other)
        await this.around.lab.takeSeat(`somebody-${other.pid}`, other.pid ?? 0, hostname())
      }
      this.#later(8_000, () => {
        for (const other of others) other.kill('SIGKILL')
      })
      return true
    },
  }

  #later(ms: number, undo: () => void | Promise<void>): void {
    const done = sleep(ms)
      .then(undo)
      .finally(() => this.undoing.delete(done))
    this.undoing.add(done)
  }

  #process(name: string): number | undefined {
    return this.around.ferry.instance.processes[name]?.pid
  }

  #worker(fault: PlannedFault): number | undefined {
    return fault.pick < 0.5 ? this.#process('the lane worker') : this.around.second.pid
  }

  async #shells(): Promise<number[]> {
    const seats = await db()
      .seat.findMany({
        where: { state: { in: ['busy', 'idle'] }, pid: { not: null } },
        select: { pid: true },
      })
      .catch(() => [])
    return seats.flatMap(({ pid }) => (pid === null ? [] : [pid]))
  }

  async #loseQueue(): Promise<boolean> {
    const { ferry } = this.around
    const { redis } = this.around.queue
    if (redis) {
      const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null })
      client.on('error', () => undefined)
      try {
        await client.connect()
        await client.flushall()
        return true
      } catch {
        return false
      } finally {
        client.disconnect()
      }
    }
    const backend = openQueueBackend({
      databaseUrl: ferry.databaseUrl,
      redisUrl: undefined,
      onError: () => undefined,
    })
    try {
      for (const name of [laneQueue('lab', 'sfb'), laneQueue('lab', 'sync'), waveQueue]) {
        const queue = backend.queue(name)
        await queue.obliterate()
        await queue.close()
      }
      return true
    } catch {
      return false
    } finally {
      await backend.close().catch(() => undefined)
    }
  }
}

function kill(pid: number | undefined): boolean {
  return signal(pid, 'SIGKILL')
}

function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
  if (pid === undefined || pid <= 1) return false
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}
