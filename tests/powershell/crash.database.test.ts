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
  await keepSeats(hostname(), { workerId: second.id })
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
  // Had it only been slow, it would find out now that its seat is not its own any more.
  await expect(first.seats.busy(seatB, 'att_2')).rejects.toBeInstanceOf(SeatLost)
  await kill(shellB)
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
  await keepSeats(hostname(), { workerId: second.id })
  const freed = await second.seats.acquire('cred', 'sfb')
  expect(freed?.token).toBeGreaterThan(seatB.token)
  expect(await second.seats.acquire('cred', 'sfb')).toBeNull()
})
