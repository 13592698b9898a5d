import type { SignInKind } from '@/domain/credentials/sign-in'
import { db } from '@/server/store/client'

export type LaneSettings = {
  laneId: string
  estateId: string
  estateName: string
  estateKind: 'lab' | 'live'
  estateExecutable: string | null
  name: string
  credentialId: string
  credential: string
  signIn: SignInKind
  concurrency: number
}

/** Every lane of every estate, with how many sessions may work in it: the lane's own limit, at most the credential's. */
export async function laneSettings(): Promise<LaneSettings[]> {
  return db().$queryRaw<LaneSettings[]>`
    SELECT l."id" AS "laneId", l."estateId", e."name" AS "estateName", e."kind"::text AS "estateKind", e."executable" AS "estateExecutable", l."name",
      l."credentialId", c."name" AS "credential", c."signIn"::text AS "signIn", least(l."concurrency", c."maxSessions")::int AS "concurrency"
    FROM "lane" l JOIN "estate" e ON e."id" = l."estateId" JOIN "credential" c ON c."id" = l."credentialId"
    ORDER BY l."estateId", l."name"`
}
