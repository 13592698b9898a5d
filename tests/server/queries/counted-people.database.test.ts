import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveWave } from '@/server/commands/approve-wave'
import { cancelWave } from '@/server/commands/cancel-wave'
import { deleteBatch } from '@/server/commands/delete-batch'
import { requestApproval } from '@/server/commands/request-approval'
import { splitWave } from '@/server/commands/split-wave'
import { findAnything } from '@/server/queries/palette'
import { PACE_MINUTES, verifiedPerMinute } from '@/server/queries/verified-pace'
import { verifiedSlots } from '@/server/queries/verified-slots'
import { db } from '@/server/store/client'
import { foldPeople } from '@/server/store/counted-people'
import { wrongCounts } from '../engine/histories/counted'
import { Dice } from '../engine/histories/dice'
import { History } from '../engine/histories/history'
import { type Engine, openEngine } from '../engine/instance'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine(4)
})
afterAll(() => engine.end())

const reason = 'By a test'
const addBatch = async (name: string, people: number) => {
  await new History(engine, new Dice(1)).addBatch(name, people)
  return db().batch.findFirstOrThrow({
    orderBy: { createdAt: 'desc' },
    include: { waves: { orderBy: { position: 'asc' } } },
  })
}
/** Right before they are folded, right after, and with nothing left to fold. */
async function expectRight(): Promise<void> {
  expect(await wrongCounts()).toEqual([])
  await foldPeople()
  expect(await wrongCounts()).toEqual([])
  expect(await db().itemChange.count()).toBe(0)
}

test('numbers and words follow what changes many people at once', async () => {
  const batch = await addBatch('many', 14)
  await expectRight()
  const [pilot, wave] = batch.waves
  if (!pilot || !wave) throw new Error('The batch has no waves.')
  await splitWave(engine.lead, { waveId: wave.id, keep: 2 })
  await expectRight()
  await requestApproval(engine.lead, { waveId: wave.id })
  const one = await db().item.findFirstOrThrow({ where: { waveId: wave.id } })
  await approveWave(engine.operator, { waveId: wave.id, carveOuts: [{ itemId: one.id, reason }] })
  await expectRight()
  await cancelWave(engine.lead, { waveId: wave.id, reason })
  await expectRight()
  const gone = await addBatch('gone', 9)
  await deleteBatch(engine.lead, { batchId: gone.id, reason })
  await expectRight()
  expect(await db().itemCount.count({ where: { batchId: gone.id } })).toBe(0)
  expect(await db().itemWord.count({ where: { batchId: gone.id } })).toBe(0)
})

test('people verified over time are counted in slots of every length', async () => {
  const batch = await addBatch('pace', 12)
  await db().$executeRaw`
    UPDATE "item" SET "state" = 'done', "open" = false, "changedAt" = now() - make_interval(mins => "position" * "position" * 7)
    WHERE "batchId" = ${batch.id}`
  await expectRight()
  // The one of 7 minutes ago, the one of now.
  const pace = (await verifiedPerMinute(db(), [batch.id])).get(batch.id) ?? []
  expect(pace).toHaveLength(PACE_MINUTES)
  expect(pace.reduce((sum, people) => sum + people, 0)).toBe(2)
  expect(pace.at(-1)).toBe(1)
  for (const hours of [1, 9, 30, 500]) {
    const from = new Date(Date.now() - hours * 3_600_000)
    const { slots, slotMs } = await verifiedSlots(db(), batch.id, { from, to: new Date() })
    const first = new Date(Math.floor(from.getTime() / slotMs) * slotMs)
    const expected = await db().item.count({ where: { batchId: batch.id, changedAt: { gte: first } } })
    expect(slots.reduce((sum, slot) => sum + slot.verified, 0)).toBe(expected)
  }
  await db()
    .$executeRaw`UPDATE "item" SET "state" = 'failed', "open" = true, "reason" = 'Gone again' WHERE "batchId" = ${batch.id}`
  await expectRight()
})

test('two who change people of one batch do not wait for each other, nor for a fold', async () => {
  const batch = await addBatch('side', 4)
  const [a, b] = await db().item.findMany({ where: { batchId: batch.id }, orderBy: { position: 'asc' } })
  if (!a || !b) throw new Error('The batch has no people.')
  await db().$transaction(async first => {
    await first.item.update({ where: { id: a.id }, data: { state: 'waiting' } })
    await db().$transaction(async second => {
      await second.$executeRaw`SET LOCAL lock_timeout = '2s'`
      await second.item.update({ where: { id: b.id }, data: { state: 'waiting' } })
    })
    await foldPeople()
  })
  await expectRight()
})

test('a database from before gets its numbers and words from its people', async () => {
  const tables = ['item_change', 'item_count', 'item_block', 'item_pace', 'item_word']
  await db().$executeRawUnsafe(`TRUNCATE ${tables.join(', ')}`)
  expect(await wrongCounts()).not.toEqual([])
  for (const name of ['20261125000000_counted_people', '20261125000100_words_of_people']) {
    const sql = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8')
    for (const statement of sql.slice(sql.lastIndexOf('-- Everybody who is there already.')).split(';'))
      if (/INSERT|SELECT/.test(statement)) await db().$executeRawUnsafe(statement)
  }
  await expectRight()
})

test('the search over everything finds people by words of name and address, rare and frequent ones', async () => {
  const names = async (text: string) =>
    (await findAnything(engine.lead, text)).people.map(one => one.displayName)
  expect(await names('many3')).toEqual(['Person many3'])
  expect(await names('person many3')).toEqual(['Person many3'])
  expect(await names('sip:many3@contoso')).toEqual(['Person many3'])
  expect(await names('contoso')).toHaveLength(8)
  expect(await names('any3')).toEqual([])
  expect(await names('%')).toEqual([])
})
