import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBatch } from '@/server/commands/create-batch'
import { fixImportCell } from '@/server/commands/fix-import-cell'
import { requestApproval } from '@/server/commands/request-approval'
import { db } from '@/server/store/client'
import { type Instance, judged, openInstance, people } from './instance'

let instance: Instance
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

test('whoever fixed a cell is involved, so is not its approver', async () => {
  const importId = await judged(instance.lead, people('sip:a@contoso.example,a@contoso.example,A'))
  const fixer = { ...instance.lead, personId: 'per_operator' } as typeof instance.lead
  await fixImportCell(fixer, { importId, row: 1, column: 'DisplayName', value: 'Adele' })
  const { waves, batchId } = await createBatch(instance.lead, { importId })
  await db().item.updateMany({ where: { batchId }, data: { readAt: new Date() } })
  await requestApproval(instance.lead, { waveId: waves[0]?.id ?? '' })
  const approval = await db().approval.findFirstOrThrow()
  expect(approval.involvedIds).toEqual(['per_lead', 'per_operator'])
})
