import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askSignInTurn, endSignInTurn } from '@/server/commands/sign-in-turn'
import { laneSettings } from '@/server/queries/lane-settings'
import { db } from '@/server/store/client'
import { LabProcess } from '@/tests/lab/lab'
import { shellsUnderTest } from '@/tests/shells'
import { readText } from '@/workers/lane/launch'
import { signIn } from '@/workers/lane/sign-in'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, scriptHash } from '@/workers/powershell/script-store'
import { openInstance } from '../server/queries/fixture'

const root = process.cwd()
const user = 'svc-ferry@contoso.example'
const passwordSha256 = createHash('sha256').update('right words').digest('hex')
let lab: LabProcess
let instance: Awaited<ReturnType<typeof openInstance>>
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-sign-in-'))
  lab = await LabProcess.start()
  instance = await openInstance()
})
afterAll(async () => {
  await lab?.stop()
  await instance?.end()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await db().estate.deleteMany({})
  await db().estate.create({
    data: {
      id: 'lab',
      name: 'Lab',
      kind: 'lab',
      pools: [],
      sipDomains: [],
      credentials: { create: { id: 'crd', name: 'sfb-admin', signIn: 'teams' } },
    },
  })
  await db().lane.create({ data: { id: 'lan', estateId: 'lab', name: 'sfb', credentialId: 'crd' } })
  await lab.post('/reset', {})
  await lab.post('/scenario', { tenant: { requireConnect: true, accounts: [{ user, passwordSha256 }] } })
  await lab.post('/vault', { name: 'Ferry', secrets: [{ name: 'sfb-admin', user, password: 'right words' }] })
})

const stoppedWhy = async () => (await db().lane.findUniqueOrThrow({ where: { id: 'lan' } })).stoppedWhy

describe.each(shellsUnderTest())('signing in on $name', ({ executable }) => {
  /** Opens a session as a worker does and signs it in; answers why not, or null, and how often the account was tried. */
  async function attempt(login: { password?: string; vault?: string }) {
    const { seq } = await lab.get<{ seq: number }>('/health')
    const store = createScriptStore({
      directory: folder,
      harnessText: readText(join(root, 'workers/powershell/harness.ps1')),
    })
    const text = readText(join(root, 'workers/powershell/sign-in.ps1'))
    const [lane] = await laneSettings()
    if (!lane) throw new Error('There is no lane.')
    const variables = login.password
      ? { FERRY_SIGN_IN_USER: user, FERRY_SIGN_IN_PASSWORD: login.password }
      : {}
    const session = await openSession({
      executable,
      environment: {
        ...shellEnvironmentOf('lab', root, process.env),
        ...lab.environment,
        ...variables,
      },
      harnessPath: await store.harness(),
    })
    const missing: string[] = []
    const why = await signIn(session, {
      lane,
      scriptPath: await store.prepare(scriptHash(text), text),
      vault: login.vault ?? '',
      onMissing: what => missing.push(what),
      stopping: new AbortController().signal,
    }).then(
      () => null,
      (error: Error) => error.message,
    )
    await session.dispose()
    const calls = (await lab.journal(seq)).filter(line => line.kind === 'call')
    const tries = calls.filter(line => line.command === 'Connect-MicrosoftTeams').length
    expect(JSON.stringify(await lab.journal())).not.toContain('words')
    return { why, tries, missing }
  }

  it('works with a secret of the environment or a file, and with one of a vault', async () => {
    expect(await attempt({ password: 'right words' })).toEqual({ why: null, tries: 1, missing: [] })
    expect(await attempt({ vault: 'Ferry' })).toEqual({ why: null, tries: 1, missing: [] })
    expect(await stoppedWhy()).toBeNull()
  })

  it('tries a wrong password once: the lanes stop, and the next session does not try', async () => {
    const { why, tries } = await attempt({ password: 'wrong words' })
    expect(tries).toBe(1)
    expect(why).toContain('password is wrong')
    expect(await stoppedWhy()).toBe(why)
    expect(await attempt({ password: 'wrong words' })).toMatchObject({ tries: 0 })
  })

  it('does not try the account where the vault has no such secret, and stops nothing', async () => {
    const { tries, missing } = await attempt({ vault: 'Another' })
    expect(tries).toBe(0)
    expect(missing).toEqual(['The secret sfb-admin was not found.'])
    expect(await stoppedWhy()).toBeNull()
  })
})

it('gives the turn to one session at a time, and again after its end', async () => {
  const first = await askSignInTurn('crd', 60)
  if (first.kind !== 'given') throw new Error('No turn was given.')
  expect(await askSignInTurn('crd', 60)).toMatchObject({ kind: 'wait' })
  await endSignInTurn({ credentialId: 'crd', until: first.until, estateKind: 'lab' }, { kind: 'signed-in' })
  expect(await askSignInTurn('crd', 60)).toMatchObject({ kind: 'given' })
})

it('tries again what passes by itself, only so often, and then stops', async () => {
  const passing = { kind: 'passing', reason: 'The service is busy.', delaysSeconds: [1] } as const
  for (const [round, stopped] of [null, 'The service is busy.'].entries()) {
    await db().credential.update({ where: { id: 'crd' }, data: { signInUntil: null } })
    const turn = await askSignInTurn('crd', 60)
    if (turn.kind !== 'given') throw new Error(`No turn was given in round ${round}.`)
    await endSignInTurn({ credentialId: 'crd', until: turn.until, estateKind: 'lab' }, passing)
    expect(await stoppedWhy()).toBe(stopped)
  }
})
