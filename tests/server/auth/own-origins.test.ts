import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { ownOrigin } from '@/server/auth/own-origins'
import { securityHeaders } from '@/server/auth/security-headers'

test.each([
  ['127.0.0.1:3000', { HOST: '127.0.0.1' }, 'http://127.0.0.1:3000'],
  ['localhost:41234', { HOST: '127.0.0.1' }, 'http://localhost:41234'],
  ['[::1]:3000', { HOST: '127.0.0.1' }, 'http://[::1]:3000'],
  ['fabrikam.example', { HOST: '127.0.0.1' }, null],
  ['127.0.0.1.fabrikam.example', { HOST: '127.0.0.1' }, null],
  ['10.1.2.3:3000', { HOST: '127.0.0.1' }, null],
  ['10.1.2.3:3000', { HOST: '10.1.2.3' }, 'http://10.1.2.3:3000'],
  [`${hostname()}:3000`, { HOST: '0.0.0.0' }, `http://${hostname().toLowerCase()}:3000`],
  ['fabrikam.example:3000', { HOST: '0.0.0.0' }, null],
  [
    'ferry.contoso.example',
    { HOST: '127.0.0.1', FERRY_URL: 'https://ferry.contoso.example' },
    'https://ferry.contoso.example',
  ],
  [null, { HOST: '127.0.0.1' }, null],
  ['not a host', { HOST: '127.0.0.1' }, null],
])('a request to %s with %o came to %s', (host, environment, origin) => {
  expect(ownOrigin(host, { FERRY_URL: undefined, ...environment })).toBe(origin)
})

test('browsers are told to run only scripts with this request’s nonce, and https is held only where it is', () => {
  const plain = securityHeaders({ nonce: 'abc', https: false, development: false })
  expect(plain['content-security-policy']).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
  expect(plain['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(plain).not.toHaveProperty('strict-transport-security')
  expect(securityHeaders({ nonce: 'abc', https: true, development: false })).toHaveProperty(
    'strict-transport-security',
  )
})
