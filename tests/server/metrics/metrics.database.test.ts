import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { metrics } from '@/server/queries/metrics'
import { db } from '@/server/store/client'
import { lead, makeBatch, nobody, openInstance } from '../queries/fixture'

let instance: { end: () => Promise<void> }

beforeAll(async () => {
  instance = await openInstance()
  await makeBatch([
    {
      name: 'Pilot',
      state: 'running',
      people: [{ state: 'done' }, { state: 'done' }, { state: 'unknown' }, { state: 'waiting' }],
    },
  ])
})
afterAll(() => instance.end())

it('counts what the database holds, with a zero for every state nobody is in', async () => {
  const { text, contentType } = await metrics(lead)
  expect(contentType).toMatch(/^text\/plain/)
  expect(text).toContain('ferry_items{state="done"} 2\n')
  expect(text).toContain('ferry_items{state="unknown"} 1\n')
  expect(text).toContain('ferry_items{state="failed"} 0\n')
  expect(text).toContain('ferry_unknown_items 1\n')
  expect(text).toContain('ferry_waves{state="running"} 1\n')
})

it('says how many sessions a service allows now, and which lanes stand still', async () => {
  const { id: estateId, name: estate } = await db().estate.findFirstOrThrow()
  await db().credential.create({ data: { id: 'crd_slow', estateId, name: 'slow', maxSessions: 3 } })
  const lane = { id: 'lan_slow', estateId, name: 'slow', credentialId: 'crd_slow' }
  await db().lane.create({
    data: { ...lane, stoppedAt: new Date(), stoppedWhy: 'The password was refused.' },
  })
  const allowed = `ferry_sessions_allowed{estate="${estate}",credential="slow"}`
  const before = (await metrics(lead)).text
  expect(before).toContain(`${allowed} 3\n`)
  expect(before).toContain('ferry_stopped_lanes 1\n')
  await db().pace.create({ data: { credentialId: 'crd_slow', sessions: 1, cause: 'A delay of 3 s.' } })
  expect((await metrics(lead)).text).toContain(`${allowed} 1\n`)
})

it('has a help and a type for every name, names with the product’s prefix, and labels that name nobody', async () => {
  const { text } = await metrics(lead)
  const names = new Set([...text.matchAll(/^([a-z]\w*)[{ ]/gm)].map(([, name]) => name))
  for (const name of names) {
    expect(name).toMatch(/^ferry_[a-z0-9_]+$/)
    expect(text).toContain(`# HELP ${name} `)
    expect(text).toContain(`# TYPE ${name} `)
  }
  const labels = new Set([...text.matchAll(/(\w+)="/g)].map(([, label]) => label))
  expect(
    [...labels].filter(
      label => !['state', 'step', 'phase', 'estate', 'credential', 'kind'].includes(label ?? ''),
    ),
  ).toEqual([])
})

it('is for those who may see the workers', async () => {
  await expect(metrics(nobody)).rejects.toMatchObject({ code: 'forbidden' })
})

it('has every series that the dashboard asks for', async () => {
  const { text } = await metrics(lead)
  const board = readFileSync('docs/grafana/ferry.json', 'utf8')
  const asked = new Set([...board.matchAll(/\bferry_[a-z0-9_]+/g)].map(([name]) => name))
  expect(asked.size).toBeGreaterThan(8)
  for (const name of asked) expect(text).toContain(`# TYPE ${name} `)
})
