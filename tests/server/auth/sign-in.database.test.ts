import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { answerAuthRequest, auth } from '@/server/auth/better-auth'
import { actorOfSession } from '@/server/auth/current-actor'
import { isSigned, sessionCookieName } from '@/server/auth/session-cookie'
import { TRIES_PER_ADDRESS } from '@/server/auth/sign-in-tries'
import { disablePerson } from '@/server/commands/disable-person'
import { enablePerson } from '@/server/commands/enable-person'
import { setRoles } from '@/server/commands/set-roles'
import { db } from '@/server/store/client'
import { addMember, authRequest, cookieOf, HOST, type Member, openInstance, PASSWORD } from './instance'

let end: () => Promise<void>
let adele: Member
let megan: Member
beforeAll(async () => {
  ;({ end } = await openInstance())
  adele = await addMember('Adele Vance', ['administrator', 'lead'])
  megan = await addMember('Megan Bowen', ['operator'])
})
afterAll(() => end())
beforeEach(async () => {
  await db().rateLimit.deleteMany({})
})

const signIn = (email: string, password: string, headers?: Record<string, string>) =>
  answerAuthRequest(authRequest('/sign-in/email', { email, password }, headers))
const actorOf = (cookie: string) => actorOfSession(new Headers({ cookie, host: HOST }))

test('the right password opens a session that names the person and their roles', async () => {
  const response = await signIn('  ADELE.Vance@contoso.example'.trim(), PASSWORD)
  expect(response.status).toBe(200)
  const set = response.headers.getSetCookie()[0] ?? ''
  expect(set).toMatch(/HttpOnly/i)
  expect(set).toMatch(/SameSite=Lax/i)
  expect(await actorOf(cookieOf(response))).toEqual(adele.actor)
})

test('the session cookie carries a signature that a stranger cannot make', async () => {
  const [name, value = ''] = cookieOf(await signIn(adele.email, PASSWORD)).split(/=(.*)/s)
  expect(name).toBe(sessionCookieName({ FERRY_URL: `http://${HOST}` }))
  const plain = decodeURIComponent(value)
  expect(isSigned(plain, process.env.FERRY_SECRET ?? '')).toBe(true)
  expect(isSigned(plain, 'another secret, just as long as it')).toBe(false)
  expect(isSigned(`x${plain}`, process.env.FERRY_SECRET ?? '')).toBe(false)
  expect(isSigned('made-up', process.env.FERRY_SECRET ?? '')).toBe(false)
})

test('a wrong password and an unknown address answer alike', async () => {
  const wrong = await signIn(adele.email, 'wrong horse battery')
  const unknown = await signIn('nobody@contoso.example', PASSWORD)
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(await wrong.json()).toEqual(await unknown.json())
})

test('nobody makes an account for themselves, by request or by call', async () => {
  const body = { name: 'Alex Wilber', email: 'alex.wilber@contoso.example', password: PASSWORD }
  expect((await answerAuthRequest(authRequest('/sign-up/email', body))).status).toBe(404)
  expect((await auth().handler(authRequest('/sign-up/email', body))).status).toBe(400)
  await expect(auth().api.signUpEmail({ body })).rejects.toThrow()
  expect(await db().user.count({ where: { email: body.email } })).toBe(0)
})

test.each(['/change-password', '/update-user', '/delete-user', '/request-password-reset', '/set-password'])(
  'what would bypass the ledger is closed: %s',
  async path => {
    const cookie = cookieOf(await signIn(adele.email, PASSWORD))
    expect((await answerAuthRequest(authRequest(path, {}, { cookie }))).status).toBe(404)
  },
)

test('another site cannot sign somebody in or out', async () => {
  const cookie = cookieOf(await signIn(adele.email, PASSWORD))
  const origin = 'http://fabrikam.example'
  expect((await signIn(adele.email, PASSWORD, { origin })).status).toBe(403)
  expect((await answerAuthRequest(authRequest('/sign-out', {}, { cookie, origin }))).status).toBe(403)
  expect((await signIn(adele.email, PASSWORD, { origin: 'http://127.0.0.1:9999' })).status).toBe(403)
  expect(await actorOf(cookie)).not.toBeNull()
})

test('signing out ends the session at once', async () => {
  const cookie = cookieOf(await signIn(adele.email, PASSWORD))
  expect((await answerAuthRequest(authRequest('/sign-out', {}, { cookie }))).status).toBe(200)
  expect(await actorOf(cookie)).toBeNull()
})

test('guessing at one address is stopped, whatever network address is claimed, and wears off', async () => {
  const tries = TRIES_PER_ADDRESS + 5
  const answers = await Promise.all(
    Array.from({ length: tries }, (_, n) =>
      signIn(megan.email, 'wrong horse battery', { 'x-forwarded-for': `192.0.2.${n}` }),
    ),
  )
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(TRIES_PER_ADDRESS)
  const stopped = answers.filter(({ status }) => status === 429)
  expect(stopped).toHaveLength(5)
  expect(Number(stopped[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  // Not even the right password, so that a guess cannot be told from a miss; others are not touched.
  expect((await signIn(megan.email, PASSWORD)).status).toBe(429)
  expect((await signIn(adele.email, PASSWORD)).status).toBe(200)
  await db().$executeRaw`UPDATE "rate_limit" SET "lastRequest" = "lastRequest" - 301000`
  expect((await signIn(megan.email, PASSWORD)).status).toBe(200)
})

test('many addresses from one network address are stopped, and the count is in the database', async () => {
  const from = { 'x-forwarded-for': '192.0.2.77' }
  const answers: number[] = []
  for (let n = 0; n < 42; n++)
    answers.push((await signIn(`guess${n}@contoso.example`, 'wrong horse battery', from)).status)
  expect(answers.filter(status => status === 429)).toHaveLength(2)
  expect(await db().rateLimit.count({ where: { key: { contains: '192.0.2.77' }, count: 40 } })).toBe(1)
})

test('a disabled person is out at once, cannot come back, and can when enabled', async () => {
  const cookie = cookieOf(await signIn(megan.email, PASSWORD))
  expect(await disablePerson(adele.actor, { personId: megan.id })).toEqual({ sessions: 2, tokens: 0 })
  expect(await actorOf(cookie)).toBeNull()
  const refused = await signIn(megan.email, PASSWORD)
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ message: expect.stringContaining('disabled') })
  expect(refused.headers.getSetCookie()).toEqual([])
  await enablePerson(adele.actor, { personId: megan.id })
  expect((await signIn(megan.email, PASSWORD)).status).toBe(200)
})

test('new roles hold from the next request on', async () => {
  const lee = await addMember('Lee Gu', ['auditor'])
  const cookie = cookieOf(await signIn(lee.email, PASSWORD))
  await setRoles(adele.actor, { personId: lee.id, roles: ['lead'] })
  expect((await actorOf(cookie))?.roles).toEqual(['lead'])
})

test('a session that is over by the database’s clock names nobody', async () => {
  const cookie = cookieOf(await signIn(adele.email, PASSWORD))
  await db().$executeRaw`UPDATE "session" SET "expiresAt" = now() - interval '1 second'`
  expect(await actorOf(cookie)).toBeNull()
})
