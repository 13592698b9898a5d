import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { OLDEST_POSTGRESQL } from '@/scripts/supervisor/given-services'
import { EnvironmentError, parseEnvironment, VARIABLES } from '@/server/env'

function refusal(source: Record<string, string>): string {
  try {
    parseEnvironment(source)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message
  }
  throw new Error('It was accepted.')
}

test('an empty environment is enough', () => {
  const env = parseEnvironment({ REDIS_URL: '', DATABASE_URL: '  ' })
  expect(env).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    FERRY_LAB_SHELL: 'auto',
    FERRY_LOG_LEVEL: 'info',
  })
  expect(env.DATABASE_URL).toBeUndefined()
  expect(env.REDIS_URL).toBeUndefined()
  expect(isAbsolute(env.FERRY_DATA_DIR)).toBe(true)
})

test.each([
  ['DATABASE_URL', 'mysql://db/ferry', 'postgresql://user'],
  ['REDIS_URL', 'localhost:6379', 'redis://host'],
  ['PORT', 'http', '1 to 65535'],
  ['PORT', '70000', '1 to 65535'],
  ['HOST', 'my host', '127.0.0.1'],
  ['FERRY_URL', 'ferry.contoso.example', 'https://'],
  ['FERRY_LAB_SHELL', 'bash', 'built-in'],
  ['FERRY_LOG_LEVEL', 'loud', 'silent'],
  ['FERRY_WORKER_NAME', 'a b', 'letters'],
])('%s=%s is refused with its name, its value and the remedy', (name, value, remedy) => {
  const message = refusal({ [name]: value })
  expect(message).toContain(name)
  expect(message).toContain(value)
  expect(message).toContain(remedy)
})

test('all that is wrong is said at once', () => {
  expect(refusal({ PORT: 'x', REDIS_URL: 'y' }).split('\n')).toHaveLength(2)
})

test('secrets and passwords never appear in a message', () => {
  expect(refusal({ FERRY_SECRET: 'hunter2' })).not.toContain('hunter2')
  expect(refusal({ FERRY_LAB_KEY: 'hunter2' })).not.toContain('hunter2')
  expect(refusal({ DATABASE_URL: 'mysql://ferry:hunter2@db/ferry' })).not.toContain('hunter2')
})

test('.env.example documents every variable and no other', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z_]+)=/gm)].map(
    match => match[1],
  )
  expect(documented.toSorted()).toEqual(VARIABLES.toSorted())
})

test('the oldest PostgreSQL is the same wherever it is said', () => {
  const said = `PostgreSQL (${OLDEST_POSTGRESQL} or later)`
  expect(readFileSync('.env.example', 'utf8')).toContain(said)
  expect(readFileSync('README.md', 'utf8')).toContain(
    `PostgreSQL of your own is ${OLDEST_POSTGRESQL} or later`,
  )
})
