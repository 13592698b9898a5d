import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discardImport } from '@/server/commands/discard-import'
import { failStaleImports, judgeImport } from '@/server/commands/judge-import'
import { receiveImport } from '@/server/commands/receive-import'
import { importList } from '@/server/queries/import-list'
import { importRows } from '@/server/queries/import-rows'
import { importSummary } from '@/server/queries/import-summary'
import { db } from '@/server/store/client'
import { bring, bytesOf, type Instance, judged, openInstance, people, sampleFile } from './instance'

let instance: Instance
beforeAll(async () => {
  instance = await openInstance()
})
afterAll(() => instance.end())

const kept = () => {
  const folder = join(instance.folder, 'incoming')
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('a file that is judged', () => {
  test('is stored row by row with its totals, and one event says so', async () => {
    const importId = await judged(instance.lead, sampleFile('ps7-default'))
    const summary = await importSummary(instance.auditor, importId)
    expect(summary).toMatchObject({
      name: 'users.csv',
      state: 'judged',
      encoding: 'utf-8',
      delimiter: ',',
      bytes: 1794,
      bytesRead: 1794,
      totals: { rowsRead: 16, ready: 6, flagged: 4, refused: 5, leftOut: 1 },
      accepted: 0,
      entering: 6,
      createdBy: { name: 'Megan Bowen' },
      findings: [{ code: 'pool-is-evidence' }],
    })
    expect(summary.columns[0]).toEqual({
      name: 'SipAddress',
      role: 'SipAddress',
      samples: [
        'sip:adele.vance@contoso.example',
        "sip:sean.o'brien@contoso.example",
        'sip:miriam.graham@contoso.example',
      ],
    })
    expect(summary.codes).toContainEqual(expect.objectContaining({ code: 'upn-differs', rows: 1 }))
    const { rows, found } = await importRows(instance.auditor, importId)
    expect(found).toBe(16)
    expect(rows[5]).toMatchObject({
      row: 6,
      line: 7,
      verdict: 'flagged',
      sipAddress: 'lee.gu@contoso.example',
      upn: 'lgu@contoso.example',
      cells: { RegistrarPool: 'sippooldb41e04.infra.lync.example' },
      targetPool: null,
    })
    const events = await db().event.findMany({ where: { type: 'import.judged' } })
    expect(events).toHaveLength(1)
    expect(events[0]?.data).toMatchObject({
      importId,
      rowsRead: 16,
      ready: 6,
      flagged: 4,
      refused: 5,
      leftOut: 1,
    })
    expect(kept()).toEqual([])
  })

  test('what PostgreSQL cannot store does not stop the import', async () => {
    const importId = await judged(
      instance.lead,
      people('sip:a\u0000b@contoso.example,a@contoso.example,A\u0000'),
    )
    const { rows } = await importRows(instance.lead, importId)
    expect(rows[0]).toMatchObject({
      verdict: 'refused',
      cells: { SipAddress: 'sip:a\u2400b@contoso.example' },
    })
  })

  test('pages by keyset, filters and search find the same rows as the totals', async () => {
    const importId = await judged(
      instance.lead,
      people(
        ...Array.from(
          { length: 120 },
          (_, n) => `sip:p${n}@contoso.example,${n % 3 ? `p${n}@` : `q${n}@`}contoso.example,P ${n}`,
        ),
      ),
    )
    const { lead } = instance
    const first = await importRows(lead, importId, { limit: 50 })
    expect([first.rows.length, first.found, first.next, first.previous]).toEqual([50, 120, 50, null])
    const second = await importRows(lead, importId, { limit: 50, after: 50 })
    expect([second.rows[0]?.row, second.next, second.previous]).toEqual([51, 100, 51])
    const back = await importRows(lead, importId, { limit: 50, before: 51 })
    expect(back.rows.map(({ row }) => row)).toEqual(first.rows.map(({ row }) => row))
    expect((await importRows(lead, importId, { limit: 50, after: 100 })).next).toBeNull()
    expect((await importRows(lead, importId, { verdict: 'flagged' })).found).toBe(40)
    expect(
      (await importRows(lead, importId, { code: 'upn-differs', search: 'P11' })).rows.map(({ row }) => row),
    ).toEqual([112, 115, 118])
    expect((await importRows(lead, importId, { search: '%' })).found).toBe(0)
  })
})

describe('a file that is refused', () => {
  test.each([
    ['no-sip-column', sampleFile('no-sip-column')],
    ['empty-file', new Uint8Array()],
    ['binary-file', Uint8Array.from([0x50, 0x4b, 3, 4])],
    ['header-only', 'SipAddress\r\n'],
    [
      'quote-never-closed',
      `${people(...Array.from({ length: 30_000 }, (_, n) => `sip:z${n}@contoso.example,,Z`))}"`,
    ],
  ])('%s: says why, and has no rows', async (code, content) => {
    const outcome = await bring(instance.lead, content)
    expect(outcome).toMatchObject({ state: 'failed', error: { code } })
    const summary = await importSummary(instance.lead, outcome.importId)
    expect(summary).toMatchObject({ state: 'failed', error: { code }, totals: { rowsRead: 0 } })
    expect((await importRows(instance.lead, outcome.importId)).found).toBe(0)
    expect(kept()).toEqual([])
  })

  test('too large: refused before and while it is read', async () => {
    const before = await db().importFile.count()
    let read = 0
    async function* endless() {
      for (;;) {
        read += 1_000_000
        yield new Uint8Array(1_000_000).fill(97)
      }
    }
    const input = { estate: 'west', runbook: 'sfb-return', fileName: 'big.csv', source: endless() }
    await expect(receiveImport(instance.lead, { ...input, announcedBytes: 200_000_000 })).rejects.toThrow(
      /more than 100 MB/,
    )
    expect(read).toBe(0)
    await expect(receiveImport(instance.lead, input)).rejects.toThrow(/more than 100 MB/)
    expect(read).toBeLessThan(110_000_000)
    expect(kept()).toEqual([])
    expect(await db().importFile.count()).toBe(before)
  })

  test('a sender who breaks off leaves nothing behind', async () => {
    const before = await db().importFile.count()
    async function* broken() {
      yield* bytesOf(people('sip:half@contoso.example,,H'))
      throw new Error('the line went dead')
    }
    const input = { estate: 'west', runbook: 'sfb-return', fileName: 'a.csv', source: broken() }
    await expect(receiveImport(instance.lead, input)).rejects.toThrow(/went dead/)
    expect(kept()).toEqual([])
    expect(await db().importFile.count()).toBe(before)
  })

  test('discarded while it is read: no rows stay', async () => {
    const { importId } = await receiveImport(instance.lead, {
      estate: 'west',
      runbook: 'sfb-return',
      fileName: 'a.csv',
      source: bytesOf(people(...Array.from({ length: 3_000 }, (_, n) => `sip:d${n}@contoso.example,,D`))),
    })
    // Somebody else holds the import until all rows are written, and then discards it.
    const judging = await db().$transaction(async tx => {
      await tx.$executeRaw`SELECT FROM "import_file" WHERE "id" = ${importId} FOR NO KEY UPDATE`
      const outcome = judgeImport(instance.lead, importId).then(
        ({ state }) => state,
        (error: Error) => error.message,
      )
      while ((await db().importRow.count({ where: { importId } })) < 3_000);
      await tx.importFile.update({ where: { id: importId }, data: { state: 'discarded' } })
      return { outcome }
    })
    expect(await judging.outcome).toMatch(/discarded while/)
    expect((await importSummary(instance.lead, importId)).state).toBe('discarded')
    expect(await db().importRow.count({ where: { importId } })).toBe(0)
  })

  test('a reader that was stopped: nothing half-visible, and the import says so', async () => {
    async function* source() {
      yield* bytesOf(people('sip:stopped@contoso.example,,S'))
    }
    const { importId } = await receiveImport(instance.lead, {
      estate: 'west',
      runbook: 'sfb-return',
      fileName: 'a.csv',
      source: source(),
    })
    expect(await failStaleImports()).toBe(0)
    // Rows written by a process that was killed before the import said so are seen by nobody, and go.
    await db().importRow.create({
      data: { importId, row: 1, verdict: 'ready', identity: 'stopped@contoso.example', cells: {} },
    })
    expect((await importRows(instance.lead, importId)).found).toBe(0)
    expect((await importSummary(instance.lead, importId)).entering).toBe(0)
    await db()
      .$executeRaw`UPDATE "import_file" SET "seenAt" = now() - interval '3 minutes' WHERE "id" = ${importId}`
    expect(await failStaleImports()).toBe(1)
    expect(await importSummary(instance.lead, importId)).toMatchObject({
      state: 'failed',
      error: { code: 'interrupted' },
    })
    expect(await db().importRow.count({ where: { importId } })).toBe(0)
    expect(kept()).toEqual([])
    await expect(judgeImport(instance.lead, importId)).rejects.toThrow(/not waiting/)
  })
})

describe('the same file twice', () => {
  const list = people('sip:twice@contoso.example,twice@contoso.example,T')

  test('names the earlier import, and goes on only when that is meant', async () => {
    const first = await judged(instance.lead, list)
    await expect(bring(instance.lead, list)).rejects.toMatchObject({
      code: 'conflict',
      details: [first],
      message: expect.stringMatching(/imported before: users\.csv, at .* UTC by Megan Bowen\./),
    })
    expect(kept()).toEqual([])
    const again = await bring(instance.lead, list, { again: true })
    expect((await importSummary(instance.lead, again.importId)).repeats).toEqual({
      id: first,
      name: 'users.csv',
    })
    await discardImport(instance.lead, first)
    await discardImport(instance.lead, again.importId)
    expect((await bring(instance.lead, list)).state).toBe('judged')
  })

  test('two at the same moment: one of them is told', async () => {
    const both = people('sip:both@contoso.example,both@contoso.example,B')
    const outcomes = await Promise.allSettled([bring(instance.lead, both), bring(instance.lead, both)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

test('only a lead imports; everybody may look', async () => {
  const list = people('sip:may@contoso.example,may@contoso.example,M')
  await expect(bring(instance.operator, list)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(bring(instance.auditor, list)).rejects.toMatchObject({ code: 'forbidden' })
  const importId = await judged(instance.lead, list)
  await expect(discardImport(instance.auditor, importId)).rejects.toMatchObject({ code: 'forbidden' })
  const [newest] = await importList(instance.auditor, { limit: 1 })
  expect(newest).toMatchObject({ id: importId, createdBy: 'Megan Bowen', ready: 1 })
})

test('an unknown estate, an unknown runbook, a pool that is none', async () => {
  const input = { estate: 'west', runbook: 'sfb-return', fileName: 'a.csv' }
  const source = () => bytesOf('SipAddress\r\n')
  await expect(receiveImport(instance.lead, { ...input, estate: 'east', source: source() })).rejects.toThrow(
    /no estate/,
  )
  await expect(receiveImport(instance.lead, { ...input, runbook: 'x', source: source() })).rejects.toThrow(
    /no runbook/,
  )
  await expect(
    receiveImport(instance.lead, { ...input, targetPool: 'pool', source: source() }),
  ).rejects.toThrow(/Get-CsPool/)
})
