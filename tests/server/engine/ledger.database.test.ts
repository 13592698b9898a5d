import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultsOf, genesisHash } from '@/domain/ledger/chain'
import { systemActor } from '@/domain/people/actor'
import { db } from '@/server/store/client'
import { direct } from '@/server/store/direct'
import { recordEvents } from '@/server/store/ledger'
import { type Engine, openEngine } from './instance'

let engine: Engine

beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.end())

it('links events in the database exactly as the domain links them, whatever stands in them', async () => {
  const reasons = [
    'plain',
    'quotes " and \\ and\nlines\t',
    'Zoë Müller 漢字 🙂',
    '\u0001\u001f\u007f\u2028',
    "' || 1 --",
  ]
  const events = reasons.map(reason => ({
    type: 'hold.set' as const,
    about: { batchId: 'bat_odd' },
    data: { holdId: 'hld_1', scope: 'batch' as const, targetId: 'bat_odd', reason },
  }))
  await recordEvents(direct(), systemActor, events.slice(0, 3))
  await db().$transaction(tx => recordEvents(tx, systemActor, events.slice(3)))
  const rows = await db().event.findMany({ where: { chain: 'bat_odd' }, orderBy: { seq: 'asc' } })
  expect(rows.map(row => (row.data as { reason: string }).reason)).toEqual(reasons)
  let previous = { seq: 0, hash: genesisHash }
  for (const row of rows) {
    const { at, seq, actorKind, actorId, actorName, via, ...rest } = row
    const actor = { kind: actorKind, id: actorId, name: actorName, via }
    const stored = { ...rest, seq: Number(seq), at: at.toISOString(), actor }
    expect(faultsOf(stored, previous)).toEqual([])
    previous = { seq: stored.seq, hash: row.hash }
  }
  const chain = await db().chain.findUniqueOrThrow({ where: { id: 'bat_odd' } })
  expect(chain).toMatchObject({ seq: BigInt(reasons.length), head: previous.hash })
})
