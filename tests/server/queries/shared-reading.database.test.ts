import { expect, test } from 'vitest'
import type { Actor } from '@/domain/people/actor'
import { SharedReadings } from '@/server/live/shared-reading'
import type { eventsAfter } from '@/server/queries/live'
import { lead, nobody } from './fixture'

/** A ledger of one chain that counts how often it is read. */
function ledger() {
  const state = { committed: 0, reads: 0, fails: false }
  const read: typeof eventsAfter = async (_actor: Actor, { chain, after }) => {
    state.reads++
    if (state.fails) throw new Error('The ledger is away.')
    return Array.from({ length: state.committed - after }, (_, index) => ({
      chain,
      seq: after + index + 1,
      type: 'item.read',
      at: '',
      waveId: null,
      itemId: null,
    }))
  }
  return { state, shared: new SharedReadings(read) }
}
const from = (after: number, chain = 'bat_x') => ({ chain, after, limit: 500 })

test('two hundred who stand at the same place and were woken by the same commit are one reading', async () => {
  const { state, shared } = ledger()
  state.committed = 3
  const seen = await Promise.all(Array.from({ length: 200 }, () => shared.eventsAfter(lead, from(2), 3)))
  expect(state.reads).toBe(1)
  expect(seen.every(events => events.length === 1 && events[0]?.seq === 3)).toBe(true)
})

test('a reading does not serve who was woken later, stands elsewhere, or does not know what there is', async () => {
  const { state, shared } = ledger()
  state.committed = 3
  await shared.eventsAfter(lead, from(2), 3)
  state.committed = 5
  expect((await shared.eventsAfter(lead, from(2), 5)).map(event => event.seq)).toEqual([3, 4, 5])
  expect((await shared.eventsAfter(lead, from(3), 5)).map(event => event.seq)).toEqual([4, 5])
  expect((await shared.eventsAfter(lead, from(3), null)).map(event => event.seq)).toEqual([4, 5])
  expect((await shared.eventsAfter(lead, from(3, 'bat_y'), 5)).length).toBe(2)
  expect(state.reads).toBe(5)
})

test('a reading that failed is read anew; who may not read gets nothing that others read', async () => {
  const { state, shared } = ledger()
  state.committed = 1
  state.fails = true
  await expect(shared.eventsAfter(lead, from(0), 1)).rejects.toThrow('away')
  state.fails = false
  expect(await shared.eventsAfter(lead, from(0), 1)).toHaveLength(1)
  expect(() => shared.eventsAfter(nobody, from(0), 1)).toThrow()
})
