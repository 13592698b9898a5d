import { expect, test } from 'vitest'
import { nextPath, signInPath } from '@/domain/people/next-path'

test.each([
  ['/batches/bat_1?state=failed', '/batches/bat_1?state=failed'],
  ['/approvals', '/approvals'],
  ['/', '/'],
  [null, '/'],
  ['', '/'],
  ['batches', '/'],
  ['//fabrikam.example', '/'],
  ['/\\fabrikam.example', '/'],
  ['/\t/fabrikam.example', '/'],
  ['/..//fabrikam.example', '/'],
  ['https://fabrikam.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/@fabrikam.example', '/@fabrikam.example'],
  ['/sign-in?next=/sign-in', '/'],
  ['/setup?token=x', '/'],
  ['/api/auth/sign-out', '/'],
])('after signing in, %j leads to %s', (asked, expected) => {
  expect(nextPath(asked)).toBe(expected)
})

test('the sign-in address keeps where one was headed, whole', () => {
  const path = '/batches?q=a&state=failed'
  const address = new URL(signInPath(path), 'http://127.0.0.1')
  expect(address.pathname).toBe('/sign-in')
  expect(address.searchParams.get('next')).toBe(path)
  expect(signInPath('/')).toBe('/sign-in')
})
