import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptImportRows } from '@/server/commands/accept-import-rows'
import { createBatch } from '@/server/commands/create-batch'
import { discardImport } from '@/server/commands/discard-import'
import { fixImportCell } from '@/server/commands/fix-import-cell'
import { recheckImport } from '@/server/commands/recheck-import'
import { exportImport } from '@/server/queries/export-import'
import { importRows } from '@/server/queries/import-rows'
import { importSummary } from '@/server/queries/import-summary'
import { db } from '@/server/store/client'
import { type Instance, judged, openInstance, people, sampleFile } from './instance'

let instance: Instance
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

const verdicts = async (importId: string) =>
  (await importRows(instance.lead, importId)).rows.map(({ verdict, findings }) =>
    `${verdict} ${findings.map(({ code }) => code).join(',')}`.trim(),
  )

test('a flagged row is accepted by name with a reason, and is undone by a change', async () => {
  const { lead } = instance
  const importId = await judged(
    lead,
    people(
      'sip:a@contoso.example,b@contoso.example,A',
      'sip:*@contoso.example,,X',
      'c@contoso.example,c@contoso.example,C',
    ),
  )
  await expect(acceptImportRows(lead, { importId, rows: [1], reason: ' ' })).rejects.toThrow(/reason/)
  await expect(acceptImportRows(lead, { importId, rows: [1, 2], reason: 'seen' })).rejects.toMatchObject({
    details: ['Row 2 is refused'],
  })
  await expect(acceptImportRows(lead, { importId, rows: [99], reason: 'seen' })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(
    acceptImportRows(instance.operator, { importId, rows: [1], reason: 'x' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  expect(await acceptImportRows(lead, { importId, rows: [1, 3], reason: 'married last year' })).toEqual({
    accepted: 2,
  })
  expect(await acceptImportRows(lead, { importId, rows: [1], reason: 'again' })).toEqual({ accepted: 0 })
  expect(await importSummary(lead, importId)).toMatchObject({
    accepted: 2,
    entering: 2,
    totals: { flagged: 2 },
  })
  expect((await importRows(lead, importId)).rows[0]).toMatchObject({
    acceptedBy: 'Megan Bowen',
    acceptedReason: 'married last year',
  })
  expect(await db().event.count({ where: { type: 'import.row_accepted' } })).toBe(2)
  await fixImportCell(lead, { importId, row: 1, column: 'UserPrincipalName', value: 'd@contoso.example' })
  expect(await importSummary(lead, importId)).toMatchObject({ accepted: 1, entering: 1 })
})

test('a cell is fixed in place: judged anew, totals and other rows with it, the old value on record', async () => {
  const { lead } = instance
  const importId = await judged(
    lead,
    people(
      'sip:a@contoso.example,a@contoso.example,A',
      'sip:A@contoso.example,a@contoso.example,Other A',
      'sip:*@contoso.example,,X',
      'short',
    ),
  )
  expect(await verdicts(importId)).toEqual([
    'ready',
    'refused duplicate-address',
    'refused wildcard',
    'refused too-few-cells',
  ])

  const fixed = await fixImportCell(lead, {
    importId,
    row: 1,
    column: 'SipAddress',
    value: 'sip:a1@contoso.example',
  })
  expect(fixed.rows).toEqual([{ row: 1, before: 'ready', after: 'flagged' }])
  expect(await verdicts(importId)).toEqual([
    'flagged upn-differs',
    'refused duplicate-upn',
    'refused wildcard',
    'refused too-few-cells',
  ])
  const freed = await fixImportCell(lead, {
    importId,
    row: 1,
    column: 'UserPrincipalName',
    value: 'a1@contoso.example',
  })
  expect(freed).toMatchObject({
    totals: { rowsRead: 4, ready: 2, flagged: 0, refused: 2, left_out: 0 },
    rows: [
      { row: 1, after: 'ready' },
      { row: 2, before: 'refused', after: 'ready' },
    ],
  })
  await fixImportCell(lead, { importId, row: 3, column: 'SipAddress', value: 'sip:a@contoso.example' })
  expect((await verdicts(importId))[2]).toBe('refused no-upn,duplicate-address')
  await fixImportCell(lead, { importId, row: 4, column: 'DisplayName', value: 'S' })
  await fixImportCell(lead, { importId, row: 4, column: 'SipAddress', value: 'sip:s@contoso.example' })
  expect((await verdicts(importId))[3]).toBe('flagged no-upn')
  await expect(fixImportCell(lead, { importId, row: 4, column: 'Nope', value: 'S' })).rejects.toThrow(
    /no column/,
  )
  await expect(fixImportCell(lead, { importId, row: 9, column: 'SipAddress', value: 'S' })).rejects.toThrow(
    /no row/,
  )
  const { rows } = await importRows(lead, importId)
  expect(rows[0]?.fixes).toMatchObject([
    {
      column: 'SipAddress',
      before: 'sip:a@contoso.example',
      after: 'sip:a1@contoso.example',
      byId: 'per_lead',
    },
    { column: 'UserPrincipalName', before: 'a@contoso.example' },
  ])
})

test('a name typed by hand is not a guess of the encoding any more', async () => {
  const importId = await judged(instance.lead, sampleFile('latin1'))
  await fixImportCell(instance.lead, { importId, row: 4, column: 'DisplayName', value: 'Zoë Müller' })
  expect((await verdicts(importId))[3]).toBe('ready')
})

test('people in an open batch are refused, and come free when it ends', async () => {
  const { lead } = instance
  const row = 'sip:open@contoso.example,open@contoso.example,O'
  const batch = await createBatch(lead, { importId: await judged(lead, people(row)), name: 'West, wave 1' })
  const importId = await judged(lead, people(row, 'sip:free@contoso.example,free@contoso.example,F'))
  expect(await verdicts(importId)).toEqual(['refused already-in-batch', 'ready'])
  expect((await importRows(lead, importId)).rows[0]?.findings[0]?.reason).toContain('“West, wave 1”')
  expect((await recheckImport(lead, importId)).rows).toEqual([])
  await db().item.updateMany({ where: { batchId: batch.batchId }, data: { open: false } })
  expect(await recheckImport(lead, importId)).toMatchObject({
    totals: { ready: 2 },
    rows: [{ row: 1, before: 'refused', after: 'ready' }],
  })
  await db().item.updateMany({ where: { batchId: batch.batchId }, data: { open: true } })
  expect((await recheckImport(lead, importId)).rows).toEqual([{ row: 1, before: 'ready', after: 'refused' }])
})

test('after a batch was made, and after it was discarded, rows stay as they are', async () => {
  const { lead } = instance
  const used = await judged(
    lead,
    people('sip:used@contoso.example,used@contoso.example,U', 'sip:x@contoso.example,y@contoso.example,X'),
  )
  await createBatch(lead, { importId: used })
  await expect(acceptImportRows(lead, { importId: used, rows: [2], reason: 'late' })).rejects.toThrow(
    /A batch was made/,
  )
  await expect(discardImport(lead, used)).rejects.toThrow(/stays as the record/)
  const gone = await judged(lead, people('sip:gone@contoso.example,gone@contoso.example,G'))
  expect(await discardImport(lead, gone)).toEqual({ rows: 1 })
  expect((await importRows(lead, gone)).found).toBe(0)
  await expect(
    fixImportCell(lead, { importId: gone, row: 1, column: 'SipAddress', value: '' }),
  ).rejects.toThrow(/discarded/)
  await expect(discardImport(lead, gone)).rejects.toThrow(/already/)
})

test('the export holds every row with its verdict, its filter and totals that add up', async () => {
  const importId = await judged(instance.lead, sampleFile('ps7-default'))
  const read = async (filter = {}) => {
    let text = ''
    for await (const piece of exportImport(instance.auditor, importId, filter)) text += piece
    expect(text.startsWith('\ufeff')).toBe(true)
    return parse(text, { columns: true, bom: true }) as Record<string, string>[]
  }
  const all = await read()
  const rows = all.filter(({ Record }) => Record === 'row')
  expect(rows).toHaveLength(16)
  expect(rows[10]?.DisplayName).toBe('\'=HYPERLINK("http://x.example","click")')
  expect(rows[8]?.Findings).toContain('Row 8 (line 9) has the same address')
  expect(rows.filter(({ Enters }) => Enters === 'yes')).toHaveLength(6)
  const totals = all.filter(({ Record }) => Record === 'total').map(({ Statement }) => Statement)
  expect(totals).toEqual([
    'Rows: 16 in this export, 16 read from the file',
    'ready: 6 in this export, 6 in the file',
    'flagged: 4 in this export, 4 in the file',
    'refused: 5 in this export, 5 in the file',
    'left out: 1 in this export, 1 in the file',
  ])
  const refused = await read({ verdict: 'refused' })
  expect(refused.filter(({ Record }) => Record === 'row')).toHaveLength(5)
  expect(refused.map(({ Statement }) => Statement)).toContain('Filter: verdict refused')
  expect(refused.map(({ Statement }) => Statement)).toContain('Rows: 5 in this export, 16 read from the file')
  const taken = await db().event.findMany({ where: { type: 'export.taken' }, orderBy: { seq: 'asc' } })
  expect(taken.map(({ data }) => data)).toMatchObject([{ rows: 16 }, { filter: 'verdict refused', rows: 5 }])
  // Left in the middle, it lets go of its connection; `drop` of the test's database would tell.
  for await (const _ of exportImport(instance.auditor, importId)) break
})
