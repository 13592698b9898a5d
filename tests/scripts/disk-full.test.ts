import { expect, test } from 'vitest'
import { isDiskFull, plainCause } from '@/scripts/supervisor/text'

test.each([
  ['the system', Object.assign(new Error('write failed'), { code: 'ENOSPC' })],
  [
    'PostgreSQL',
    Object.assign(new Error('could not extend file "base/16384/2606_fsm": wrote only 4096 of 8192 bytes'), {
      code: '53100',
    }),
  ],
  ['a program that ended', new Error('initdb: error: could not write file: No space left on device')],
])('a full disk is named with its remedy when %s says so', (_who, error) => {
  expect(isDiskFull(error)).toBe(true)
  expect(plainCause(error)).toMatch(
    /^The disk is full.*Make room, then start Ferry again\. Nothing stored is lost\.$/,
  )
})

test('other errors are not', () => {
  expect(isDiskFull(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe(false)
  expect(isDiskFull('full')).toBe(false)
})
