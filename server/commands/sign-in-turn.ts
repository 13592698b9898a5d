import { retryDelaySeconds } from '@/domain/outcome/backoff'
import { db } from '@/server/store/client'
import { stopLanesOf } from './stop-lane'

/** Whose turn it is to sign in with a credential. `until` names the turn that was given. */
export type SignInTurn =
  | { readonly kind: 'given'; readonly until: Date }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stopped' }

type Standing = { wait: number | null; stopped: boolean }

/** Whether a session may be opened for this credential now; what another one does just now is no hindrance. */
export async function lanesStopped(credentialId: string): Promise<boolean> {
  return (await standing(credentialId)).stopped
}

/**
 * Asks for the turn to sign in with a credential: one session at a time, over all workers, so that a wrong password is
 * tried once and not once for each session. A turn that is not given back ends by itself after `seconds`.
 */
export async function askSignInTurn(credentialId: string, seconds: number): Promise<SignInTurn> {
  const given = await db().$queryRaw<{ until: Date }[]>`
    UPDATE "credential" c SET "signInUntil" = clock_timestamp() + make_interval(secs => ${seconds}::float8)
    WHERE c."id" = ${credentialId} AND (c."signInUntil" IS NULL OR c."signInUntil" <= clock_timestamp())
      AND EXISTS (SELECT 1 FROM "lane" l WHERE l."credentialId" = c."id" AND l."stoppedAt" IS NULL)
    RETURNING c."signInUntil" AS "until"`
  if (given[0]) return { kind: 'given', until: given[0].until }
  const { stopped, wait } = await standing(credentialId)
  return stopped ? { kind: 'stopped' } : { kind: 'wait', ms: Math.max(0, wait ?? 0) }
}

async function standing(credentialId: string): Promise<Standing> {
  const rows = await db().$queryRaw<Standing[]>`
    SELECT (extract(epoch FROM c."signInUntil" - clock_timestamp()) * 1000)::float8 AS "wait",
      NOT EXISTS (SELECT 1 FROM "lane" l WHERE l."credentialId" = c."id" AND l."stoppedAt" IS NULL) AS "stopped"
    FROM "credential" c WHERE c."id" = ${credentialId}`
  return rows[0] ?? { wait: null, stopped: true }
}

/** How a sign-in ended, as far as the next one is concerned. */
export type SignInEnd =
  | { readonly kind: 'signed-in' }
  /** The account was not tried. */
  | { readonly kind: 'not-tried' }
  /** It passes by itself: tried again after these delays, and no more often. */
  | { readonly kind: 'passing'; readonly reason: string; readonly delaysSeconds: readonly number[] }
  /** Another try could lock the account. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Gives the turn back. A refused sign-in stops every lane of the credential in the same moment (rule 10), so that whoever
 * waits for the turn finds them stopped.
 */
export async function endSignInTurn(
  on: { credentialId: string; until: Date; estateKind: 'lab' | 'live' },
  end: SignInEnd,
): Promise<void> {
  await db().$transaction(async tx => {
    const rows = await tx.$queryRaw<{ tries: number }[]>`
      SELECT "signInTries" AS "tries" FROM "credential" WHERE "id" = ${on.credentialId} FOR UPDATE`
    const tries = rows[0]?.tries ?? 0
    const pause =
      end.kind === 'passing'
        ? retryDelaySeconds(end.delaysSeconds, tries, { kind: on.estateKind, jitter: Math.random() })
        : null
    const counted = end.kind === 'not-tried' ? tries : pause === null ? 0 : tries + 1
    // A turn that ran out was given to somebody else, whose end counts.
    await tx.$executeRaw`
      UPDATE "credential" SET "signInTries" = ${counted},
        "signInUntil" = clock_timestamp() + make_interval(secs => ${pause}::float8)
      WHERE "id" = ${on.credentialId} AND "signInUntil" = ${on.until}`
    if (end.kind === 'refused' || (end.kind === 'passing' && pause === null))
      await stopLanesOf(tx, on.credentialId, end.reason)
  })
}
