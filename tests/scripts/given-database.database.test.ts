import { connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { freePort } from '@/scripts/supervisor/ports'
import { running } from '../ferry-process'
import { emptyDatabase } from './small-ferry/empty-database'
import { makeSmallFerry, remove, SmallFerry } from './small-ferry/small-ferry'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let root: string
const started: SmallFerry[] = []
beforeAll(async () => {
  root = await makeSmallFerry()
})
afterAll(() => remove(root))
afterEach(async () => {
  for (const ferry of started.splice(0)) await ferry.cleanUp()
})

function start(env: Record<string, string>): SmallFerry {
  const ferry = new SmallFerry(root, {
    FERRY_DATA_DIR: `${root}/data-${started.length}-${Date.now()}`,
    ...env,
  })
  started.push(ferry)
  return ferry
}

test('with DATABASE_URL it uses that database, starts none of its own and leaves it running', async () => {
  const database = await emptyDatabase()
  try {
    const ferry = start({ DATABASE_URL: database.url })
    await ferry.ready()
    expect(ferry.text).not.toContain('Made a database')
    const { instance } = ferry
    expect(running(instance)).not.toContain('the database')
    expect(instance.databaseUrl).toBe(database.url)
    ferry.ctrlC()
    expect((await ferry.ended()).code).toBe(0)
    expect(await database.query('SELECT 1 FROM worker')).toHaveLength(2)
  } finally {
    await database.drop()
  }
})

test('a database that does not answer is waited for, and that is said', async () => {
  const database = await emptyDatabase()
  const port = await freePort()
  try {
    const url = new URL(database.url)
    const target = Number(url.port)
    url.port = String(port)
    const ferry = start({ DATABASE_URL: url.href })
    await ferry.says(
      `The database at 127.0.0.1:${port}${url.pathname} does not answer (connection refused). Ferry waits`,
    )
    const forward = createServer(socket => forwardTo(socket, target)).listen(port, '127.0.0.1')
    try {
      await ferry.says('answers now')
      await ferry.ready()
      ferry.ctrlC()
      expect((await ferry.ended()).code).toBe(0)
    } finally {
      forward.close()
    }
  } finally {
    await database.drop()
  }
})

test('waiting for a database can be broken off', async () => {
  const ferry = start({ DATABASE_URL: `postgresql://ferry@127.0.0.1:${await freePort()}/ferry` })
  await ferry.says('does not answer')
  ferry.ctrlC()
  expect((await ferry.ended()).ms).toBeLessThan(2_000)
})

test.each([
  ['a wrong password', (url: URL) => (url.password = 'wrong-password'), /refuses the password/],
  ['a database that is not there', (url: URL) => (url.pathname = '/nowhere'), /has no database of that name/],
])('%s is an error with its remedy, and no password is shown', async (_, change, message) => {
  const url = new URL(inject('databaseServer'))
  const password = url.password
  change(url)
  const ferry = start({ DATABASE_URL: url.href })
  expect((await ferry.ended()).code).toBe(1)
  expect(ferry.text).toMatch(message)
  expect(ferry.text).toContain('Correct DATABASE_URL')
  expect(ferry.text).not.toContain(password)
  expect(ferry.text).not.toContain('wrong-password')
})

test('a Redis that does not answer is waited for, and that is said', async () => {
  const database = await emptyDatabase()
  try {
    const port = await freePort()
    const ferry = start({ DATABASE_URL: database.url, REDIS_URL: `redis://127.0.0.1:${port}` })
    await ferry.says(
      `The Redis at 127.0.0.1:${port} does not answer (connection refused). Ferry waits for it`,
    )
    ferry.ctrlC()
    expect((await ferry.ended()).code).toBe(0)
  } finally {
    await database.drop()
  }
})

function forwardTo(socket: Socket, port: number): void {
  const onward = connect(port, '127.0.0.1')
  socket.pipe(onward).pipe(socket)
  for (const end of [socket, onward]) end.on('error', () => end.destroy())
}
