import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET } from '@/app/api/health/route'
import { closeDatabase, db } from '@/server/store/client'
import { createDatabase } from '@/tests/database'

let database: Awaited<ReturnType<typeof createDatabase>>
beforeAll(async () => {
  database = await createDatabase()
  process.env.DATABASE_URL = database.url
  // The first connection of a process may take longer than a probe has patience for.
  await db().$queryRaw`SELECT 1`
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})

const ask = async (query = '') => {
  const answer = await GET(new Request(`http://127.0.0.1/api/health${query}`))
  return { status: answer.status, body: await answer.json() }
}
const worker = (kind: string) =>
  db().worker.create({ data: { id: `wrk_${kind}`, name: kind, kind, host: 'h', pid: 1, version: '1' } })

it('is ready as long as the database answers, and says who is missing to move anything', async () => {
  const { status, body } = await ask()
  expect({ status, ...body }).toMatchObject({ status: 200, live: true, ready: true })
  const workers = () => expect.objectContaining({ name: 'workers', ok: false })
  expect(body.checks).toEqual([expect.objectContaining({ name: 'database', ok: true }), workers()])
  expect(body.checks[1].why).toMatch(/^No lane worker and no coordinator has been heard of/)

  await worker('lane')
  expect((await ask()).body.checks[1].why).toMatch(/^No coordinator has been heard of/)
  await worker('coordinator')
  expect((await ask()).body.checks[1]).toMatchObject({ ok: true })
  await db().$executeRaw`UPDATE "worker" SET "lastSeenAt" = now() - interval '1 minute' WHERE "kind" = 'lane'`
  expect((await ask()).body.checks[1].why).toMatch(/^No lane worker has been heard of/)
})

it('is live without asking anything else', async () => {
  expect(await ask('?live')).toEqual({ status: 200, body: { live: true } })
})
