import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readLog, running, until } from '../ferry-process'
import { type RealInstance, startInstance } from '../instance'
import { startRedis } from '../redis'

const EVERYTHING = ['the coordinator', 'the database', 'the lab', 'the lane worker', 'the web console']
const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work()
})

async function start(options: Parameters<typeof startInstance>[0] = {}): Promise<RealInstance> {
  const ferry = await startInstance(options)
  cleanUp.push(() => ferry.cleanUp())
  return ferry
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-end-to-end-'))
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('it starts, shows the first-run page, stops within 10 s, and is quickly back', async () => {
  const dataDir = dataFolder()
  const first = await start({ dataDir })
  const health = await fetch(`${first.url}/api/health`)
  expect(health.status).toBe(200)
  const setup = await fetch(first.setupLink)
  expect(setup.status).toBe(200)
  expect(await setup.text()).toContain('Make the first two people')
  const { instance } = first
  expect(running(instance).toSorted()).toEqual(EVERYTHING)
  first.ctrlC()
  const { code, ms } = await first.ended()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(10_000)
  expect(running(instance)).toEqual([])

  const began = performance.now()
  const second = await start({ dataDir })
  // 5 s are promised on a machine with nothing else to do; tests share theirs.
  expect(performance.now() - began).toBeLessThan(20_000)
  await second.stop()
})

test('when the database is killed it comes back, and no other process has to be started again', async () => {
  const ferry = await start()
  const { 'the database': database, ...others } = ferry.instance.processes
  if (!database) throw new Error('The database does not run.')
  process.kill(database.pid, 'SIGKILL')
  await ferry.says('The database works again')
  await until(
    () => running(ferry.instance).length === EVERYTHING.length,
    10_000,
    () => ferry.text,
  )
  await expect
    .poll(async () => (await fetch(`${ferry.url}/api/health`)).status, { timeout: 15_000 })
    .toBe(200)
  const { 'the database': again, ...same } = ferry.instance.processes
  expect(again?.pid).not.toBe(database.pid)
  expect(same).toEqual(others)
  await ferry.stop()
})

test('with REDIS_URL the queue is in that Redis', async () => {
  const redis = await startRedis()
  cleanUp.push(redis.stop)
  const ferry = await start({ env: { REDIS_URL: redis.url } })
  await until(
    () => readLog(ferry.dataDir, 'coordinator').includes('"queue":"redis"'),
    10_000,
    () => readLog(ferry.dataDir, 'coordinator'),
  )
  expect(ferry.instance.redisUrl).toBe(redis.url)
  await ferry.stop()
})

test('the log of a worker names no trouble with the queue', async () => {
  const ferry = await start()
  await new Promise(done => setTimeout(done, 5_000))
  for (const name of ['lane', 'coordinator'])
    expect(readLog(ferry.dataDir, name)).not.toMatch(/"level":[456]0/)
  await ferry.stop()
})
