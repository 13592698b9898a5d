import type { Actor } from '@/domain/people/actor'
import { Refused } from '@/server/commands/refused'
import { actorFromToken } from './actor-from-token'
import { actorOfSession } from './current-actor'

/**
 * Who calls a route handler: the bearer of an API token (`Authorization: Bearer …`), else the holder of the session
 * cookie. Throws Refused('forbidden') when it is neither; answer it with 401.
 */
export async function actorFromRequest(request: Request): Promise<Extract<Actor, { kind: 'person' }>> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return actorFromToken(bearer, 'api')
  const actor = await actorOfSession(request.headers)
  if (actor) return actor
  throw new Refused(
    'forbidden',
    'Nobody is signed in. Sign in, or send an API token as Authorization: Bearer TOKEN.',
  )
}
