import { appendFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enableOf, LabProcess, moveOf, until } from './lab'

const ADELE = 'adele.vance@contoso.example'
let lab: LabProcess
beforeAll(async () => {
  lab = await LabProcess.start()
})
afterAll(() => lab?.stop())

it('keeps state, scenario, address and key over a kill -9, and cuts off a torn line', async () => {
  await lab.post('/people', { people: [{ userPrincipalName: ADELE }] })
  await lab.post('/scenario', { name: 'kept', latency: 'zero' })
  await lab.call('Enable-CsUser', enableOf(ADELE))
  await lab.sync()
  const before = await lab.get<Record<string, unknown>>('/state')
  const journal = await lab.journal()
  await lab.killAndRestart()
  appendFileSync(join(lab.directory, 'journal.jsonl'), '{"seq":9999,"kind":"rese')
  await lab.killAndRestart()
  const after = await lab.get<Record<string, unknown>>('/state')
  expect(after.ad).toEqual(before.ad)
  expect(after.online).toEqual(before.online)
  expect(after.scenario).toEqual(before.scenario)
  const now = await lab.journal()
  expect(now.slice(0, journal.length)).toEqual(journal)
  expect(now.map(line => line.seq)).toEqual(now.map((_, index) => index + 1))
  expect((await lab.call('Move-CsUser', moveOf(ADELE))).errors).toEqual([])
  await lab.post('/people', { people: [{ userPrincipalName: 'lee.gu@contoso.example' }] })
  const twice = { ...enableOf('lee.gu@contoso.example'), SipAddress: `sip:${ADELE}` }
  expect((await lab.call('Enable-CsUser', twice)).errors[0]?.message).toContain('is not unique')
})

it('says which call was under way when the service itself died', async () => {
  const userPrincipalName = 'alex.wilber@contoso.example'
  await lab.post('/people', { people: [{ userPrincipalName, standing: 'represented' }] })
  await lab.post('/scenario', { latency: { move: 5000 } })
  const call = lab.call('Move-CsUser', moveOf(userPrincipalName)).catch(() => 'lost')
  await until(async () => (await lab.get<{ running: unknown[] }>('/state')).running.length === 1)
  await lab.killAndRestart()
  expect(await call).toBe('lost')
  expect(
    (await lab.journal()).some(line => line.kind === 'abandoned' && line.command === 'Move-CsUser'),
  ).toBe(true)
})

it('keeps its key and address from other people', () => {
  for (const name of ['lab.json', 'lab.key', 'journal.jsonl']) {
    const path = join(lab.directory, name)
    expect(existsSync(path)).toBe(true)
    expect(statSync(path).mode & 0o077).toBe(0)
  }
})
