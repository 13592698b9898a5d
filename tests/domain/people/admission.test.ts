import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Admission, admit, publicFiles } from '@/domain/people/admission'

const stranger = { method: 'GET', signed: false, bearer: false, development: false }

test.each<[string, string, Admission]>([
  ['GET', '/', 'to-sign-in'],
  ['HEAD', '/batches', 'to-sign-in'],
  ['POST', '/batches', 'refused'],
  ['GET', '/sign-in', 'goes-on'],
  ['POST', '/sign-in', 'goes-on'],
  ['GET', '/setup', 'goes-on'],
  ['GET', '/set-password', 'goes-on'],
  ['GET', '/setup/more', 'to-sign-in'],
  ['GET', '/sign-in/../people', 'to-sign-in'],
  ['GET', '/sign-inside', 'to-sign-in'],
  ['GET', '/design', 'to-sign-in'],
  ['GET', '/people', 'to-sign-in'],
  ['POST', '/api/auth/sign-in/email', 'goes-on'],
  ['GET', '/api/auth', 'refused'],
  ['GET', '/api/health', 'goes-on'],
  ['GET', '/api/health/more', 'refused'],
  ['GET', '/api/live', 'refused'],
  ['GET', '/api/batches/bat_1/export', 'refused'],
  ['GET', '/api', 'refused'],
  ['GET', '/icon.svg', 'goes-on'],
  ['GET', '/batches/icon.svg', 'to-sign-in'],
  ['GET', '/_next/static/chunks/a.js', 'goes-on'],
  ['GET', '/_next/image', 'to-sign-in'],
  ['GET', '/_next/webpack-hmr', 'to-sign-in'],
])('a stranger’s %s %s %s', (method, path, admission) => {
  expect(admit({ ...stranger, method, path })).toBe(admission)
})

test('a session opens pages and routes', () => {
  for (const path of ['/', '/people', '/api/live', '/batches/bat_1'])
    expect(admit({ ...stranger, signed: true, path })).toBe('goes-on')
})

test('an API token reaches routes, which check it, and no pages', () => {
  expect(admit({ ...stranger, bearer: true, path: '/api/batches/bat_1/export' })).toBe('goes-on')
  expect(admit({ ...stranger, bearer: true, path: '/people' })).toBe('to-sign-in')
})

test('the development server’s own addresses are open in development only', () => {
  expect(admit({ ...stranger, development: true, path: '/_next/webpack-hmr' })).toBe('goes-on')
  expect(admit({ ...stranger, development: true, path: '/people' })).toBe('to-sign-in')
})

test('the open files are exactly those of public/', () => {
  const names = readdirSync('public', { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath.slice('public'.length)}/${entry.name}`)
  expect([...publicFiles].sort()).toEqual(names.sort())
})
