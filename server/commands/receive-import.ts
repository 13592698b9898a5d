import { judgeTargetPool } from '@/domain/import/address'
import { importLimits } from '@/domain/import/limits'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { dropIncoming, keepIncoming, tooLarge } from '@/server/store/incoming'
import type { Tx } from '@/server/store/ledger'
import { shippedRunbook } from '@/server/store/runbook-versions'
import { Refused } from './refused'

export type ImportInput = {
  /** Id or name. */
  estate: string
  runbook: string
  /** The file's name, for people. */
  fileName: string
  /** The target of everybody whose row has no TargetPool of its own (rule 12). */
  targetPool?: string
  source: AsyncIterable<Uint8Array>
  /** Bytes announced by whoever sends the file; too many are refused before any is read. */
  announcedBytes?: number
  /** Set by a person who was told that this very file was imported before. */
  again?: boolean
}

/**
 * Takes a file in: writes it to the instance's folder, notices one that was brought before, and makes the import that
 * {@link file://./judge-import.ts judgeImport} then fills. Nothing is left behind when it refuses.
 */
export async function receiveImport(actor: Actor, input: ImportInput): Promise<{ importId: string }> {
  const personId = permitPerson(actor, 'imports.write')
  const runbook = shippedRunbook(input.runbook)
  const estate = await db().estate.findFirst({
    where: { OR: [{ id: input.estate }, { name: input.estate }] },
    select: { id: true },
  })
  if (!estate) throw new Refused('not_found', `There is no estate ${input.estate}.`)
  const targetPool = checkedPool(input.targetPool)
  if ((input.announcedBytes ?? 0) > importLimits.bytes) throw tooLarge()

  const importId = newId('import')
  const { sha256, bytes } = await keepIncoming(importId, input.source)
  try {
    await db().$transaction(async tx => {
      const earlier = await earlierImport(tx, estate.id, sha256)
      if (earlier && !input.again) throw broughtBefore(earlier)
      await tx.importFile.create({
        data: {
          id: importId,
          estateId: estate.id,
          runbook: runbook.id,
          name: shownName(input.fileName),
          sha256,
          bytes,
          targetPool,
          repeatsId: earlier?.id ?? null,
          createdById: personId,
        },
      })
    })
  } catch (error) {
    await dropIncoming(importId)
    throw error
  }
  return { importId }
}

type Earlier = {
  id: string
  name: string
  state: string
  at: string
  by: string | null
  batch: string | null
}

/** The newest import of the same bytes into the same estate that still counts. Two at once wait for each other here. */
async function earlierImport(tx: Tx, estateId: string, sha256: string): Promise<Earlier | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${estateId} ${sha256}`}, 0))`
  const rows = await tx.$queryRaw<Earlier[]>`
    SELECT f."id", f."name", f."state"::text AS "state", u."name" AS "by", b."name" AS "batch",
      to_char(f."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "at"
    FROM "import_file" f LEFT JOIN "user" u ON u."id" = f."createdById" LEFT JOIN "batch" b ON b."id" = f."batchId"
    WHERE f."estateId" = ${estateId} AND f."sha256" = ${sha256} AND f."state" IN ('reading', 'judged', 'used')
    ORDER BY f."createdAt" DESC LIMIT 1`
  return rows[0] ?? null
}

function broughtBefore(earlier: Earlier): Refused {
  const by = earlier.by ? ` by ${earlier.by}` : ''
  const became = earlier.batch ? ` It became the batch “${earlier.batch}”.` : ''
  return new Refused(
    'conflict',
    `The same file was imported before: ${earlier.name}, at ${earlier.at} UTC${by}.${became} Open that import, or say that this one is meant as well.`,
    [earlier.id],
  )
}

function checkedPool(pool: string | undefined): string | null {
  if (pool === undefined || pool.trim() === '') return null
  const judged = judgeTargetPool(pool)
  if (judged.pool !== null) return judged.pool
  throw new Refused(
    'invalid',
    `${judged.findings[0]?.reason ?? 'The target pool cannot be used.'} Write it as Get-CsPool shows it, such as pool01.contoso.example.`,
  )
}

/** A name without folders and without what cannot be shown, since it comes from another machine. */
function shownName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? ''
  const shown = last.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '').trim()
  return shown.slice(0, 200) || 'users.csv'
}
