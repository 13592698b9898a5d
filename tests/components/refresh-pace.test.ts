import { expect, it } from 'vitest'
import { refreshInMs } from '@/components/live/refresh-pace'

it.each([
  ['the first event is answered at once', null, 5],
  ['so is one after a quiet time', { sinceBegan: 5_000, took: 80 }, 5],
  ['a busy batch is drawn ten times a second at most', { sinceBegan: 20, took: 10 }, 80],
  ['a page that takes long to draw spends half of its time on it', { sinceBegan: 300, took: 300 }, 300],
  ['and is never kept waiting for long', { sinceBegan: 9_000, took: 9_000 }, 5],
] as const)('%s', (_name, last, ms) => {
  expect(refreshInMs(last)).toBe(ms)
})
