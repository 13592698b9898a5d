import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

/** What the newest session of an estate ran on, as the shell said itself. */
export type EstateShell = { executable: string; version: string; edition: string; openedAt: Date }

/** The shell of the estate's newest session; null where none was opened yet. */
export async function estateShell(actor: Actor, estateId: string): Promise<EstateShell | null> {
  permit(actor, 'estates.read')
  const rows = await db().$queryRaw<EstateShell[]>`
    SELECT s."shell"->>'executable' AS "executable", s."shell"->>'version' AS "version",
      s."shell"->>'edition' AS "edition", s."openedAt"
    FROM "seat" s JOIN "credential" c ON c."id" = s."credentialId"
    WHERE c."estateId" = ${estateId} AND s."shell"->>'executable' IS NOT NULL
    ORDER BY s."openedAt" DESC LIMIT 1`
  return rows[0] ?? null
}
