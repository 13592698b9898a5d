import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerAuthRequest } from '@/server/auth/better-auth'
import { actorOfSession } from '@/server/auth/current-actor'
import { changePassword } from '@/server/commands/change-password'
import { choosePassword } from '@/server/commands/choose-password'
import { createPerson } from '@/server/commands/create-person'
import { disablePerson } from '@/server/commands/disable-person'
import { resetPassword } from '@/server/commands/reset-password'
import { setRoles } from '@/server/commands/set-roles'
import { peopleList } from '@/server/queries/people-list'
import { verifyChains } from '@/server/queries/verify-chains'
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

const signIn = (email: string, password: string) =>
  answerAuthRequest(authRequest('/sign-in/email', { email, password }))
const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? ''

test('only an administrator adds, lists, disables people and sets roles', async () => {
  const person = { name: 'Lee Gu', email: 'lee.gu@contoso.example', roles: ['auditor' as const] }
  await expect(createPerson(megan.actor, person)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(peopleList(megan.actor)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(disablePerson(megan.actor, { personId: adele.id })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(setRoles(megan.actor, { personId: megan.id, roles: ['lead'] })).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect(await db().user.count()).toBe(2)
})

test('a new person chooses a password by a link that works once', async () => {
  const input = { name: ' Alex Wilber ', email: 'Alex.Wilber@Contoso.example ', roles: ['lead' as const] }
  const { personId, link } = await createPerson(adele.actor, input)
  expect(link).toMatch(new RegExp(`^http://${HOST}/set-password\\?token=`))
  const before = (await peopleList(adele.actor)).find(({ id }) => id === personId)
  expect(before).toMatchObject({
    name: 'Alex Wilber',
    email: 'alex.wilber@contoso.example',
    access: 'invited',
  })
  const token = tokenOf(link)
  await expect(choosePassword({ token, password: 'short' })).rejects.toThrow(/12 or more/)
  expect(await choosePassword({ token, password: 'wander over water' })).toEqual({
    email: 'alex.wilber@contoso.example',
  })
  expect((await signIn(input.email.trim(), 'wander over water')).status).toBe(200)
  await expect(choosePassword({ token, password: 'another for myself' })).rejects.toThrow(/used already/)
  await expect(choosePassword({ token: 'made-up', password: PASSWORD })).rejects.toThrow(/not known/)
})

test('an e-mail address belongs to one person, however it is written', async () => {
  const twice = createPerson(adele.actor, {
    name: 'Megan B',
    email: 'MEGAN.bowen@contoso.example',
    roles: ['lead'],
  })
  await expect(twice).rejects.toThrow(/belongs to Megan Bowen already/)
})

test.each([
  [{ name: '', email: 'lee.gu@contoso.example', roles: ['lead' as const] }, /name is empty/],
  [{ name: 'Lee Gu', email: 'lee.gu', roles: ['lead' as const] }, /not complete/],
  [{ name: 'Lee Gu', email: 'lee.gu@contoso.example', roles: [] }, /at least one role/],
  [
    {
      name: 'Lee Gu',
      email: 'lee.gu@contoso.example',
      roles: ['administrator' as const, 'operator' as const],
    },
    /never approves/,
  ],
])('what is wrong with a new person is said: %#', async (person, words) => {
  await expect(createPerson(adele.actor, person)).rejects.toThrow(words)
})

test('nobody is administrator and operator at once', async () => {
  const both = setRoles(adele.actor, { personId: megan.id, roles: ['operator', 'administrator'] })
  await expect(both).rejects.toThrow(/cannot be both administrator and operator/)
  expect((await db().user.findUniqueOrThrow({ where: { id: megan.id } })).roles).toEqual(['operator'])
})

test('the last administrator stays, also when two step down at the same moment', async () => {
  await expect(setRoles(adele.actor, { personId: adele.id, roles: ['lead'] })).rejects.toThrow(
    /only administrator/,
  )
  const second = await addMember('Grady Archie', ['administrator'])
  const both = await Promise.allSettled([
    setRoles(second.actor, { personId: adele.id, roles: ['lead'] }),
    setRoles(adele.actor, { personId: second.id, roles: ['lead'] }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const left = await db().user.findMany({ where: { roles: { has: 'administrator' } } })
  expect(left).toHaveLength(1)
  await db().user.update({ where: { id: adele.id }, data: { roles: ['administrator', 'lead'] } })
})

test('nobody disables themselves', async () => {
  await expect(disablePerson(adele.actor, { personId: adele.id })).rejects.toThrow(/their own account/)
})

test('one’s own password takes the present one, and ends the other sessions', async () => {
  const kept = cookieOf(await signIn(megan.email, PASSWORD))
  const other = cookieOf(await signIn(megan.email, PASSWORD))
  const wrong = changePassword(megan.actor, { present: 'wrong horse', wanted: 'wander over water' })
  await expect(wrong).rejects.toThrow(/present password is not right/)
  const keepSession = decodeURIComponent(kept.split('=')[1] ?? '').split('.')[0]
  const { sessionsEnded } = await changePassword(megan.actor, {
    present: PASSWORD,
    wanted: 'wander over water',
    keepSession,
  })
  expect(sessionsEnded).toBe(1)
  const actorOf = (cookie: string) => actorOfSession(new Headers({ cookie, host: HOST }))
  expect(await actorOf(other)).toBeNull()
  expect((await actorOf(kept))?.personId).toBe(megan.id)
  expect((await signIn(megan.email, PASSWORD)).status).toBe(401)
  expect((await signIn(megan.email, 'wander over water')).status).toBe(200)
})

test('a lost password is replaced by a link made on the machine; the newest one counts', async () => {
  await expect(resetPassword({ email: 'nobody@contoso.example' })).rejects.toThrow(/Nobody here has/)
  const first = await resetPassword({ email: 'Megan.Bowen@contoso.example' })
  const second = await resetPassword({ email: megan.email })
  await expect(choosePassword({ token: tokenOf(first.link), password: PASSWORD })).rejects.toThrow(
    /newer one/,
  )
  await choosePassword({ token: tokenOf(second.link), password: PASSWORD })
  expect((await signIn(megan.email, PASSWORD)).status).toBe(200)
  const third = await resetPassword({ email: megan.email })
  await db().$executeRaw`UPDATE "one_time_link" SET "expiresAt" = now() WHERE "usedAt" IS NULL`
  await expect(choosePassword({ token: tokenOf(third.link), password: PASSWORD })).rejects.toThrow(/expired/)
})

test('all of it stands in the instance’s chain, which verifies and holds no secret', async () => {
  const { problems } = await verifyChains()
  expect(problems).toEqual([])
  const types = new Set((await db().event.findMany({ where: { chain: 'instance' } })).map(({ type }) => type))
  for (const type of ['person.created', 'person.roles_set', 'person.password_changed'])
    expect(types).toContain(type)
})
