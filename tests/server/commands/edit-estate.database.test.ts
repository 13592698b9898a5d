import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/domain/people/actor'
import { editEstate } from '@/server/commands/edit-estate'
import { Refused } from '@/server/commands/refused'
import { requestApproval } from '@/server/commands/request-approval'
import { estateToChange } from '@/server/queries/estate-settings'
import { laneSettings } from '@/server/queries/lane-settings'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import type { EstateSettings } from '@/server/store/estate-settings'
import { lead, makeBatch, openInstance } from '../queries/fixture'

const administrator: Extract<Actor, { kind: 'person' }> = {
  kind: 'person',
  personId: 'per_admin',
  name: 'Lee Gu',
  roles: ['administrator'],
  via: 'screen',
}

let instance: Awaited<ReturnType<typeof openInstance>>
beforeAll(async () => {
  instance = await openInstance()
  await db().estate.update({
    where: { id: 'west' },
    data: { pools: ['pool01.contoso.example', 'pool02.contoso.example'], sipDomains: ['contoso.example'] },
  })
  await db().credential.create({
    data: { id: 'crd_west', estateId: 'west', name: 'sfb-admin', maxSessions: 3 },
  })
  await db().lane.createMany({
    data: [
      { id: 'lan_sfb', estateId: 'west', name: 'sfb', credentialId: 'crd_west', concurrency: 3 },
      { id: 'lan_sync', estateId: 'west', name: 'sync', credentialId: 'crd_west', concurrency: 1 },
    ],
  })
})
afterAll(() => instance.end())
beforeEach(() => db().batch.deleteMany())

const edit = (settings: Partial<EstateSettings>, more: { seen?: string; estateName?: string } = {}) =>
  editEstate(administrator, { estateId: 'west', settings, reason: 'As agreed on Monday', ...more })

const lastChange = async () =>
  (await db().event.findFirst({ where: { type: 'estate.changed' }, orderBy: { seq: 'desc' } }))?.data

/** A wave that is asked for, by the lead, on the estate as it is. */
async function askedFor(): Promise<string> {
  const { waveIds } = await makeBatch([
    { name: 'Pilot', isPilot: true, state: 'draft', people: [{ state: 'not_started' }] },
  ])
  const waveId = waveIds[0] ?? ''
  await db().item.updateMany({ where: { waveId }, data: { readAt: new Date(), readinessCodes: [] } })
  await requestApproval(lead, { waveId })
  return waveId
}

test('limits change, lanes follow, and the ledger has each value before and after with the reason', async () => {
  const { changed, voided } = await edit({
    syncSpacingSeconds: 600,
    sessions: { 'sfb-admin': 5 },
    pools: ['Pool01.contoso.example', 'pool02.contoso.example', 'pool03.contoso.example'],
  })
  expect({ changed: changed.toSorted(), voided }).toEqual({
    changed: ['pools', 'sessions sfb-admin', 'syncSpacingSeconds'],
    voided: 0,
  })
  const lanes = (await laneSettings()).filter(lane => lane.estateId === 'west')
  expect(lanes.map(lane => [lane.name, lane.concurrency])).toEqual([
    ['sfb', 5],
    ['sync', 1],
  ])
  expect(await lastChange()).toMatchObject({
    name: 'West',
    reason: 'As agreed on Monday',
    changes: {
      syncSpacingSeconds: { before: '5 min', after: '10 min' },
      'sessions sfb-admin': { before: '3', after: '5' },
      pools: { after: 'pool01.contoso.example, pool02.contoso.example, pool03.contoso.example' },
    },
  })
  const events = await db().event.count({ where: { type: 'estate.changed' } })
  expect(await edit({ syncSpacingSeconds: 600 })).toEqual({ changed: [], voided: 0 })
  expect(await db().event.count({ where: { type: 'estate.changed' } })).toBe(events)
  expect((await verifyChains()).problems).toEqual([])
})

