import type { Actor } from '@/domain/people/actor'
import { Trouble } from './instance'

/** The person of FERRY_TOKEN, as they act on the command line. */
export async function tokenActor(): Promise<Extract<Actor, { kind: 'person' }>> {
  const token = process.env.FERRY_TOKEN?.trim()
  const { actorFromToken } = await import('@/server/auth/actor-from-token')
  if (token) return actorFromToken(token, 'cli')
  const { instanceUrl } = await import('@/server/auth/instance-url')
  throw new Trouble(
    `This acts as a person, so it takes that person’s token. Make one in Ferry on the Account page, ${instanceUrl('/account')}, and give it as FERRY_TOKEN.`,
  )
}
