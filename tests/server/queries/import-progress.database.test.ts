import { afterAll, beforeAll, expect, test } from 'vitest'
import { importProgress } from '@/server/live/import-progress'
import { db } from '@/server/store/client'
import { openInstance } from './fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

/** Reads until so many changes were said. */
async function changes(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: number): Promise<string[]> {
  const text = new TextDecoder()
  const said: string[] = []
  while (said.length < wanted) {
    const { value, done } = await reader.read()
    if (done) break
    said.push(...[...text.decode(value).matchAll(/event: change\ndata: (\S+)/g)].map(found => found[1] ?? ''))
  }
  return said
}

const listening = async (): Promise<number> => {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM pg_stat_activity
    WHERE application_name = 'ferry live' AND datname = current_database()`
  return rows[0]?.count ?? 0
}

test('any number of watchers share one connection, and each hears of its own import only', async () => {
  const stop = new AbortController()
  const readers = ['imp_1', 'imp_1', 'imp_2'].map(id => importProgress(id, stop.signal).getReader())
  expect(await Promise.all(readers.map(reader => changes(reader, 1)))).toEqual([
    ['imp_1'],
    ['imp_1'],
    ['imp_2'],
  ])
  expect(await listening()).toBe(1)
  await db().$executeRaw`SELECT pg_notify('ferry_import', 'imp_2')`
  await db().$executeRaw`SELECT pg_notify('ferry_import', 'imp_1')`
  expect(await Promise.all(readers.map(reader => changes(reader, 1)))).toEqual([
    ['imp_1'],
    ['imp_1'],
    ['imp_2'],
  ])
  stop.abort()
  for (const reader of readers) expect((await reader.read()).done).toBe(true)
  for (let tries = 0; tries < 50 && (await listening()) > 0; tries++)
    await new Promise(done => setTimeout(done, 20))
  expect(await listening()).toBe(0)
})

test('a connection that broke comes back, and everybody looks anew', async () => {
  const stop = new AbortController()
  const reader = importProgress('imp_1', stop.signal).getReader()
  await changes(reader, 1)
  await db().$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'ferry live' AND datname = current_database()`
  expect(await changes(reader, 1)).toEqual(['imp_1'])
  stop.abort()
})
