import type { Column } from '@/domain/import/header'
import { type ImportState, mayEditImport } from '@/domain/import/states'
import { Refused } from '@/server/commands/refused'
import type { Tx } from './ledger'

export type EditableImport = {
  id: string
  estateId: string
  name: string
  sha256: string | null
  state: ImportState
  encoding: string | null
  columns: Column[]
}

/** Locks the import for the transaction, and refuses where its rows may not be changed any more. */
export async function editableImport(tx: Tx, importId: string): Promise<EditableImport> {
  const rows = await tx.$queryRaw<EditableImport[]>`
    SELECT "id", "estateId", "name", "sha256", "state"::text AS "state", "encoding", "columns"
    FROM "import_file" WHERE "id" = ${importId} FOR UPDATE`
  const file = rows[0]
  if (!file) throw new Refused('not_found', `There is no import ${importId}.`)
  const may = mayEditImport(file)
  if (!may.ok) throw new Refused('conflict', may.why)
  return file
}
