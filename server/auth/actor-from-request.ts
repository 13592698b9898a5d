import type { Actor } from '@/domain/people/actor'
import { Refused } from '@/server/commands/refused'
import { actorFromToken } from './actor-from-token'
import { signedInSession } from './current-actor'
import { sessionStands } from './standing-sessions'

type Person = Extract<Actor, { kind: 'person' }>

/**
 * Who calls a route handler: the bearer of an API token (`Authorization: Bearer …`), else the holder of the session
 * cookie. Throws Refused('forbidden') when it is neither; answer it with 401.
 */
export async function actorFromRequest(request: Request): Promise<Person> {
  return (await lastingActor(request)).actor
}

/** The same for an answer that stays open, with a way to ask whether token or session still stand. */
export async function lastingActor(
  request: Request,
): Promise<{ actor: Person; stillAllowed: () => Promise<boolean> }> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) {
    const actor = await actorFromToken(bearer, 'api')
    const stillAllowed = () =>
      actorFromToken(bearer, 'api').then(
        now => now.personId === actor.personId,
        () => false,
      )
    return { actor, stillAllowed }
  }
  const session = await signedInSession(request.headers)
  if (session) {
    const { actor, sessionId } = session
    return { actor, stillAllowed: () => sessionStands({ sessionId, personId: actor.personId }) }
  }
  throw new Refused(
    'forbidden',
    'Nobody is signed in. Sign in, or send an API token as Authorization: Bearer TOKEN.',
  )
}
