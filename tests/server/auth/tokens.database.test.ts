import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { actorFromToken } from '@/server/auth/actor-from-token'
import { createToken } from '@/server/commands/create-token'
import { disablePerson } from '@/server/commands/disable-person'
import { enablePerson } from '@/server/commands/enable-person'
import { revokeToken } from '@/server/commands/revoke-token'
import { ownAccount } from '@/server/queries/own-account'
import { db } from '@/server/store/client'
import { addMember, type Member, openInstance } from './instance'

let end: () => Promise<void>
let adele: Member
let megan: Member
let alex: Member
beforeAll(async () => {
  ;({ end } = await openInstance())
  adele = await addMember('Adele Vance', ['administrator'])
  megan = await addMember('Megan Bowen', ['operator'])
  alex = await addMember('Alex Wilber', ['lead'])
})
afterAll(() => end())

const make = (member: Member, name = 'night shift') => createToken(member.actor, { name, days: 30 })

test('a token is its person, says by which way it came, and notes its use', async () => {
  const { token, tokenId } = await make(megan)
  expect(await actorFromToken(token, 'cli')).toEqual({ ...megan.actor, via: 'cli' })
  const request = new Request('http://127.0.0.1/api/x', { headers: { authorization: `Bearer ${token}` } })
  expect(await actorFromRequest(request)).toEqual({ ...megan.actor, via: 'api' })
  const row = await db().apiToken.findUniqueOrThrow({ where: { id: tokenId } })
  expect(row.lastUsedAt).not.toBeNull()
})

test('the token itself is stored nowhere, only its hash and its first characters', async () => {
  const { token, tokenId, prefix } = await make(megan)
  const row = await db().apiToken.findUniqueOrThrow({ where: { id: tokenId } })
  expect(JSON.stringify(row)).not.toContain(token)
  expect(token.startsWith(prefix)).toBe(true)
  expect(prefix.length).toBeLessThan(token.length / 3)
  const events = await db().event.findMany({ where: { type: 'token.created', actorId: megan.id } })
  expect(events.at(-1)?.canonical).toContain(tokenId)
  expect(events.map(({ canonical }) => canonical).join()).not.toContain(token)
})

test('an unknown, an ended and an expired token are each refused in words', async () => {
  await expect(actorFromToken('ferry_made-up', 'cli')).rejects.toThrow(/not known here/)
  const ended = await make(megan, 'ended one')
  await revokeToken(megan.actor, { tokenId: ended.tokenId })
  await expect(actorFromToken(ended.token, 'cli')).rejects.toThrow(/“ended one” was ended/)
  const expired = await make(megan, 'old one')
  await db().$executeRaw`UPDATE "api_token" SET "expiresAt" = now() WHERE "id" = ${expired.tokenId}`
  await expect(actorFromToken(expired.token, 'cli')).rejects.toThrow(/“old one” has expired/)
})

test('a request without token and session is nobody’s', async () => {
  await expect(actorFromRequest(new Request('http://127.0.0.1/api/x'))).rejects.toThrow(/Nobody is signed in/)
})

test('tokens are ended by their owner or an administrator, and by nobody else', async () => {
  const { token, tokenId } = await make(megan)
  await expect(revokeToken(alex.actor, { tokenId })).rejects.toThrow(/not among yours/)
  expect((await actorFromToken(token, 'cli')).personId).toBe(megan.id)
  expect(await revokeToken(adele.actor, { tokenId })).toEqual({ changed: true })
  expect(await revokeToken(adele.actor, { tokenId })).toEqual({ changed: false })
  expect(await db().event.count({ where: { type: 'token.revoked', actorId: adele.id } })).toBe(1)
})

test('a token makes no further token', async () => {
  const { token } = await make(megan)
  const actor = await actorFromToken(token, 'cli')
  await expect(createToken(actor, { name: 'child', days: 1 })).rejects.toThrow(/on screen/)
})

test.each([0, 367, 1.5, -1])('a token cannot work for %s days', async days => {
  await expect(createToken(megan.actor, { name: 'x', days })).rejects.toThrow(/1 to 366 days/)
})

test('tokens of a disabled person end for good', async () => {
  const { token } = await make(alex)
  await disablePerson(adele.actor, { personId: alex.id })
  await expect(actorFromToken(token, 'cli')).rejects.toThrow(/is disabled/)
  await enablePerson(adele.actor, { personId: alex.id })
  await expect(actorFromToken(token, 'cli')).rejects.toThrow(/was ended/)
})

test('people see their own tokens and nobody else’s, with where each stands', async () => {
  const lee = await addMember('Lee Gu', ['auditor'])
  const first = await createToken(lee.actor, { name: 'first', days: null })
  await createToken(lee.actor, { name: 'second', days: 1 })
  await revokeToken(lee.actor, { tokenId: first.tokenId })
  const { tokens } = await ownAccount(lee.actor)
  expect(tokens.map(({ name, state }) => [name, state])).toEqual([
    ['second', 'open'],
    ['first', 'ended'],
  ])
})