test('only an administrator changes it, with a reason, and not what somebody else has changed meanwhile', async () => {
  const settings = { syncSpacingSeconds: 60 }
  await expect(editEstate(lead, { estateId: 'west', settings, reason: 'x' })).rejects.toThrow(Refused)
  await expect(editEstate(administrator, { estateId: 'west', settings, reason: ' ' })).rejects.toThrow(
    'reason',
  )
  await expect(editEstate(administrator, { estateId: 'east', settings, reason: 'x' })).rejects.toThrow(
    'no estate',
  )
  const { mark } = await estateToChange(lead, 'west')
  await edit({ settleSeconds: 90 }, { seen: mark })
  await expect(edit({ settleSeconds: 30 }, { seen: mark })).rejects.toThrow('by somebody else')
  expect((await estateToChange(lead, 'west')).settings.settleSeconds).toBe(90)
})

test('values that are not possible are refused, each by its name', async () => {
  const refused = await edit({
    zone: 'Mars/Base',
    pools: [],
    hostedMigrationUrl: 'http://x',
    applyDeadlineSeconds: 1,
    readinessFreshSeconds: Number.NaN,
    sessions: { 'sfb-admin': 0 },
  }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect((refused as Refused).details.map(detail => detail.split(':')[0])).toEqual([
    'time zone',
    'pools',
    'hosted migration service',
    'time a change may take',
    'time a readiness reading counts',
    'sessions of sfb-admin',
  ])
  await expect(edit({ sessions: { nobody: 2 } })).rejects.toThrow('no credential nobody')
})

test('what stands in a plan voids what is asked for, and makes the one who edits somebody involved', async () => {
  const waveId = await askedFor()
  expect(await edit({ syncSpacingSeconds: 120, zone: 'Europe/Oslo' })).toMatchObject({ voided: 0 })
  expect(await edit({ domainController: 'dc01.contoso.example' })).toMatchObject({ voided: 1 })
  const wave = await db().wave.findUniqueOrThrow({ where: { id: waveId }, include: { approvals: true } })
  expect(wave).toMatchObject({ state: 'draft', editedByIds: ['per_admin'] })
  expect(wave.approvals).toMatchObject([{ state: 'voided' }])
  const voided = await db().event.findFirst({ where: { type: 'approval.voided', waveId } })
  expect(voided).not.toBeNull()
  expect((await verifyChains()).problems).toEqual([])
})

test('while a wave is at work its values stay, and times can only be made longer', async () => {
  await makeBatch([{ name: 'Wave 1', state: 'running', people: [{ state: 'running' }] }])
  const now = (await estateToChange(lead, 'west')).settings
  await expect(edit({ hostingProviderProxy: 'other.contoso.example' })).rejects.toThrow(
    'Wave 1 of West is at work with the present hosting provider proxy',
  )
  await expect(edit({ applyDeadlineSeconds: now.applyDeadlineSeconds - 60 })).rejects.toThrow('a longer time')
  await edit({ applyDeadlineSeconds: now.applyDeadlineSeconds + 60 })
  await db().wave.updateMany({ data: { state: 'done' } })
  await edit({ applyDeadlineSeconds: now.applyDeadlineSeconds })
})

test('a pool or a domain that somebody in an open batch needs stays', async () => {
  const { itemIds } = await makeBatch([
    { name: 'Wave 1', state: 'draft', people: [{ state: 'not_started' }] },
  ])
  const refused = await edit({ pools: ['pool02.contoso.example'], sipDomains: ['fabrikam.example'] }).catch(
    (error: unknown) => error,
  )
  expect((refused as Refused).details).toEqual([
    'West needs the SIP domain contoso.example',
    'West needs the pool pool01.contoso.example',
  ])
  await db().item.updateMany({ where: { id: { in: itemIds } }, data: { open: false } })
  await edit({ pools: ['pool02.contoso.example'] })
})

test('a LIVE estate that is switched on is changed by its name only', async () => {
  await db().estate.update({ where: { id: 'west' }, data: { kind: 'live' } })
  await edit({ syncSpacingSeconds: 300 })
  await db().estate.update({ where: { id: 'west' }, data: { switchedOnAt: new Date() } })
  await expect(edit({ syncSpacingSeconds: 240 })).rejects.toThrow('Type its name')
  await expect(edit({ syncSpacingSeconds: 240 }, { estateName: 'west' })).rejects.toThrow('Type its name')
  await expect(edit({ syncSpacingSeconds: 0 }, { estateName: 'West' })).rejects.toThrow('not possible')
  await edit({ syncSpacingSeconds: 240 }, { estateName: 'West' })
  expect((await estateToChange(lead, 'west')).settings.syncSpacingSeconds).toBe(240)
})
