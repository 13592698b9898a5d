import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { sfbReturn } from '@/runbooks/sfb-return/definition'
import { closeDatabase, db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvents } from '@/server/store/ledger'
import { runbookVersionId } from '@/server/store/runbook-versions'
import { createDatabase } from '../../database'

export const lead: Extract<Actor, { kind: 'person' }> = {
  kind: 'person',
  personId: 'per_lead',
  name: 'Megan Bowen',
  roles: ['lead'],
  via: 'screen',
}
export const operator: Extract<Actor, { kind: 'person' }> = {
  ...lead,
  personId: 'per_operator',
  name: 'Alex Wilber',
  roles: ['operator'],
}
/** Somebody signed in who may nothing. */
export const nobody: Extract<Actor, { kind: 'person' }> = { ...lead, personId: 'per_none', roles: [] }

/** A migrated database of one's own with one estate and two people. */
export async function openInstance(): Promise<{ end: () => Promise<void> }> {
  const database = await createDatabase()
  process.env.DATABASE_URL = database.url
  await db().estate.create({ data: { id: 'west', name: 'West', kind: 'lab', zone: 'Europe/Berlin' } })
  await db().user.createMany({
    data: [
      { id: lead.personId, name: lead.name, email: 'megan@contoso.example', roles: ['lead'] },
      { id: operator.personId, name: operator.name, email: 'alex@contoso.example', roles: ['operator'] },
    ],
  })
  return {
    end: async () => {
      await closeDatabase()
      await database.drop()
    },
  }
}

export type Spec = {
  state: ItemState
  stepKey?: string
  reason?: string
  errorSignature?: string
  errorClass?: string
  displayName?: string
}

/** A batch whose waves hold people exactly as given; positions run through in order. */
export async function makeBatch(
  waves: readonly {
    name: string
    isPilot?: boolean
    state?: 'draft' | 'running' | 'done' | 'approved'
    people: readonly Spec[]
  }[],
): Promise<{ batchId: string; waveIds: string[]; itemIds: string[] }> {
  const batchId = newId('batch')
  const importId = newId('import')
  const total = waves.reduce((sum, wave) => sum + wave.people.length, 0)
  await db().importFile.create({
    data: {
      id: importId,
      estateId: 'west',
      runbook: 'sfb-return',
      name: 'people.csv',
      state: 'used',
      rowsRead: total + 6,
      ready: total,
      flagged: 3,
      refused: 2,
      leftOut: 1,
      createdById: lead.personId,
      batchId,
    },
  })
  await db().batch.create({
    data: {
      id: batchId,
      name: 'West',
      state: 'active',
      estateId: 'west',
      runbookVersionId: await runbookVersionId(db(), sfbReturn),
      importId,
      targetPool: 'pool01.contoso.example',
      createdById: lead.personId,
    },
  })
  const waveIds: string[] = []
  const itemIds: string[] = []
  for (const [index, wave] of waves.entries()) {
    const waveId = newId('wave')
    waveIds.push(waveId)
    await db().wave.create({
      data: {
        id: waveId,
        batchId,
        position: index,
        name: wave.name,
        isPilot: wave.isPilot ?? false,
        state: wave.state ?? 'running',
        startedAt: wave.state === 'draft' ? null : new Date(),
      },
    })
    for (const person of wave.people) {
      const id = newId('item')
      const position = itemIds.length
      itemIds.push(id)
      await db().item.create({
        data: {
          ...person,
          id,
          batchId,
          waveId,
          estateId: 'west',
          position,
          identity: `${id}@contoso.example`,
          displayName: person.displayName ?? `Person ${position}`,
          sipAddress: `person${position}@contoso.example`,
          upn: `upn${position}@contoso.example`,
        },
      })
    }
  }
  return { batchId, waveIds, itemIds }
}

/** Writes events about an item, each in its own transaction, as workers do. */
export async function happen(batchId: string, itemId: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++)
    await db().$transaction(tx =>
      recordEvents(tx, lead, [
        { type: 'item.read', about: { batchId, itemId }, data: { codes: [String(time)] } },
      ]),
    )
}
