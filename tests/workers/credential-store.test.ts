import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withoutCredentials } from '@/server/env'
import { CredentialStore } from '@/workers/credentials/credential-store'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ferry-credentials-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const variables = {
  FERRY_CREDENTIAL_SFB_ADMIN_USER: 'a@contoso.example',
  FERRY_CREDENTIAL_SFB_ADMIN_PASSWORD: 'from env',
}
const storeOf = (environment: object, vault?: string, account = process.getuid?.()) =>
  new CredentialStore({ environment: environment as NodeJS.ProcessEnv, directory, vault, account })

function file(text: string, mode = 0o600): string {
  const path = join(directory, 'sfb-admin.json')
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}
const login = JSON.stringify({ user: 'a@contoso.example', password: 'from file' })

/** Where it was found, with the password. */
async function foundBy(store: CredentialStore) {
  const found = await store.find('sfb-admin')
  return 'login' in found ? [found.place, found.login.password.reveal()] : [found.place]
}

it('looks in the environment, then in a file, then in the vault', async () => {
  expect(await foundBy(storeOf({}, 'Ferry'))).toEqual(['vault'])
  file(login)
  expect(await foundBy(storeOf({}, 'Ferry'))).toEqual(['file', 'from file'])
  expect(await foundBy(storeOf(variables, 'Ferry'))).toEqual(['environment', 'from env'])
})

it('names all three places where it is in none', async () => {
  const { place, trouble } = await storeOf({}).finding('sfb-admin')
  expect(place).toBeNull()
  expect(trouble).toContain('FERRY_CREDENTIAL_SFB_ADMIN_USER')
  expect(trouble).toContain(join(directory, 'sfb-admin.json'))
  expect(trouble).toContain('FERRY_CREDENTIAL_VAULT is not set')
})

it.each([0o644, 0o640, 0o620, 0o601])(
  'refuses a file of mode %o with its path, its mode and the remedy',
  async mode => {
    const path = file(login, mode)
    const finding = await storeOf({}, 'Ferry').finding('sfb-admin')
    expect(finding.place).toBe('file')
    expect(finding.trouble).toContain(`${path} has mode 0${mode.toString(8)}`)
    expect(finding.trouble).toContain(`chmod 600 ${path}`)
  },
)

it('refuses a file of another account', async () => {
  file(login)
  const finding = await storeOf({}, undefined, 4_242).finding('sfb-admin')
  expect(finding.trouble).toContain('belongs to another account')
})

it.each(['{ "user": "a", "password": hunter2 }', '["hunter2"]', '{ "user": "hunter2" }', ''])(
  'says nothing of what stands in a file it cannot use: %s',
  async text => {
    file(text)
    const { trouble } = await storeOf({}).finding('sfb-admin')
    expect(trouble).toContain('is not as expected')
    expect(trouble).not.toContain('hunter2')
  },
)

it('says which variable is missing, and asks a vault that did not have it no more for a while', async () => {
  const { FERRY_CREDENTIAL_SFB_ADMIN_USER: user } = variables
  const half = await storeOf({ FERRY_CREDENTIAL_SFB_ADMIN_USER: user }).finding('sfb-admin')
  expect(half.trouble).toBe('FERRY_CREDENTIAL_SFB_ADMIN_PASSWORD is not set.')
  const store = storeOf({}, 'Ferry')
  store.vaultMissed('sfb-admin', 'The secret sfb-admin was not found.')
  expect((await store.finding('sfb-admin')).trouble).toContain('The secret sfb-admin was not found.')
})

it('is written down nowhere by accident', async () => {
  const found = await storeOf(variables).find('sfb-admin')
  for (const text of [JSON.stringify(found), inspect(found, { depth: 9 }), `${Object.values(found)}`])
    expect(text).not.toContain('from env')
  expect(withoutCredentials({ ...process.env, ...variables, HOME: '/x' })).not.toMatchObject(variables)
})
