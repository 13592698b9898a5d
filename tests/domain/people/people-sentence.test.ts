import { expect, test } from 'vitest'
import { peopleSentence } from '@/domain/wording/people-sentence'

test('the first two are enough, so nothing is missing', () => {
  expect(
    peopleSentence([
      { roles: ['administrator', 'lead'], access: 'open' },
      { roles: ['operator'], access: 'open' },
    ]),
  ).toBe('2 people have access.')
})

test('what nobody could do is said; a disabled or invited operator does not count', () => {
  expect(
    peopleSentence([
      { roles: ['administrator'], access: 'open' },
      { roles: ['operator'], access: 'disabled' },
      { roles: ['operator'], access: 'invited' },
    ]),
  ).toBe(
    'One person has access. There is no lead to import and ask for approval and no operator to approve. One person has not opened the link to choose a password yet.',
  )
})
