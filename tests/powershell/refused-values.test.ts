import { expect, it } from 'vitest'
import { problemOf } from '@/domain/script/values'
import { failureOf } from '@/workers/lane/failure-of'
import { refusedAnswer } from '@/workers/lane/refused-values'
import { answerSchema } from '@/workers/powershell/answer'

it('a value that may not be used needs a person, in its own words', () => {
  const problem = problemOf('Identity', 'identity', '*')
  if (!problem) throw new Error('refused')
  const answer = answerSchema.parse(refusedAnswer([problem]))
  expect(failureOf(answer, 'probe')).toMatchObject({
    class: 'NEEDS_PERSON',
    scope: 'item',
    reason: 'Identity holds *, ?, [ or ], which PowerShell reads as a pattern.',
  })
})
