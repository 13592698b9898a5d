import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '@/scripts/migrate'
import { openQueueBackend, type QueueBackend } from '@/server/queue/backend'
import { createDatabase } from '../../database'
import { startRedis, type TestRedis } from '../../redis'

const errors: string[] = []
let database: Awaited<ReturnType<typeof createDatabase>>
let redis: TestRedis

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url, process.cwd())
  redis = await startRedis()
})
afterAll(async () => {
  await redis.stop()
  await database.drop()
})

/** One suite, two backends: what Ferry asks of its queue holds on both. */
describe.each(['postgres', 'redis'] as const)('the queue on %s', kind => {
  let backend: QueueBackend

  beforeAll(() => {
    backend = openQueueBackend({
      databaseUrl: database.url,
      redisUrl: kind === 'redis' ? redis.url : undefined,
      onError: error => errors.push(error.message),
    })
  })
  afterAll(() => backend.close())

  const consume = async (
    name: string,
    concurrency: number,
    work: (data: { id: number }) => Promise<void>,
    enough: () => boolean,
  ) => {
    const worker = backend.worker<{ id: number }>(name, work, {
      concurrency,
      onError: error => errors.push(error.message),
    })
    const end = Date.now() + 20_000
    while (!enough() && Date.now() < end) await sleep(20)
    await worker.close()
  }

  it('is the backend that was asked for', () => expect(backend.kind).toBe(kind))

  it('hands every job on, each once', async () => {
    const queue = backend.queue<{ id: number }>('conformance.all')
    await queue.addMany(
      Array.from({ length: 50 }, (_, id) => ({ name: 'job', data: { id }, jobId: `job-${id}` })),
    )
    const seen: number[] = []
    await consume(
      'conformance.all',
      3,
      async data => void seen.push(data.id),
      () => seen.length >= 50,
    )
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, id) => id))
    expect(await queue.size()).toBe(0)
    await queue.close()
  })

  it('takes a wake-up with the id of a waiting one once, and again after it is over', async () => {
    const queue = backend.queue<{ id: number }>('conformance.same')
    const job = { name: 'job', data: { id: 7 }, jobId: 'same-7' }
    await queue.addMany([job])
    await queue.addMany([job])
    expect(await queue.size()).toBe(1)
    let times = 0
    await consume(
      'conformance.same',
      1,
      async () => void times++,
      () => times >= 1,
    )
    await queue.addMany([job])
    await consume(
      'conformance.same',
      1,
      async () => void times++,
      () => times >= 2,
    )
    expect(times).toBe(2)
    await queue.close()
  })

  it('never runs more at once than its concurrency', async () => {
    const queue = backend.queue<{ id: number }>('conformance.limit')
    await queue.addMany(Array.from({ length: 12 }, (_, id) => ({ name: 'job', data: { id } })))
    let active = 0
    let most = 0
    let done = 0
    await consume(
      'conformance.limit',
      3,
      async () => {
        active++
        most = Math.max(most, active)
        await sleep(40)
        active--
        done++
      },
      () => done >= 12,
    )
    expect(done).toBe(12)
    expect(most).toBeLessThanOrEqual(3)
    expect(most).toBeGreaterThan(1)
    await queue.close()
  })

  it('goes on after a job that throws, and does not run that one again', async () => {
    const queue = backend.queue<{ id: number }>('conformance.throws')
    await queue.addMany([0, 1, 2].map(id => ({ name: 'job', data: { id }, jobId: `throws-${id}` })))
    const seen: number[] = []
    const work = async ({ id }: { id: number }) => {
      seen.push(id)
      if (id === 1) throw new Error('this one fails')
    }
    await consume('conformance.throws', 1, work, () => seen.length >= 3)
    await sleep(200)
    expect(seen).toHaveLength(3)
    await queue.close()
  })

  it('can be lost whole: what was waiting is gone, and it takes new jobs', async () => {
    const queue = backend.queue<{ id: number }>('conformance.lost')
    await queue.addMany([{ name: 'job', data: { id: 1 } }])
    await queue.obliterate()
    expect(await queue.size()).toBe(0)
    let seen = 0
    await queue.addMany([{ name: 'job', data: { id: 2 } }])
    await consume(
      'conformance.lost',
      1,
      async () => void seen++,
      () => seen >= 1,
    )
    expect(seen).toBe(1)
    await queue.close()
  })
})
