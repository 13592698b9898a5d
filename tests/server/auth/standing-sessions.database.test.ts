import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sessionStands } from '@/server/auth/standing-sessions'
import { db } from '@/server/store/client'
import { addMember, type Member, openInstance } from './instance'

let end: () => Promise<void>
let adele: Member
let megan: Member
const sessions = ['one', 'two', 'three', 'four']
beforeAll(async () => {
  ;({ end } = await openInstance())
  adele = await addMember('Adele Vance', ['lead'])
  megan = await addMember('Megan Bowen', ['operator'])
  const expiresAt = new Date(Date.now() + 3_600_000)
  for (const id of sessions)
    await db().session.create({
      data: { id, token: `token-${id}`, userId: id === 'four' ? megan.id : adele.id, expiresAt },
    })
})
afterAll(() => end())

const ask = (sessionId: string, person = adele) => sessionStands({ sessionId, personId: person.id })

test('all who ask in one moment are answered by one query, each for their own session', async () => {
  const query = vi.spyOn(db(), '$queryRaw')
  const answers = await Promise.all([ask('one'), ask('one'), ask('two'), ask('four', megan), ask('none')])
  expect(answers).toEqual([true, true, true, true, false])
  expect(query).toHaveBeenCalledTimes(1)
  query.mockRestore()
})

test('a session that ended, is over, is another person’s or whose person is disabled does not stand', async () => {
  await db().session.delete({ where: { id: 'one' } })
  await db().$executeRaw`UPDATE "session" SET "expiresAt" = now() WHERE "id" = 'two'`
  await db().$executeRaw`UPDATE "user" SET "disabledAt" = now() WHERE "id" = ${megan.id}`
  const answers = await Promise.all([
    ask('one'),
    ask('two'),
    ask('three', megan),
    ask('four', megan),
    ask('three'),
  ])
  expect(answers).toEqual([false, false, false, false, true])
})

test('when the database does not answer, all who asked are told so', async () => {
  const query = vi.spyOn(db(), '$queryRaw').mockRejectedValueOnce(new Error('away'))
  const answers = await Promise.allSettled([ask('one'), ask('three')])
  expect(answers.map(one => one.status)).toEqual(['rejected', 'rejected'])
  query.mockRestore()
  expect(await ask('three')).toBe(true)
})
