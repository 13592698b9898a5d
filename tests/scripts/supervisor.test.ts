import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { identify } from '@/scripts/supervisor/process-identity'
import { readLog, running, until } from '../ferry-process'
import { makeSmallFerry, remove, SmallFerry } from './small-ferry/small-ferry'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const EVERYTHING = ['the coordinator', 'the database', 'the lab', 'the lane worker', 'the web console']
let root: string
let dataDir: string
const started: SmallFerry[] = []
let count = 0

beforeAll(async () => {
  root = await makeSmallFerry()
})
afterAll(() => remove(root))
beforeEach(() => {
  dataDir = join(root, `data-${++count}`)
})
afterEach(async () => {
  for (const ferry of started.splice(0)) await ferry.cleanUp()
})

function start(env: Record<string, string> = {}): SmallFerry {
  const ferry = new SmallFerry(root, { FERRY_DATA_DIR: dataDir, ...env })
  started.push(ferry)
  return ferry
}

async function ready(env: Record<string, string> = {}): Promise<SmallFerry> {
  const ferry = start(env)
  await ferry.ready()
  return ferry
}

test('the first start makes what is missing and says how to begin; the second is quick', async () => {
  const first = await ready()
  expect(first.text).toContain('Made a database for this instance.')
  expect(first.text).toContain('the link for the first run')
  const { instance } = first
  expect(running(instance).toSorted()).toEqual(EVERYTHING)
  expect(instance).toMatchObject({ state: 'ready', redisUrl: null })
  expect((await fetch(instance.url)).status).toBe(200)
  for (const file of ['secrets.json', 'run/instance.json', 'logs/web.log', 'logs/database.log']) {
    expect(statSync(join(dataDir, file)).mode & 0o077, file).toBe(0)
  }
  first.ctrlC()
  await first.ended()
  const began = performance.now()
  const second = await ready()
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(second.text).not.toContain('Made a database')
})

test('Ctrl-C stops all of it in order, at once where nothing runs', async () => {
  const ferry = await ready()
  const { instance } = ferry
  ferry.ctrlC()
  const { code, ms } = await ferry.ended()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5_000)
  expect(running(instance)).toEqual([])
  expect(existsSync(join(dataDir, 'run/instance.json'))).toBe(false)
  const at = (name: string) => Number(/got SIG(?:INT|TERM) at (\d+)/.exec(readLog(dataDir, name))?.[1])
  expect(at('lane')).toBeLessThanOrEqual(at('coordinator'))
  expect(at('coordinator')).toBeLessThanOrEqual(at('lab'))
  expect(readLog(dataDir, 'lane').match(/got SIGINT/g)).toHaveLength(1)
  expect(readLog(dataDir, 'database')).toContain('database system is shut down')
})

test('Ctrl-C leaves nothing after 10 s even when nobody listens', async () => {
  const ferry = start()
  await until(
    () => existsSync(dataDir),
    10_000,
    () => ferry.text,
  )
  for (const name of ['lane', 'next', 'coordinator', 'lab'])
    writeFileSync(join(dataDir, `${name}.stubborn`), '')
  await ferry.ready()
  const { instance } = ferry
  ferry.ctrlC()
  const { ms } = await ferry.ended()
  expect(ms).toBeGreaterThan(7_900)
  expect(ms).toBeLessThan(10_000)
  expect(running(instance)).toEqual([])
  expect(readLog(dataDir, 'database')).toContain('database system is shut down')
})

test('a second Ctrl-C stops at once', async () => {
  const ferry = start()
  await until(
    () => existsSync(dataDir),
    10_000,
    () => ferry.text,
  )
  for (const name of ['lane', 'next', 'coordinator', 'lab'])
    writeFileSync(join(dataDir, `${name}.stubborn`), '')
  await ferry.ready()
  const { instance } = ferry
  ferry.ctrlC()
  await ferry.says('Stopping.')
  ferry.ctrlC()
  expect((await ferry.ended()).ms).toBeLessThan(2_500)
  expect(running(instance)).toEqual([])
})

test('SIGTERM lets lanes drain for longer than Ctrl-C would', async () => {
  const ferry = start()
  await until(
    () => existsSync(dataDir),
    10_000,
    () => ferry.text,
  )
  writeFileSync(join(dataDir, 'lane.stubborn'), '')
  await ferry.ready()
  const { instance } = ferry
  const lane = instance.processes['the lane worker']
  process.kill(ferry.pid, 'SIGTERM')
  await new Promise(done => setTimeout(done, 11_000))
  expect(readLog(dataDir, 'lane')).toContain('got SIGTERM')
  expect(running(ferry.instance)).toContain('the lane worker')
  expect(running(ferry.instance)).toContain('the database')
  if (lane) process.kill(lane.pid, 'SIGKILL')
  expect((await ferry.ended()).code).toBe(0)
  expect(running(instance)).toEqual([])
})

