import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessionPool } from '@/workers/powershell/pool'
import { isAlive } from '@/workers/powershell/process-identity'
import type { Seat, Seats } from '@/workers/powershell/seats'
import type { Lease, PoolOptions, SessionPool } from '@/workers/powershell/session-pool'
import { treeMemoryBytes } from '@/workers/powershell/tree-memory'

const executable = fileURLToPath(new URL('./fake-shell.mjs', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferry-recycling-'))
  for (const behaviour of ['echo', 'hang', 'die 1', 'garbage', 'deaf', 'grow 150', 'slow 400'])
    await writeFile(join(folder, `${behaviour.split(' ')[0]}.ps1`), `# ${behaviour}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

/** Seats in memory, with the reasons for which they were given back. */
function seatsOf(limit: number) {
  const taken = new Set<string>()
  const reasons: string[] = []
  let number = 0
  const seats: Seats = {
    acquire: async (credentialId, lane) => {
      if (taken.size >= limit) return null
      number += 1
      const seat: Seat = { id: `seat${number}`, credentialId, lane, token: BigInt(number) }
      taken.add(seat.id)
      return seat
    },
    attach: async () => undefined,
    busy: async () => undefined,
    idle: async () => undefined,
    release: async (seat, why) => {
      taken.delete(seat.id)
      reasons.push(why)
    },
    lost: async (_seat, why) => {
      reasons.push(`lost: ${why}`)
    },
  }
  return { seats, reasons, taken }
}

const poolOf = (seats: Seats, change: Partial<PoolOptions> = {}, mark = ''): SessionPool =>
  createSessionPool({
    seats,
    launch: async () => ({
      executable,
      environment: { ...process.env, FERRY_TEST_MARK: mark },
      harnessPath: join(folder, 'harness.ps1'),
    }),
    ...change,
  })

async function lend(pool: SessionPool): Promise<Lease> {
  const lease = await pool.lease({ credentialId: 'cred', lane: 'sfb', attemptId: 'a' })
  if (!lease) throw new Error('expected a lease')
  return lease
}
const call = (behaviour: string, more: object = {}) => ({
  scriptPath: join(folder, `${behaviour}.ps1`),
  values: {},
  deadlineMs: 10_000,
  ...more,
})

describe('a shell is replaced', () => {
  it('when it and what it started hold too much memory, and not before', async () => {
    const { seats, reasons } = seatsOf(1)
    const pool = poolOf(seats, { maxMemoryBytes: 130 * 1024 ** 2, memoryEveryMs: 0 })
    const small = await lend(pool)
    await small.run(call('echo'))
    await small.giveBack()
    expect(reasons).toEqual([])
    const same = await lend(pool)
    expect(same.fresh).toBe(false)
    await same.run(call('grow'))
    await same.giveBack()
    expect(reasons).toEqual([expect.stringMatching(/^recycled by memory, \d{3} MB$/)])
    expect((await lend(pool)).fresh).toBe(true)
    await pool.drain(0)
  })

  it('after a call that went past its soft deadline, which is told once and breaks nothing', async () => {
    const { seats, reasons } = seatsOf(1)
    let slow = 0
    const pool = poolOf(seats, {
      onSlow: () => {
        slow += 1
      },
    })
    const lease = await lend(pool)
    expect(await lease.run(call('echo', { softDeadlineMs: 5_000 }))).toMatchObject({ kind: 'answered' })
    expect(slow).toBe(0)
    const outcome = await lease.run(call('slow', { softDeadlineMs: 100 }))
    expect(outcome).toMatchObject({ kind: 'answered', answer: { result: { reason: 'at last' } } })
    expect(slow).toBe(1)
    await lease.giveBack()
    expect(reasons).toEqual(['recycled: a call went past its soft deadline'])
    await pool.drain(0)
  })

  it.each(['hang', 'garbage', 'die'])(
    'after a call that ended in %s, whatever is asked of it',
    async behaviour => {
      const { seats, taken } = seatsOf(1)
      const pool = poolOf(seats)
      const lease = await lend(pool)
      const { pid, pidStartedAt } = lease.session.process
      expect(await lease.run(call(behaviour, { deadlineMs: 300 }))).toMatchObject({ kind: 'lost' })
      expect(await lease.run(call('echo'))).toMatchObject({ kind: 'lost', loss: { began: false } })
      await lease.giveBack()
      expect(await isAlive(pid, pidStartedAt)).toBe(false)
      expect(taken.size).toBe(0)
      const next = await lend(pool)
      expect(next.session.process.pid).not.toBe(pid)
      await pool.drain(0)
    },
  )
})

describe('a shell that waits', () => {
  it('is asked whether it still answers, and replaced when it does not', async () => {
    const { seats, reasons } = seatsOf(2)
    const pool = poolOf(seats, { keepAliveMs: 100 })
    const deaf = await lend(pool)
    const sound = await lend(pool)
    await deaf.run(call('deaf'))
    await sound.run(call('echo'))
    const answered = sound.session.stillAnswers.bind(sound.session)
    let asked = 0
    sound.session.stillAnswers = ms => {
      asked += 1
      return answered(ms)
    }
    const late = deaf.session.stillAnswers.bind(deaf.session)
    deaf.session.stillAnswers = () => late(300)
    await deaf.giveBack()
    await sound.giveBack()
    await expect.poll(() => reasons, { timeout: 8000 }).toEqual(['it did not answer'])
    await expect.poll(() => asked, { timeout: 8000 }).toBeGreaterThan(1)
    expect(pool.sessions().map(session => session.pid)).toEqual([sound.session.process.pid])
    await pool.drain(1000)
  })

  it('is retired by age without anybody asking for it', async () => {
    const { seats, reasons } = seatsOf(1)
    const pool = poolOf(seats, { keepAliveMs: 100, maxAgeMs: 600 })
    const lease = await lend(pool)
    await lease.giveBack()
    await expect.poll(() => reasons, { timeout: 8000 }).toEqual(['recycled by age'])
    expect(pool.sessions()).toEqual([])
    await pool.drain(0)
  })
})

it('counts the memory of children too', async () => {
  const pool = poolOf(seatsOf(1).seats)
  const lease = await lend(pool)
  const own = (await lease.session.memoryBytes()) ?? 0
  expect(own).toBeGreaterThan(10 * 1024 ** 2)
  expect(await treeMemoryBytes(process.pid)).toBeGreaterThan(own + 10 * 1024 ** 2)
  await pool.drain(0)
})

/** Process numbers of fake shells that carry this mark and have not ended. */
function shellsAlive(mark: string): number {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return (
        readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`FERRY_TEST_MARK=${mark}\0`) &&
        !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
      )
    } catch {
      return false
    }
  }).length
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}

it.runIf(process.platform === 'linux')(
  'never has more shells alive than the cap, while they hang, die, are recycled and are killed',
  async () => {
    const mark = `cap-${process.pid}-${Date.now()}`
    const { seats, taken } = seatsOf(2)
    const pool = poolOf(seats, { maxCalls: 3, keepAliveMs: 100 }, mark)
    const until = Date.now() + 6_000
    let most = 0
    let calls = 0
    const watch = (async () => {
      while (Date.now() < until) {
        most = Math.max(most, shellsAlive(mark))
        await sleep(10)
      }
    })()
    const killer = (async () => {
      while (Date.now() < until) {
        await sleep(700)
        const victim = pool.sessions()[0]
        if (victim) killIfThere(victim.pid)
      }
    })()
    const worker = async (behaviours: string[]) => {
      for (let round = 0; Date.now() < until; round++) {
        const lease = await pool
          .lease({ credentialId: 'cred', lane: 'sfb', attemptId: String(round) })
          .catch(() => null)
        if (!lease) {
          await sleep(20)
          continue
        }
        await lease.run(call(behaviours[round % behaviours.length] ?? 'echo', { deadlineMs: 300 }))
        calls += 1
        await lease.giveBack()
      }
    }
    await Promise.all([
      watch,
      killer,
      worker(['echo', 'echo', 'hang']),
      worker(['echo', 'die']),
      worker(['echo', 'garbage', 'echo', 'echo']),
      worker(['echo']),
    ])
    await pool.drain(500)
    expect(calls).toBeGreaterThan(5)
    expect(most).toBe(2)
    expect(shellsAlive(mark)).toBe(0)
    expect(taken.size).toBe(0)
  },
)
