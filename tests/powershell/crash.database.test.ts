import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/server/store/client'
import { PostgresSeats, SeatLost } from '@/server/store/seats'
import { registerWorker } from '@/server/store/worker-registry'
import { keepSeats } from '@/workers/lane/seat-keeper'
import { processStartedAt } from '@/workers/powershell/process-identity'
import { openInstance } from '../server/queries/fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
const children: ChildProcess[] = []
beforeAll(async () => {
  instance = await openInstance()
  await db().credential.create({ data: { id: 'cred', estateId: 'west', name: 'sfb-admin', maxSessions: 2 } })
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await instance.end()
})

async function program() {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  children.push(child)
  const pid = child.pid ?? 0
  return { child, pid, pidStartedAt: (await processStartedAt(pid)) ?? '' }
}
const kill = async ({ child }: { child: ChildProcess }) => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
async function worker() {
  const process = await program()
  const { pid, pidStartedAt } = process
  const host = hostname()
  const about = { name: `w${pid}`, kind: 'lane', host, lanes: [], version: '0' } as const
  const id = await registerWorker({ ...about, lanes: [], pid, pidStartedAt })
  return { id, process, seats: new PostgresSeats({ id, host }) }
}
const health = {}

it('keeps the seats of a crashed worker taken until its shells are seen dead, and fences the dead one off', async () => {
  const [first, second] = [await worker(), await worker()]
  const [shellA, shellB] = [await program(), await program()]
  const seatA = await first.seats.acquire('cred', 'sfb')
  const seatB = await first.seats.acquire('cred', 'sfb')
  if (!seatA || !seatB) throw new Error('expected two seats')
  await first.seats.attach(seatA, { pid: shellA.pid, pidStartedAt: shellA.pidStartedAt, health })
  await first.seats.attach(seatB, { pid: shellB.pid, pidStartedAt: shellB.pidStartedAt, health })
  await first.seats.busy(seatA, 'att_1')
  await kill(first.process)
  await keepSeats(hostname(), { workerId: second.id, holds: () => true })
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
  // Had it only been slow, it would find out now that its seat is not its own any more.
  await expect(first.seats.busy(seatB, 'att_2')).rejects.toBeInstanceOf(SeatLost)
  await kill(shellB)
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
  await keepSeats(hostname(), { workerId: second.id, holds: () => true })
  const freed = await second.seats.acquire('cred', 'sfb')
  expect(freed?.token).toBeGreaterThan(seatB.token)
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
})

it('frees a seat of its own that its pool does not hold, once its shell is seen dead or never had a name', async () => {
  const [mine, shell] = [await worker(), await program()]
  await db().seat.updateMany({ data: { state: 'dead' } })
  const [named, nameless] = [
    await mine.seats.acquire('cred', 'sfb'),
    await mine.seats.acquire('cred', 'sync'),
  ]
  if (!named || !nameless) throw new Error('expected two seats')
  await mine.seats.attach(named, { pid: shell.pid, pidStartedAt: shell.pidStartedAt, health })
  const keep = (held: string[]) =>
    keepSeats(hostname(), { workerId: mine.id, holds: seatId => held.includes(seatId) })
  const open = async () =>
    (await db().seat.findMany({ where: { state: { not: 'dead' } } })).map(seat => seat.lane).toSorted()

  // As long as the pool holds them, they are its own affair, whatever became of the shell.
  await kill(shell)
  await db().seat.update({ where: { id: nameless.id }, data: { openedAt: new Date(Date.now() - 61_000) } })
  await keep([named.id, nameless.id])
  expect(await open()).toEqual(['sfb', 'sync'])
  await keep([nameless.id])
  expect(await open()).toEqual(['sync'])
  await keep([])
  expect(await open()).toEqual([])

  // The one whose number is not there yet may be on its way to the pool.
  const young = await mine.seats.acquire('cred', 'sync')
  await keep([])
  expect(await open()).toEqual(['sync'])
  expect(young).not.toBeNull()
})
