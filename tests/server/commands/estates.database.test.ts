import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '@/domain/people/actor'
import { createEstate } from '@/server/commands/create-estate'
import { estateFaults, type NewEstate } from '@/server/commands/estate-faults'
import { Refused } from '@/server/commands/refused'
import { resumeLane } from '@/server/commands/resume-lane'
import { switchEstateOn } from '@/server/commands/switch-estate'
import { estateDetail } from '@/server/queries/estates'
import { laneSettings } from '@/server/queries/lane-settings'
import { verifyChains } from '@/server/queries/verify-chains'
import { workersNow } from '@/server/queries/workers'
import { db } from '@/server/store/client'
import { lead, makeBatch, nobody, openInstance, operator } from '../queries/fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

const administrator: Actor = {
  kind: 'person',
  personId: 'per_admin',
  name: 'Lee Gu',
  roles: ['administrator'],
  via: 'screen',
}

const north: NewEstate = {
  name: 'North Sea',
  kind: 'live',
  zone: 'Europe/Oslo',
  pools: ['Pool01.contoso.example', 'pool01.contoso.example'],
  sipDomains: ['contoso.example'],
  hostingProviderProxy: 'sipfed.online.lync.com',
  domainController: '',
  executable: '',
  sfbCredential: 'sfb-admin',
  sfbSessions: 3,
  sfbSignIn: 'none',
  syncCredential: 'sync-operator',
  syncSessions: 1,
}

test('a new LIVE estate has its lanes, and applies nothing until its name is typed', async () => {
  const { estateId } = await createEstate(administrator, north)
  expect(estateId).toBe('north-sea')
  const { estate } = await estateDetail(lead, estateId)
  expect(estate).toMatchObject({ kind: 'live', switchedOnAt: null, pools: ['pool01.contoso.example'] })
  expect(estate.lanes.map(lane => [lane.name, lane.credential, lane.cap])).toEqual([
    ['sfb', 'sfb-admin', 3],
    ['sync', 'sync-operator', 1],
  ])
  expect((await laneSettings()).filter(lane => lane.estateId === estateId)).toHaveLength(2)
  await expect(switchEstateOn(administrator, { estateId, name: 'north' })).rejects.toThrow(Refused)
  await switchEstateOn(administrator, { estateId, name: 'North Sea' })
  expect((await estateDetail(lead, estateId)).estate.switchedOnAt).not.toBeNull()
  await expect(createEstate(administrator, { ...north, name: 'north sea' })).rejects.toThrow('already')
  await expect(createEstate(lead, { ...north, name: 'South' })).rejects.toThrow(Refused)
})

test('one credential for both lanes is one credential with one limit', async () => {
  const { estateId } = await createEstate(administrator, {
    ...north,
    name: 'South',
    syncCredential: 'sfb-admin',
    syncSessions: 3,
  })
  expect((await estateDetail(lead, estateId)).estate.credentials).toHaveLength(1)
})

test('each fault stands at its field', () => {
  expect(estateFaults(north)).toEqual({})
  const wrong = {
    ...north,
    name: '/',
    kind: 'test',
    zone: 'Mars/Base',
    pools: ['pool01'],
    sipDomains: [],
    hostingProviderProxy: 'x',
    domainController: 'dc 1',
    sfbCredential: '',
    sfbSessions: 0,
    sfbSignIn: 'fax',
    syncSessions: Number.NaN,
  }
  expect(Object.keys(estateFaults(wrong)).sort()).toEqual(
    Object.keys(wrong)
      .filter(field => field !== 'executable' && field !== 'syncCredential')
      .sort(),
  )
  expect(Object.keys(estateFaults({ ...north, syncCredential: 'sfb-admin' }))).toEqual(['syncSessions'])
})

test('a stopped lane goes on once, with a reason, and open waves are woken', async () => {
  const { waveIds } = await makeBatch([{ name: 'Wave 1', people: [{ state: 'waiting' }] }])
  const credential = await db().credential.create({
    data: { id: 'crd_west', estateId: 'west', name: 'west-admin' },
  })
  await db().lane.create({
    data: {
      id: 'lan_west',
      estateId: 'west',
      name: 'sfb',
      credentialId: credential.id,
      stoppedAt: new Date(),
      stoppedWhy: 'sign-in: the password has expired',
    },
  })
  const resume = (actor: Actor, reason: string) => resumeLane(actor, { laneId: 'lan_west', reason })
  await expect(resume(nobody, 'new password')).rejects.toThrow(Refused)
  await expect(resume(lead, 'new password')).rejects.toThrow('operator')
  await expect(resume(operator, ' ')).rejects.toThrow('reason')
  expect(await resume(operator, 'new password')).toEqual({
    touched: 0,
    others: [{ people: 1, why: 'no worker serves the lane sfb' }],
  })
  expect((await estateDetail(lead, 'west')).estate.lanes[0]?.stopped).toBeNull()
  const woken = await db().outbox.findMany({ where: { topic: 'wave-items' } })
  expect(woken.map(row => row.payload)).toContainEqual({ waveId: waveIds[0] })
  expect(await db().event.count({ where: { type: 'lane.resumed' } })).toBe(1)
  await expect(resume(operator, 'again')).rejects.toThrow('not stopped')
  expect((await verifyChains()).problems).toEqual([])
})

test('sessions say what they do, for how long, and why one is an orphan', async () => {
  await db().worker.create({
    data: {
      id: 'wrk_1',
      name: 'lane-1',
      kind: 'lane',
      host: 'jump01',
      pid: 7,
      version: '1',
      lanes: ['west.sfb'],
    },
  })
  const seat = { credentialId: 'crd_west', workerId: 'wrk_1', host: 'jump01', lane: 'sfb', fencingToken: 1n }
  const begun = new Date(Date.now() - 90_000)
  await db().seat.createMany({
    data: [
      { ...seat, id: 'set_1', number: 1, state: 'busy', busySince: begun, shell: { version: '5.1' } },
      { ...seat, id: 'set_2', number: 2, state: 'orphan', busySince: begun, deadWhy: 'Its worker is gone.' },
      { ...seat, id: 'set_3', number: 3, state: 'dead' },
    ],
  })
  const { workers, sessions } = await workersNow(lead)
  expect(workers).toMatchObject([{ name: 'lane-1', host: 'jump01', stoppedAt: null, openSeats: 2 }])
  expect(sessions.map(session => [session.number, session.state, session.why])).toEqual([
    [1, 'busy', null],
    [2, 'orphan', 'Its worker is gone.'],
  ])
  expect(sessions[0]?.busyForMs).toBeGreaterThan(80_000)
  expect(sessions[1]?.busyForMs).toBeNull()
  await expect(workersNow(nobody)).rejects.toThrow(Refused)
})
