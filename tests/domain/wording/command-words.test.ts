import { expect, test } from 'vitest'
import { barredWords, freedWords } from '@/domain/wording/barred-words'
import { gateWords } from '@/domain/wording/gate-words'
import { closedWords, heldWords, releasedWords, resumedWords } from '@/domain/wording/hold-words'
import { retriedWords } from '@/domain/wording/retried-words'
import { reasonBeside } from '@/domain/wording/wave-reason'

test('a hold says how many it keeps and who is at work, also where it stood before', () => {
  const done = { touched: 12, running: 1 }
  expect(heldWords({ ...done, already: false })).toBe(
    'Held: 12 people do not begin. 1 person is at work and ends by itself.',
  )
  expect(heldWords({ ...done, already: true })).toBe(
    'It was held already; the first hold stands: 12 people do not begin. 1 person is at work and ends by itself.',
  )
})

test('what lets work go on says who may begin, and why each of the others does not', () => {
  expect(releasedWords({ touched: 3, others: [] })).toBe('Released: 3 people may begin where they stood.')
  const why = 'their wave is not approved'
  expect(releasedWords({ touched: 0, others: [{ people: 1, why }] })).toBe(
    'Released: 0 people may begin where they stood. 1 person does not, because their wave is not approved.',
  )
  expect(resumedWords({ touched: 2, others: [{ people: 1, why }] })).toBe(
    'The lane works again: 2 people may begin where they stood. 1 person does not, because their wave is not approved. If the credential still fails, it stops again by itself.',
  )
  const others = [
    { people: 1200, why },
    { people: 4, why: 'the hold on their wave stays' },
  ]
  expect(closedWords({ touched: 1, others })).toBe(
    'It goes on: 1 person may begin as soon as a session is free. 1,204 people do not: 1,200 because their wave is not approved, 4 because the hold on their wave stays.',
  )
})

test('opening a gate says how many it lets through, and whether they still wait for an approval', () => {
  expect(gateWords({ people: 28, approved: true })).toBe(
    'The gate is open: 28 people may begin as soon as their wave’s times and a session allow.',
  )
  expect(gateWords({ people: 1, approved: false })).toBe(
    'The gate is open. Nobody begins yet: 1 person waits for the approval of their wave.',
  )
})

test('barring days, and taking them back, say for when and how many are on their way', () => {
  const days = { firstDay: '2026-12-24', lastDay: '2027-01-01', people: 102 }
  expect(barredWords(days)).toBe(
    'Nothing new starts from 2026-12-24 to 2027-01-01, both included. 102 people on this estate are still on their way.',
  )
  expect(freedWords({ ...days, lastDay: days.firstDay, people: 0 })).toBe(
    '2026-12-24: something may start again. Nobody on this estate is on their way now.',
  )
})

test('a retry gives every reason with its number', () => {
  const not = { why: 'Only people who failed or need a person can be retried.' }
  const meanwhile = { why: 'Somebody else has decided about this person in the meantime.' }
  const tried = '3 people will be tried again, each after a fresh look at the real state.'
  expect(retriedWords({ touched: 3, refused: [] })).toBe(tried)
  expect(retriedWords({ touched: 3, refused: [not] })).toBe(`${tried} 1 person stays as they are: ${not.why}`)
  expect(retriedWords({ touched: 0, refused: [meanwhile, not, not] })).toBe(
    `Nobody is tried again. 3 people stay as they are. 2 people: ${not.why} 1 person: ${meanwhile.why}`,
  )
})

test('a wave’s recorded reason is left away where the page says the same beside it', () => {
  const wave = { stateReason: null, notNow: null, held: false, lastRequest: 'approved' as const }
  const says = (over: Partial<Parameters<typeof reasonBeside>[0]>) => reasonBeside({ ...wave, ...over })
  const gate = 'Waiting for the pilot: 1 of its people is not verified yet.'
  expect(says({ stateReason: gate })).toBe(gate)
  expect(says({ stateReason: gate, held: true, notNow: 'Outside its change window. It opens 22:00.' })).toBe(
    gate,
  )
  expect(
    says({
      stateReason: 'Outside its change window. It opens 22:00.',
      notNow: 'Outside its change window. It opens Tue 21:00 UTC.',
    }),
  ).toBeNull()
  expect(says({ stateReason: 'Held: Look first', held: true })).toBeNull()
  expect(says({ stateReason: 'Rejected: The pilot comes first', lastRequest: 'rejected' })).toBeNull()
  expect(says({ stateReason: null })).toBeNull()
})
