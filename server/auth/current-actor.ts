import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from '@/domain/people/actor'
import { signInPath } from '@/domain/people/next-path'
import type { Role } from '@/domain/people/permissions'
import { db } from '@/server/store/client'
import { auth } from './better-auth'
import { PATH_HEADER } from './path-header'

/** Far longer than two small reads ever take on a database that works. */
const PATIENCE_MS = 8_000

type SignedIn = Extract<Actor, { kind: 'person' }>

/**
 * Who holds the session of a request's cookies, or null: no session, an ended one, a disabled person. Roles are read
 * anew with every request, and the database's clock says whether the session is over.
 */
export async function actorOfSession(requestHeaders: Headers): Promise<SignedIn | null> {
  return (await signedInSession(requestHeaders))?.actor ?? null
}

/** The same with the session's id, for what outlives the request and asks again whether it still stands. */
export async function signedInSession(
  requestHeaders: Headers,
): Promise<{ actor: SignedIn; sessionId: string } | null> {
  return answerOrError(readSession(requestHeaders))
}

/** Every page asks this first: where a database hangs, the page says so instead of standing empty. */
async function answerOrError<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer.')), PATIENCE_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

async function readSession(requestHeaders: Headers): Promise<{ actor: SignedIn; sessionId: string } | null> {
  const session = await auth().api.getSession({ headers: requestHeaders })
  if (!session) return null
  const rows = await db().$queryRaw<{ id: string; name: string; roles: Role[] }[]>`
    SELECT p."id", p."name", p."roles"::text[] AS "roles"
    FROM "session" s JOIN "user" p ON p."id" = s."userId"
    WHERE s."id" = ${session.session.id} AND s."expiresAt" > now() AND p."disabledAt" IS NULL`
  const person = rows[0]
  if (!person) return null
  return {
    actor: { kind: 'person', personId: person.id, name: person.name, roles: person.roles, via: 'screen' },
    sessionId: session.session.id,
  }
}

/** Who is looking at this page, or null for a stranger. Asked once a request, however many parts of a page ask. */
export const currentActor = cache(async (): Promise<SignedIn | null> => actorOfSession(await headers()))

/** Who is looking at this page; a stranger is sent to sign in and comes back here afterwards. */
export async function requireActor(): Promise<SignedIn> {
  const actor = await currentActor()
  if (actor) return actor
  redirect(signInPath((await headers()).get(PATH_HEADER)))
}
