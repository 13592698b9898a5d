import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { importFile } from '@/server/commands/import-file'
import { closeDatabase, db } from '@/server/store/client'
import { createDatabase } from '../../database'

export type Instance = {
  lead: Actor
  operator: Actor
  auditor: Actor
  folder: string
  end: () => Promise<void>
}

/** A migrated database and a data folder of one's own, with an estate `west` and three people. */
export async function openInstance(): Promise<Instance> {
  const database = await createDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'ferry-import-'))
  process.env.DATABASE_URL = database.url
  process.env.FERRY_DATA_DIR = folder
  await db().estate.create({
    data: { id: 'west', name: 'West', kind: 'lab', pools: ['pool01.contoso.example'] },
  })
  const [lead, operator, auditor] = await Promise.all([
    person('Megan Bowen', 'lead'),
    person('Alex Wilber', 'operator'),
    person('Lee Gu', 'auditor'),
  ])
  return {
    lead,
    operator,
    auditor,
    folder,
    end: async () => {
      await closeDatabase()
      rmSync(folder, { recursive: true, force: true })
      await database.drop()
    },
  }
}

async function person(name: string, role: Role): Promise<Actor> {
  const id = `per_${role}`
  await db().user.create({ data: { id, name, email: `${role}@contoso.example`, roles: [role] } })
  return { kind: 'person', personId: id, name, roles: [role], via: 'screen' }
}

export async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

export const sampleFile = (name: string): Uint8Array =>
  readFileSync(new URL(`../../samples/csv/${name}.csv`, import.meta.url))

export function bring(
  actor: Actor,
  content: string | Uint8Array,
  more: { again?: boolean; targetPool?: string } = {},
) {
  return importFile(actor, {
    estate: 'west',
    runbook: 'sfb-return',
    fileName: 'C:\\lists\\users.csv',
    source: bytesOf(content),
    ...more,
  })
}

/** Like bring, for files that are known to be judged: answers the import's id. */
export async function judged(actor: Actor, content: string | Uint8Array): Promise<string> {
  const outcome = await bring(actor, content)
  if (outcome.state !== 'judged') throw new Error(outcome.error.reason)
  return outcome.importId
}

export const people = (...rows: string[]): string =>
  `SipAddress,UserPrincipalName,DisplayName\r\n${rows.join('\r\n')}\r\n`
