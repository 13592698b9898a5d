import { afterEach, expect, test, vi } from 'vitest'
import { watch } from '@/scripts/supervisor/watch'

afterEach(() => vi.restoreAllMocks())

test('a service that stops answering is said once, with what it means, and once when it answers again', async () => {
  const said: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    said.push(String(text).trim())
    return true
  })
  const answers = [true, false, true, false, false, false, true, true]
  const over = new AbortController()
  const ask = async () => {
    const answer = answers.shift()
    if (answers.length === 0) over.abort()
    if (!answer) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  }
  await watch('The Redis at 127.0.0.1:6379', 'Nothing is lost.', ask, over.signal, 1)
  expect(said).toEqual([
    'The Redis at 127.0.0.1:6379 does not answer (connection refused). Nothing is lost.',
    expect.stringMatching(/^The Redis at 127\.0\.0\.1:6379 answers again after \d/),
  ])
})
