import { expect, test } from 'vitest'
import { type MeasuredAttempt, stepTimes, waitTimes } from '@/domain/forecast/step-times'

const start = Date.parse('2026-11-23T22:00:00Z')
const at = (seconds: number) => new Date(start + seconds * 1_000)
const tried = (session: string, from: number, to: number, through = true): MeasuredAttempt => ({
  session,
  startedAt: at(from),
  endedAt: at(to),
  through,
})
/** A session that takes one after the other up, with a pause between them. */
const inTurn = (session: string, count: number, seconds: number, pause: number) =>
  Array.from({ length: count }, (_, n) => {
    const from = n * (seconds + pause)
    return tried(session, from, from + seconds)
  })

test('a step costs what a session spends on each person, its short turns counted and its idle time not', () => {
  expect(stepTimes(inTurn('a', 40, 8, 0))?.middle).toBeCloseTo(8, 5)
  expect(stepTimes(inTurn('a', 40, 8, 1))?.middle).toBeCloseTo(9 - 1 / 40, 5)
  expect(stepTimes(inTurn('a', 40, 8, 60))?.middle).toBeCloseTo(8, 5)
})

test('tries that led nowhere are paid by those who got through, and without any there is no time', () => {
  const half = inTurn('a', 40, 8, 60).map((one, n) => ({ ...one, through: n % 2 === 0 }))
  expect(stepTimes(half)?.middle).toBeCloseTo(16, 5)
  expect(stepTimes(half.map(one => ({ ...one, through: false })))).toBeNull()
  expect(stepTimes([])).toBeNull()
})

test('one whose end is written while the next has begun is not counted twice', () => {
  const lent = [tried('a', 0, 8.5), tried('a', 8, 16.5), tried('a', 16, 24)]
  expect(stepTimes(lent)?.middle).toBeCloseTo(8, 5)
})

test('the sessions that worked at once are counted, not those that came one after the other', () => {
  const attempts = [...inTurn('a', 10, 8, 0), ...inTurn('b', 10, 8, 0), ...inTurn('c', 10, 8, 0)]
  expect(stepTimes(attempts)?.sessions).toBe(3)
  expect(stepTimes([tried('a', 0, 8), tried('b', 8, 16), tried('a', 20, 30)])?.sessions).toBe(1)
})

test('the range is that of past paces, and wide where there were few', () => {
  const width = (attempts: MeasuredAttempt[]) => {
    const took = stepTimes(attempts)
    return took ? (took.high - took.low) / took.middle : Number.NaN
  }
  const steady = inTurn('a', 100, 8, 60)
  const changing = steady.map((one, n) => ({
    ...one,
    endedAt: new Date(one.endedAt.getTime() + (n > 49 ? 9_000 : 0)),
  }))
  expect(width(steady)).toBeLessThan(0.3)
  expect(width(changing)).toBeGreaterThan(0.5)
  expect(width(steady.slice(0, 3))).toBeGreaterThan(width(steady.slice(0, 30)))
})

test('low, middle and high stand in this order whatever was measured', () => {
  for (const seconds of [[0], [5], [0, 0, 0, 900], [1, 2, 3], [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 400]]) {
    const waits = waitTimes(seconds)
    const attempts = seconds.map((one, n) => tried('a', n * 1_000, n * 1_000 + one))
    for (const took of [waits, stepTimes(attempts)]) {
      expect(took?.low).toBeGreaterThanOrEqual(0)
      expect(took?.low).toBeLessThanOrEqual(took?.middle ?? Number.NaN)
      expect(took?.middle).toBeLessThanOrEqual(took?.high ?? Number.NaN)
    }
  }
  expect(waitTimes([])).toBeNull()
})
