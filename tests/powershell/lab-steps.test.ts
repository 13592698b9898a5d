import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { classify } from '@/domain/failures/classify'
import type { ScriptValues } from '@/domain/script/travel'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, type ScriptStore, scriptHash } from '@/workers/powershell/script-store'
import type { Session } from '@/workers/powershell/session'
import { LabProcess, POOL } from '../lab/lab'
import { shellsUnderTest } from '../shells'

/** The runbook's own scripts through whole sessions on the lab: what a worker does, without the queue around it. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const SEAN = "sean.o'brien@contoso.example"

describe.each(shellsUnderTest())('step scripts through a session on $name', ({ executable }) => {
  let folder = ''
  let store: ScriptStore
  let lab: LabProcess
  let session: Session | undefined

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ferry-steps-'))
    const harnessText = readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8')
    store = createScriptStore({ directory: folder, harnessText })
    lab = await LabProcess.start()
  })
  afterAll(async () => {
    await session?.dispose()
    await lab?.stop()
    await rm(folder, { recursive: true })
  })
  beforeEach(async () => {
    await lab.post('/reset', {})
    await lab.post('/people', { people: [{ userPrincipalName: SEAN, standing: 'represented' }] })
    if (session?.usable) return
    session = await openSession({
      executable,
      environment: shellEnvironmentOf('lab', root, { ...process.env, ...lab.environment }),
      harnessPath: await store.harness(),
    })
  })

  const values: ScriptValues = {
    Identity: SEAN,
    SipAddress: `sip:${SEAN}`,
    Target: POOL,
    HostingProviderProxyFqdn: 'sipfed.online.lync.com',
    DomainController: '',
  }

  async function step(script: string, deadlineMs = 15_000) {
    const text = readFileSync(join(root, 'runbooks', 'sfb-return', 'steps', `${script}.ps1`), 'utf8')
    if (!session) throw new Error('no session')
    return session.run({ scriptPath: await store.prepare(scriptHash(text), text), values, deadlineMs })
  }

  async function answerOf(script: string) {
    const outcome = await step(script)
    if (outcome.kind === 'lost') throw new Error(`${outcome.loss.message} ${outcome.loss.diagnostics}`)
    return outcome.answer
  }

  async function failureOf(fault: string, script = 'move.apply') {
    const command = script === 'sync.apply' ? 'Start-ADSyncSyncCycle' : 'Move-CsUser'
    await lab.post('/scenario', { faults: [{ command, fault }] })
    const { errors, result } = await answerOf(script)
    expect(result).toBeNull()
    return classify({ phase: 'apply', errors })
  }

  it('probe, move and verify one person', async () => {
    expect((await answerOf('move.probe')).result).toMatchObject({ state: 'needed' })
    expect((await answerOf('move.apply')).result).toMatchObject({ state: 'applied' })
    expect((await answerOf('move.verify')).result).toMatchObject({
      state: 'done',
      facts: { HostingProvider: 'SRV:', RegistrarPool: POOL, Enabled: true, SipAddress: `sip:${SEAN}` },
    })
    expect(await lab.get('/witness')).toMatchObject({ doubled: [] })
  })

  it.each([
    ['fault-506', { signature: 'hms-506', class: 'PRECONDITION' }],
    ['fault-507', { signature: 'hms-507', class: 'PRECONDITION' }],
    ['fault-510', { signature: 'hms-510', scope: 'estate' }],
    ['fault-unlisted', { signature: 'hms-other', class: 'NEEDS_PERSON' }],
    ['not-provisioned', { signature: 'move-not-provisioned', class: 'TRANSIENT' }],
    ['sip-uri-not-found', { signature: 'move-sip-not-in-directory' }],
    ['access-denied-protected', { signature: 'protected-account', class: 'AUTH', scope: 'item' }],
    ['not-found', { signature: 'management-object-not-found' }],
    ['migration-url', { signature: 'migration-url', class: 'FATAL' }],
    ['edge-pools', { signature: 'edge-pools', scope: 'estate' }],
    ['tls', { signature: 'tls-channel', class: 'FATAL' }],
    ['no-role', { signature: 'move-role-missing', class: 'AUTH', scope: 'credential' }],
    ['sessions-per-admin', { signature: 'shells-per-user', class: 'THROTTLED', scope: 'credential' }],
    ['logon-failed', { class: 'AUTH', scope: 'credential' }],
    ['bad-password', { signature: 'aadsts-password', class: 'AUTH', scope: 'credential' }],
    ['must-connect', { signature: 'teams-not-connected', class: 'SESSION_LOST' }],
    ['connection-lost', { class: 'UNKNOWN_OUTCOME' }],
  ])('bring %s as an error that the catalogue knows', async (fault, expected) => {
    expect(await failureOf(fault)).toMatchObject(expected)
  })

  it.each([
    ['sync-busy', { signature: 'sync-aad-busy', class: 'BUSY' }],
    ['sync-already-running', { signature: 'sync-already-running', class: 'BUSY' }],
    ['sync-access', { signature: 'sync-no-operator', class: 'AUTH', scope: 'credential' }],
  ])('bring %s of the sync server as an error that the catalogue knows', async (fault, expected) => {
    expect(await failureOf(fault, 'sync.apply')).toMatchObject(expected)
  })

  it('leave a loss that says the change had begun when the shell dies in it', async () => {
    await lab.post('/scenario', { faults: [{ command: 'Move-CsUser', fault: 'kill-shell' }] })
    const outcome = await step('move.apply')
    expect(outcome).toMatchObject({ kind: 'lost', loss: { kind: 'died', began: true, seenDead: true } })
    expect(session?.usable).toBe(false)
  })

  it('leave a loss that says so when the change hangs, with the shell dead', async () => {
    await lab.post('/scenario', { faults: [{ command: 'Move-CsUser', fault: 'hang' }] })
    const outcome = await step('move.apply', 1500)
    expect(outcome).toMatchObject({ kind: 'lost', loss: { kind: 'timeout', began: true, seenDead: true } })
  })
})
