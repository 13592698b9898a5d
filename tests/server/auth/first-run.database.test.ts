import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerAuthRequest } from '@/server/auth/better-auth'
import { completeSetup } from '@/server/commands/complete-setup'
import { createSetupLink } from '@/server/commands/create-setup-link'
import { readOneTimeLink } from '@/server/queries/one-time-link'
import { db } from '@/server/store/client'
import { authRequest, HOST, openInstance, PASSWORD } from './instance'

let end: () => Promise<void>
beforeAll(async () => {
  ;({ end } = await openInstance())
})
afterAll(() => end())

const person = (name: string) => ({
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@contoso.example`,
  password: PASSWORD,
})
const input = (token: string, first = 'Adele Vance', second = 'Megan Bowen') => ({
  token,
  administrator: person(first),
  second: person(second),
})
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? ''

// The order matters: each test goes one step further into the same first run.
test('without the link nobody is made', async () => {
  await expect(completeSetup(input('made-up'))).rejects.toThrow(/not known here/)
  await expect(completeSetup(input(''))).rejects.toThrow(/not known here/)
  expect(await db().user.count()).toBe(0)
})

test('a link of a later start replaces the earlier one; an old one has expired', async () => {
  const first = await createSetupLink()
  expect(first.startsWith(`http://${HOST}/setup?token=`)).toBe(true)
  const second = await createSetupLink()
  await expect(completeSetup(input(tokenOf(first)))).rejects.toThrow(/newer one has replaced it/)
  await db().$executeRaw`UPDATE "one_time_link" SET "expiresAt" = now()`
  expect(await readOneTimeLink('setup', tokenOf(second))).toMatchObject({ fit: false })
  await expect(completeSetup(input(tokenOf(second)))).rejects.toThrow(/older than a day/)
})

test('a refusal leaves the link as it was', async () => {
  const token = tokenOf(await createSetupLink())
  const same = {
    ...input(token),
    second: { ...person('Megan Bowen'), email: 'ADELE.vance@contoso.example ' },
  }
  await expect(completeSetup(same)).rejects.toThrow(/It takes two/)
  const short = { ...input(token), second: { ...person('Megan Bowen'), password: 'too short' } }
  await expect(completeSetup(short)).rejects.toThrow(/9 characters long/)
  expect(await readOneTimeLink('setup', token)).toEqual({ fit: true, person: null })
  expect(await db().user.count()).toBe(0)
})

test('pressed five times at once, one administrator and one operator come of it', async () => {
  const token = tokenOf(await createSetupLink())
  const names = ['Adele Vance', 'Alex Wilber', 'Lee Gu', 'Grady Archie', 'Lynne Robbins']
  const all = await Promise.allSettled(names.map(name => completeSetup(input(token, name))))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of all) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/used already/)
  const people = await db().user.findMany({ orderBy: { email: 'asc' } })
  const roles = people.map(one => one.roles.join('+')).sort()
  expect(roles).toEqual(['administrator+lead', 'operator'])
})

test('both can sign in, the link is spent, and there is no second first run', async () => {
  const people = await db().user.findMany()
  for (const { email } of people) {
    const answer = await answerAuthRequest(authRequest('/sign-in/email', { email, password: PASSWORD }))
    expect(answer.status).toBe(200)
  }
  await expect(createSetupLink()).rejects.toThrow(/no first run/)
  const events = await db().event.findMany({ where: { chain: 'instance' }, orderBy: { seq: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual(['instance.set_up', 'person.created', 'person.created'])
})
