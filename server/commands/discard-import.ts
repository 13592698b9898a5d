import { type ImportState, mayDiscardImport } from '@/domain/import/states'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { Refused } from './refused'

/** Throws an import away: its rows are deleted, its name and totals stay as a record. Answers how many rows went. */
export async function discardImport(actor: Actor, importId: string): Promise<{ rows: number }> {
  permit(actor, 'imports.write')
  return db().$transaction(
    async tx => {
      const found = await tx.$queryRaw<{ name: string; state: ImportState }[]>`
        SELECT "name", "state"::text AS "state" FROM "import_file" WHERE "id" = ${importId} FOR NO KEY UPDATE`
      const file = found[0]
      if (!file) throw new Refused('not_found', `There is no import ${importId}.`)
      const may = mayDiscardImport(file)
      if (!may.ok) throw new Refused('conflict', may.why)
      await tx.importFile.update({ where: { id: importId }, data: { state: 'discarded' } })
      const { count } = await tx.importRow.deleteMany({ where: { importId } })
      await recordEvent(tx, actor, { type: 'import.discarded', data: { importId, name: file.name } })
      return { rows: count }
    },
    { timeout: 60_000 },
  )
}
