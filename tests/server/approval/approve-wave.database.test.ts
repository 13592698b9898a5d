import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/people/actor'
import { advanceWave } from '@/server/commands/advance-wave'
import { approveWave } from '@/server/commands/approve-wave'
import { createBatch } from '@/server/commands/create-batch'
import { describeLab } from '@/server/commands/describe-lab'
import { editBatch } from '@/server/commands/edit-batch'
import { importFile } from '@/server/commands/import-file'
import { lapseApprovals } from '@/server/commands/lapse-approvals'
import { rejectWave } from '@/server/commands/reject-wave'
import { requestApproval } from '@/server/commands/request-approval'
import { withdrawRequest } from '@/server/commands/withdraw-request'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import { bytesOf, type Instance, openInstance } from '../import/instance'

let instance: Instance
let other: Actor
let file = 0

beforeAll(async () => {
  instance = await openInstance()
  await describeLab()
  const roles = ['lead', 'operator'] as const
  await db().user.create({
    data: { id: 'per_both', name: 'Johanna Lorenz', email: 'both@contoso.example', roles: [...roles] },
  })
  other = { kind: 'person', personId: 'per_both', name: 'Johanna Lorenz', roles, via: 'screen' }
})
afterAll(() => instance.end())

/** A judged batch of some people in one wave, read on the estate as a worker would have. */
async function batchOf(
  people: number,
  by: Actor = instance.lead,
): Promise<{ batchId: string; waveId: string; upns: string[] }> {
  const run = ++file
  const upns = Array.from({ length: people }, (_, index) => `person${index}.${run}@contoso.example`)
  const csv = [
    'SipAddress,DisplayName,UserPrincipalName',
    ...upns.map(upn => `sip:${upn},Person ${upn},${upn}`),
  ].join('\r\n')
  const { importId } = await importFile(by, {
    estate: 'lab',
    runbook: 'sfb-return',
    fileName: `wave-${run}.csv`,
    source: bytesOf(csv),
  })
  const batch = await createBatch(by, { importId, targetPool: 'pool01.contoso.example', pilotSize: people })
  const waveId = batch.waves[0]?.id ?? ''
  await db().item.updateMany({
    where: { batchId: batch.batchId },
    data: { readAt: new Date(), readinessCodes: ['born-online'] },
  })
  return { batchId: batch.batchId, waveId, upns }
}
const waveState = async (id: string) => (await db().wave.findUniqueOrThrow({ where: { id } })).state

describe('an approval', () => {
  let wave: Awaited<ReturnType<typeof batchOf>>
  beforeEach(async () => {
    wave = await batchOf(5)
    await requestApproval(instance.lead, { waveId: wave.waveId })
  })

  it('is never given by the one who asked, imported or edited, whatever their roles and way', async () => {
    const own = await batchOf(3, other)
    await requestApproval(instance.lead, { waveId: own.waveId })
    for (const via of ['screen', 'cli', 'api'] as const)
      await expect(approveWave({ ...other, via } as Actor, { waveId: own.waveId })).rejects.toMatchObject({
        code: 'forbidden',
      })
    await expect(approveWave(instance.lead, { waveId: wave.waveId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(approveWave(instance.auditor, { waveId: wave.waveId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await waveState(wave.waveId)).toBe('awaiting_approval')
  })

  it('carves people out by name with a reason, who end as left out and add up', async () => {
    const [first = ''] = wave.upns
    const given = await approveWave(instance.operator, {
      waveId: wave.waveId,
      carveOuts: [{ upn: first.toUpperCase(), reason: 'on leave' }],
    })
    expect(given).toEqual({ people: 4, carvedOut: 1 })
    const out = await db().item.findFirstOrThrow({ where: { waveId: wave.waveId, upn: first } })
    expect(out).toMatchObject({
      state: 'left_out',
      outKind: 'carved_out',
      open: false,
      reason: 'Carved out at approval: on leave',
    })
    await advanceWave(wave.waveId)
    expect(await waveState(wave.waveId)).toBe('running')
    expect(await db().item.count({ where: { waveId: wave.waveId, state: 'waiting' } })).toBe(4)
  })

  it('approves nothing when a carved-out name is not in the wave', async () => {
    await expect(
      approveWave(instance.operator, {
        waveId: wave.waveId,
        carveOuts: [{ upn: 'nobody@contoso.example', reason: 'x' }],
      }),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await waveState(wave.waveId)).toBe('awaiting_approval')
  })

  it('given by two people at once is given once', async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() => approveWave(instance.operator, { waveId: wave.waveId })),
    )
    expect(both.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    expect(await db().approval.count({ where: { waveId: wave.waveId, state: 'approved' } })).toBe(1)
  })

  it('is void when the plan changes before the wave starts, and says what changed', async () => {
    await approveWave(instance.operator, { waveId: wave.waveId })
    await db().item.updateMany({
      where: { waveId: wave.waveId, upn: wave.upns[1] ?? '' },
      data: { readinessCodes: ['disabled'] },
    })
    await advanceWave(wave.waveId)
    expect(await waveState(wave.waveId)).toBe('draft')
    const approval = await db().approval.findFirstOrThrow({ where: { waveId: wave.waveId } })
    expect(approval).toMatchObject({
      state: 'voided',
      voidedBecause: ['1 person was changed: values, verdicts or readiness'],
    })
    expect(await db().item.count({ where: { waveId: wave.waveId, state: 'not_started' } })).toBe(5)
  })

  it('is void at once when a lead changes the target pool', async () => {
    const { voided } = await editBatch(instance.lead, {
      batchId: wave.batchId,
      targetPool: 'pool02.contoso.example',
    })
    expect(voided).toBe(1)
    expect(await waveState(wave.waveId)).toBe('draft')
  })

  it('needs a reason to be rejected', async () => {
    await expect(rejectWave(instance.operator, { waveId: wave.waveId, reason: '  ' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await rejectWave(instance.operator, { waveId: wave.waveId, reason: 'Not this week.' })
    expect(await waveState(wave.waveId)).toBe('draft')
  })

  it('can be withdrawn, and asked for again', async () => {
    await withdrawRequest(instance.lead, { waveId: wave.waveId })
    await expect(approveWave(instance.operator, { waveId: wave.waveId })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await requestApproval(instance.lead, { waveId: wave.waveId })).already).toBe(false)
  })

  it('left alone lapses into no', async () => {
    await db()
      .$executeRaw`UPDATE "approval" SET "endsAt" = clock_timestamp() - interval '1 second' WHERE "waveId" = ${wave.waveId}`
    await expect(approveWave(instance.operator, { waveId: wave.waveId })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await lapseApprovals()).toBe(1)
    expect(await waveState(wave.waveId)).toBe('draft')
  })
})

describe('the ledger', () => {
  it('is whole after all that, and names the row that was edited by hand', async () => {
    expect((await verifyChains()).problems).toEqual([])
    const row = await db().event.findFirstOrThrow({ where: { type: 'approval.approved' } })
    await db()
      .$executeRaw`UPDATE "event" SET "data" = jsonb_set("data", '{people}', '999') WHERE "chain" = ${row.chain} AND "seq" = ${row.seq}`
    expect((await verifyChains()).problems).toEqual([
      {
        chain: row.chain,
        seq: Number(row.seq),
        type: 'approval.approved',
        what: 'its columns no longer say what its canonical text says',
      },
    ])
  })
})
