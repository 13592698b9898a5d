import { type Actor, systemActor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { createPerson } from '@/server/commands/create-person'
import { closeDatabase } from '@/server/store/client'
import { createDatabase } from '@/tests/database'

export const PASSWORD = 'correct horse battery'
export const HOST = '127.0.0.1:4321'

/**
 * A database of this file's own, set as this process's. Environment first, then the first use of db(): the modules
 * under test read it once. Call `end` in afterAll.
 */
export async function openInstance(): Promise<{ end: () => Promise<void> }> {
  const database = await createDatabase()
  process.env.DATABASE_URL = database.url
  process.env.FERRY_SECRET = 'a secret of these tests, long enough'
  process.env.FERRY_URL = `http://${HOST}`
  return {
    end: async () => {
      await closeDatabase()
      await database.drop()
    },
  }
}

export type Member = { id: string; email: string; actor: Extract<Actor, { kind: 'person' }> }

/** Adds a person with PASSWORD and answers them as they act on screen. */
export async function addMember(name: string, roles: Role[]): Promise<Member> {
  const email = `${name.toLowerCase().replace(' ', '.')}@contoso.example`
  const { personId } = await createPerson(systemActor, { name, email, roles, password: PASSWORD })
  return { id: personId, email, actor: { kind: 'person', personId, name, roles, via: 'screen' } }
}

/** A request as a browser on this instance's own page sends it. */
export function authRequest(path: string, body?: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`http://${HOST}/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
}

/** `name=value` of the first cookie that a response sets, to send back. */
export function cookieOf(response: Response): string {
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
}