test('whatever is killed is started again, and that is said', async () => {
  const ferry = await ready()
  for (const [at, name] of EVERYTHING.entries()) {
    const before = ferry.instance.processes[name]
    if (!before) throw new Error(`${name} does not run.`)
    process.kill(before.pid, 'SIGKILL')
    const said = name.charAt(0).toUpperCase() + name.slice(1)
    await ferry.says(`${said} ended (killed by SIGKILL). Ferry starts it again in 0.3 s.`)
    await ferry.says(`${said} works again after`)
    expect(ferry.instance.processes[name]?.pid).not.toBe(before.pid)
    expect(ferry.text.match(/works again/g)).toHaveLength(at + 1)
  }
  const { instance } = ferry
  expect(running(instance).toSorted()).toEqual(EVERYTHING)
  ferry.ctrlC()
  expect((await ferry.ended()).code).toBe(0)
  expect(running(instance)).toEqual([])
})

test('one that dies again and again is started with growing waits', async () => {
  const ferry = await ready()
  for (const wait of ['0.3', '0.5', '1.0']) {
    const lab = ferry.instance.processes['the lab']
    if (lab) process.kill(lab.pid, 'SIGKILL')
    await ferry.says(`Ferry starts it again in ${wait} s.`)
    await until(
      () => ferry.instance.processes['the lab']?.pid !== lab?.pid,
      10_000,
      () => ferry.text,
    )
    await until(
      () =>
        (ferry.text.match(/The lab works again/g)?.length ?? 0) === ['0.3', '0.5', '1.0'].indexOf(wait) + 1,
      10_000,
      () => ferry.text,
    )
  }
})

test('after the supervisor was killed the next start stops what was left and starts anew', async () => {
  const first = await ready()
  const left = first.instance
  first.process.kill('SIGKILL')
  await first.ended()
  expect(running(left).toSorted()).toEqual(EVERYTHING)
  const second = await ready()
  expect(second.text).toContain('left 5 of its processes running. They are stopped now')
  expect(running(left)).toEqual([])
  expect(running(second.instance).toSorted()).toEqual(EVERYTHING)
  const { instance } = second
  second.ctrlC()
  await second.ended()
  expect(running(instance)).toEqual([])
})

test('a process that merely has the id of one that was left is not touched', async () => {
  const first = await ready()
  const { instance } = first
  first.ctrlC()
  await first.ended()
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true })
  try {
    const pid = stranger.pid ?? 0
    const identity = { pid, started: 'at another time' }
    const processes = { 'the lab': identity, 'the web console': identity }
    writeFileSync(
      join(dataDir, 'run/instance.json'),
      JSON.stringify({ ...instance, processes, run: 'another run' }),
    )
    const second = await ready()
    expect(second.text).not.toContain('was killed and left')
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  } finally {
    stranger.kill('SIGKILL')
  }
})

test('one data folder has one Ferry', async () => {
  const first = await ready()
  const second = start()
  const { code } = await second.ended()
  expect(code).toBe(1)
  expect(second.text).toContain(`Ferry already runs on ${dataDir} at ${first.instance.url}`)
  expect(running(first.instance).toSorted()).toEqual(EVERYTHING)
})

test('a port that was asked for and is taken is an error with its remedy, and nothing is left running', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(done => taken.once('listening', done))
  const address = taken.address()
  const port = address && typeof address === 'object' ? String(address.port) : ''
  try {
    const ferry = start({ PORT: port })
    expect((await ferry.ended()).code).toBe(1)
    expect(ferry.text).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is in use.*Set PORT to another one`))
    expect(existsSync(join(dataDir, 'run/instance.json'))).toBe(false)
  } finally {
    taken.close()
  }
})

test('a setting that cannot be used is named with its value and the remedy', async () => {
  const ferry = start({ PORT: 'many' })
  expect((await ferry.ended()).code).toBe(1)
  expect(ferry.text).toContain('PORT (many) is not a port. Write a whole number')
})

test('Ctrl-C in the middle of the start leaves nothing behind', async () => {
  const ferry = start()
  await ferry.says('Ferry starts.')
  await until(
    () => existsSync(join(dataDir, 'logs/database.log')),
    10_000,
    () => ferry.text,
  )
  ferry.ctrlC()
  await ferry.ended()
  const second = await ready()
  expect(second.text).not.toContain('was killed and left')
})

test('a shell that a killed worker left behind ends with the instance at the latest', async () => {
  const ferry = await ready()
  const lane = ferry.instance.processes['the lane worker']
  const shell = Number(/shell (\d+)/.exec(readLog(dataDir, 'lane'))?.[1])
  if (lane) process.kill(lane.pid, 'SIGKILL')
  await ferry.says('The lane worker works again')
  expect(identify(shell)).toBeDefined()
  ferry.ctrlC()
  await ferry.ended()
  expect(identify(shell)).toBeUndefined()
})

test('logs are kept per process', async () => {
  const ferry = await ready()
  expect(readdirSync(join(dataDir, 'logs')).toSorted()).toEqual(
    ['coordinator.log', 'database.log', 'lab.log', 'lane.log', 'web.log'].toSorted(),
  )
  expect(readLog(dataDir, 'lane')).toContain('lane begins as')
  expect(ferry.text).not.toContain('lane begins as')
})
