import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessionPool } from '@/workers/powershell/pool'
import { isAlive } from '@/workers/powershell/process-identity'
import type { Seat, Seats, ShellProcess } from '@/workers/powershell/seats'
import type { Lease, PoolOptions } from '@/workers/powershell/session-pool'

const executable = fileURLToPath(new URL('./fake-shell.mjs', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferry-pool-'))
  for (const behaviour of ['echo', 'hang'])
    await writeFile(join(folder, `${behaviour}.ps1`), `# ${behaviour}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

/** Seats in memory, which watch that no seat is given back while its shell lives. */
function seatsOf(limit: number) {
  const taken = new Map<string, Seat>()
  const shells = new Map<string, ShellProcess>()
  const log: string[] = []
  let number = 0
  let most = 0
  let fenced = false
  const seats: Seats = {
    acquire: async (credentialId, lane) => {
      if (taken.size >= limit) return null
      number += 1
      const seat = { id: `seat${number}`, credentialId, lane, token: BigInt(number) }
      taken.set(seat.id, seat)
      most = Math.max(most, taken.size)
      return seat
    },
    attach: async (seat, { pid, pidStartedAt }) => {
      shells.set(seat.id, { pid, pidStartedAt })
    },
    busy: async (seat, attemptId) => {
      if (fenced) throw new Error('fenced')
      log.push(`busy ${seat.id} ${attemptId}`)
    },
    idle: async seat => {
      log.push(`idle ${seat.id}`)
    },
    release: async seat => {
      const shell = shells.get(seat.id)
      if (shell && (await isAlive(shell.pid, shell.pidStartedAt))) log.push(`ALIVE ${seat.id}`)
      taken.delete(seat.id)
      log.push(`release ${seat.id}`)
    },
    lost: async seat => {
      log.push(`lost ${seat.id}`)
    },
  }
  return {
    seats,
    log,
    taken: () => taken.size,
    most: () => most,
    fence: () => {
      fenced = true
    },
  }
}

function poolOf(seats: Seats, change: Partial<PoolOptions> = {}) {
  return createSessionPool({
    seats,
    launch: async () => ({ executable, environment: process.env, harnessPath: join(folder, 'harness.ps1') }),
    ...change,
  })
}

const ask = (attemptId: string, lane = 'lab.sfb') => ({ credentialId: 'cred', lane, attemptId })
const call = (behaviour: string, deadlineMs = 5000) => ({
  scriptPath: join(folder, `${behaviour}.ps1`),
  values: {},
  deadlineMs,
})

function lent(lease: Lease | null): Lease {
  if (lease === null) throw new Error('expected a lease')
  return lease
}

describe('a pool of sessions', () => {
  it('keeps a shell warm from one attempt to the next', async () => {
    const keeper = seatsOf(2)
    const pool = poolOf(keeper.seats)
    const first = lent(await pool.lease(ask('a1')))
    expect(await first.run(call('echo'))).toMatchObject({ kind: 'answered' })
    await first.giveBack()
    const second = lent(await pool.lease(ask('a2', 'lab.other')))
    expect(second.fresh).toBe(false)
    expect(second.session.process.pid).toBe(first.session.process.pid)
    await expect(first.run(call('echo'))).rejects.toThrow('given back')
    await second.giveBack()
    await pool.drain(1000)
    expect(keeper.log).toEqual([
      'busy seat1 a1',
      'idle seat1',
      'busy seat1 a2',
      'idle seat1',
      'release seat1',
    ])
  })

  it('answers null when all seats are taken, and never starts more shells than seats', async () => {
    const keeper = seatsOf(2)
    const pool = poolOf(keeper.seats)
    const leases = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(id => pool.lease(ask(id))))
    expect(leases.filter(lease => lease === null)).toHaveLength(3)
    expect(pool.sessions()).toHaveLength(2)
    expect(keeper.most()).toBe(2)
    await Promise.all(leases.map(lease => lease?.giveBack()))
    await pool.drain(1000)
    expect(keeper.taken()).toBe(0)
    expect(keeper.log.join()).not.toContain('ALIVE')
  })

  it('retires a shell after so many calls, and by age', async () => {
    const keeper = seatsOf(1)
    const pool = poolOf(keeper.seats, { maxCalls: 2 })
    const pids = new Set<number>()
    for (const attempt of ['a', 'b', 'c']) {
      const lease = lent(await pool.lease(ask(attempt)))
      pids.add(lease.session.process.pid)
      await lease.run(call('echo'))
      await lease.giveBack()
    }
    expect(pids.size).toBe(2)
    await pool.drain(1000)
    const aged = poolOf(keeper.seats, { maxAgeMs: 0 })
    await lent(await aged.lease(ask('x'))).giveBack()
    expect(aged.sessions()).toEqual([])
    expect(keeper.taken()).toBe(0)
  })

  it('gives the seat back after a loss only when the shell was seen dead', async () => {
    const keeper = seatsOf(1)
    const pool = poolOf(keeper.seats)
    const lease = lent(await pool.lease(ask('a')))
    expect(await lease.run(call('hang', 200))).toMatchObject({ kind: 'lost', loss: { kind: 'timeout' } })
    await lease.giveBack()
    expect(keeper.log).toEqual(['busy seat1 a', 'release seat1'])
    expect(pool.sessions()).toEqual([])
  })

  it('lets go of one idle shell on demand, and of none that works', async () => {
    const keeper = seatsOf(2)
    const pool = poolOf(keeper.seats)
    const works = lent(await pool.lease(ask('a')))
    await lent(await pool.lease(ask('b'))).giveBack()
    expect(await pool.yieldIdle('another')).toBe(0)
    expect(await pool.yieldIdle('cred')).toBe(1)
    expect(await pool.yieldIdle()).toBe(0)
    expect(keeper.taken()).toBe(1)
    expect(works.session.usable).toBe(true)
    await works.giveBack()
    await pool.drain(1000)
  })

  it('notices the death of an idle shell by itself', async () => {
    const keeper = seatsOf(1)
    const pool = poolOf(keeper.seats)
    const lease = lent(await pool.lease(ask('a')))
    await lease.giveBack()
    process.kill(lease.session.process.pid, 'SIGKILL')
    await expect.poll(() => keeper.taken(), { timeout: 3000 }).toBe(0)
    expect(pool.sessions()).toEqual([])
  })

  it('frees the seat when a shell cannot be opened', async () => {
    const keeper = seatsOf(1)
    const pool = poolOf(keeper.seats, {
      launch: async () => ({
        executable: join(folder, 'missing'),
        environment: process.env,
        harnessPath: join(folder, 'harness.ps1'),
      }),
    })
    await expect(pool.lease(ask('a'))).rejects.toMatchObject({ loss: { kind: 'missing' } })
    expect(keeper.log).toEqual(['release seat1'])
  })

  it('holds a seat until it is settled, and no longer, although the keeper could not be told', async () => {
    const keeper = seatsOf(2)
    let away = false
    const pool = poolOf({
      ...keeper.seats,
      attach: async (...seat) => {
        if (away) throw new Error('away')
        return keeper.seats.attach(...seat)
      },
      release: async (...seat) => {
        if (away) throw new Error('away')
        return keeper.seats.release(...seat)
      },
    })
    const lease = lent(await pool.lease(ask('a')))
    expect(pool.holds('seat1')).toBe(true)
    away = true
    await expect(pool.lease(ask('b'))).rejects.toThrow('away')
    await lease.session.kill()
    await lease.giveBack()
    expect([pool.holds('seat1'), pool.holds('seat2')]).toEqual([false, false])
    expect(pool.sessions()).toEqual([])
  })

  it('ends a shell whose seat was taken away', async () => {
    const keeper = seatsOf(1)
    const pool = poolOf(keeper.seats)
    await lent(await pool.lease(ask('a'))).giveBack()
    keeper.fence()
    await expect(pool.lease(ask('b'))).rejects.toThrow('fenced')
    expect(pool.sessions()).toEqual([])
  })

  it('drains: leases nothing more, gives running calls their time, then kills', async () => {
    const keeper = seatsOf(2)
    const pool = poolOf(keeper.seats)
    const lease = lent(await pool.lease(ask('a')))
    const running = lease.run(call('hang', 60_000))
    await new Promise(resolve => setTimeout(resolve, 100))
    const drained = pool.drain(300)
    expect(await pool.lease(ask('b'))).toBeNull()
    expect(await running).toMatchObject({ kind: 'lost', loss: { kind: 'died', began: true } })
    await lease.giveBack()
    await drained
    expect(keeper.taken()).toBe(0)
    expect(keeper.log).not.toContain('idle seat1')
  })
})
