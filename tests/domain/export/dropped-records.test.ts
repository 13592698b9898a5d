import { expect, it } from 'vitest'
import { droppedAny, droppedWords } from '@/domain/export/dropped-records'

const none = { output: 0, errors: 0, warnings: 0, verbose: 0, information: 0 }

it('what a record did not hold is said by stream, and nothing where it is whole', () => {
  expect(droppedWords({ ...none, errors: 1 })).toBe(
    'Not kept, since a record holds only so many: 1 more error record.',
  )
  expect(droppedWords({ ...none, output: 3, warnings: 57, verbose: 1 })).toBe(
    'Not kept, since a record holds only so many: 3 more objects of output, 57 more warnings and 1 more verbose record.',
  )
  for (const whole of [none, null, undefined, 'x', {}]) expect(droppedWords(whole)).toBe('')
  expect([droppedAny(none), droppedAny(null), droppedAny({ ...none, output: 1 })]).toEqual([
    false,
    false,
    true,
  ])
})
