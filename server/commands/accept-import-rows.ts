import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { editableImport } from '@/server/store/editable-import'
import { recordEvents } from '@/server/store/ledger'
import { Refused } from './refused'

/** People accepted by one call, each with an event of their own in the ledger. */
const most = 2_000

/**
 * Rule 13: a flagged row enters only when a person accepts it by name with a reason. All of the rows named, or none.
 * Answers how many were accepted now; rows accepted before stay as they are.
 */
export async function acceptImportRows(
  actor: Actor,
  input: { importId: string; rows: readonly number[]; reason: string },
): Promise<{ accepted: number }> {
  const personId = permitPerson(actor, 'imports.write')
  const reason = input.reason.trim()
  const rows = [...new Set(input.rows)]
  if (reason === '') throw new Refused('invalid', 'Accepting a flagged row takes a reason.')
  if (reason.length > 2_000) throw new Refused('invalid', 'The reason is longer than 2,000 characters.')
  if (rows.length === 0) throw new Refused('invalid', 'No row is chosen.')
  if (rows.length > most)
    throw new Refused('invalid', `${rows.length} rows at once are too many. Accept ${most} at most.`)
  return db().$transaction(
    async tx => {
      const file = await editableImport(tx, input.importId)
      const found = await tx.importRow.findMany({
        where: { importId: file.id, row: { in: rows } },
        select: { row: true, verdict: true, identity: true, acceptedAt: true },
        orderBy: { row: 'asc' },
      })
      const wrong = found.filter(({ verdict }) => verdict !== 'flagged')
      if (found.length < rows.length)
        throw new Refused('not_found', 'This import does not have all of these rows.')
      if (wrong.length > 0)
        throw new Refused(
          'conflict',
          'Only flagged rows can be accepted. Fix a refused row instead.',
          wrong.slice(0, 10).map(({ row, verdict }) => `Row ${row} is ${verdict.replace('_', ' ')}`),
        )
      const open = found.filter(({ acceptedAt }) => acceptedAt === null)
      await tx.$executeRaw`
        UPDATE "import_row" SET "acceptedById" = ${personId}, "acceptedReason" = ${reason}, "acceptedAt" = now()
        WHERE "importId" = ${file.id} AND "row" = ANY(${open.map(({ row }) => row)}::int[])`
      await recordEvents(
        tx,
        actor,
        open.map(({ row, identity }) => ({
          type: 'import.row_accepted' as const,
          data: { importId: file.id, row, identity: identity ?? '', reason },
        })),
      )
      return { accepted: open.length }
    },
    { timeout: 60_000 },
  )
}
