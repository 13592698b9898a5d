import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { freePort } from '@/scripts/supervisor/ports'
import { openQueueBackend } from '@/server/queue/backend'
import { startRedis } from '../../redis'

it('a process that began while Redis was away hands on and takes up once Redis is there', async () => {
  const port = await freePort()
  const backend = openQueueBackend({
    databaseUrl: '',
    redisUrl: `redis://127.0.0.1:${port}`,
    onError: () => undefined,
  })
  const seen: number[] = []
  const worker = backend.worker<{ id: number }>('later', async ({ id }) => void seen.push(id), {
    concurrency: 1,
    onError: () => undefined,
  })
  const queue = backend.queue<{ id: number }>('later')
  const add = () => queue.addMany([{ name: 'job', data: { id: 1 }, jobId: 'one' }])
  await expect(add()).rejects.toThrow()
  await expect(add()).rejects.toThrow()
  const redis = await startRedis(port)
  try {
    const end = Date.now() + 20_000
    const added = async (): Promise<boolean> =>
      add().then(
        () => true,
        () => false,
      )
    while (!(await added()) && Date.now() < end) await sleep(100)
    while (seen.length === 0 && Date.now() < end) await sleep(20)
    expect(seen).toEqual([1])
  } finally {
    await worker.close(true)
    await queue.close()
    await backend.close()
    await redis.stop()
  }
})
