import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advanceWave } from '@/server/commands/advance-wave'
import type { RunOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { resumeLane } from '@/server/commands/resume-lane'
import { retryItems } from '@/server/commands/retry-items'
import { beginSync } from '@/server/commands/run-sync'
import { db } from '@/server/store/client'
import { batchRunbook } from '@/server/store/runbook-versions'
import type { Evidence } from '@/workers/lane/evidence'
import { runReadback } from '@/workers/lane/run-reading'
import { runSync } from '@/workers/lane/run-sync-work'
import { runWork } from '@/workers/lane/run-work'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, type ScriptStore, scriptHash } from '@/workers/powershell/script-store'
import type { Session } from '@/workers/powershell/session'
import { LabProcess } from '../lab/lab'
import {
  attempt,
  type Engine,
  makeDue,
  mustBegin,
  openEngine,
  runningBatch,
  wentWell,
} from '../server/engine/instance'
import { shellsUnderTest } from '../shells'

/** One step of one person through a whole session on the lab, with its outcome written: what a worker does, without the queue. */
const root = process.cwd()

let engine: Engine
let lab: LabProcess
let store: ScriptStore
let evidenceOf: (work: { attemptId: string }) => Evidence
let since = 0
const sessions: Session[] = []

beforeAll(async () => {
  engine = await openEngine(4)
  // Its log reads the environment once, which has the database only now.
  const { Evidence } = await import('@/workers/lane/evidence')
  evidenceOf = work => new Evidence(work.attemptId)
  await db().estate.update({ where: { id: 'lab' }, data: { settleSeconds: 0 } })
  const harnessText = readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8')
  store = createScriptStore({ directory: join(engine.folder, 'scripts'), harnessText })
  lab = await LabProcess.start()
})
afterAll(async () => {
  await lab?.stop()
  await engine?.end()
})
beforeEach(async () => {
  await lab.post('/reset', {})
  since = (await lab.get<{ seq: number }>('/health')).seq
  await db().lane.updateMany({ data: { stoppedAt: null, stoppedWhy: null } })
  await db().breaker.deleteMany()
  await db().pace.deleteMany()
})
afterEach(async () => {
  await Promise.all(sessions.splice(0).map(session => session.dispose()))
})

const lane = () => db().lane.findUniqueOrThrow({ where: { id: engine.sfb.laneId } })
const itemOf = (work: Work) => db().item.findUniqueOrThrow({ where: { id: work.itemId } })
const heldBatch = (work: Work) =>
  db().hold.findFirst({ where: { scope: 'batch', targetId: work.batchId, releasedAt: null } })

describe.each(shellsUnderTest())('a change on $name', ({ executable, real }) => {
  async function leased() {
    const session = await openSession({
      executable,
      environment: shellEnvironmentOf('lab', root, { ...process.env, ...lab.environment }),
      harnessPath: await store.harness(),
    })
    sessions.push(session)
    const seat = { id: 'set_test', credentialId: engine.sfb.credentialId, lane: 'sfb', token: 1n }
    return {
      seat,
      session,
      fresh: true,
      run: (call: Parameters<Session['run']>[0]) => session.run(call),
      giveBack: async () => undefined,
    }
  }

  /** Somebody of the lab whose Enable-CsUser is due, taken up. */
  async function taken(): Promise<Work> {
    const { itemIds } = await runningBatch(engine, 1)
    const item = await db().item.findUniqueOrThrow({ where: { id: itemIds[0] ?? '' } })
    await lab.post('/people', { people: [{ userPrincipalName: item.upn }] })
    return mustBegin(engine, item.id)
  }

  async function run(work: Work): Promise<RunOutcome> {
    const evidence = evidenceOf(work)
    const outcome = await runWork(work, await leased(), {
      store,
      evidence,
      runbook: await batchRunbook(db(), work.runbookVersionId),
      estateKind: 'lab',
      retriesSoFar: 0,
      minutesSinceWrite: null,
      patiently: write => write(),
    })
    await evidence.kept()
    await finishAttempt(work, outcome)
    return outcome
  }

  async function readBack(work: Work): Promise<string> {
    await makeDue()
    const again = await mustBegin(engine, work.itemId)
    expect(again.kind).toBe('readback')
    const evidence = evidenceOf(again)
    const outcome = await runReadback(again, await leased(), { store, evidence })
    await evidence.kept()
    await finishReadback(again, outcome)
    return outcome.said
  }

  /** The same work with another text for one of its scripts. */
  async function withScript(work: Work, phase: 'apply' | 'verify', text: string): Promise<Work> {
    const hash = scriptHash(text)
    await db().script.createMany({
      data: [{ hash, name: `enable.${phase}`, text }],
      skipDuplicates: true,
    })
    return { ...work, scripts: { ...work.scripts, [phase]: hash } }
  }

  const calls = async (command: string) =>
    (await lab.journal(since)).filter(line => line.kind === 'call' && line.command === command).length

  it('that is refused, and cannot be read afterwards, stops the credential at once and tries it once more at most', async () => {
    const work = await taken()
    await lab.post('/scenario', {
      faults: [
        { command: 'Enable-CsUser', fault: 'bad-password' },
        { command: 'Get-CsUser', nth: [2, 3, 4, 5], fault: 'bad-password' },
      ],
    })
    const outcome = await run(work)
    expect(outcome).toMatchObject({
      kind: 'unknown',
      failure: { errorClass: 'AUTH', scope: 'credential', signature: 'aadsts-password' },
    })
    expect(await itemOf(work)).toMatchObject({ state: 'unknown', harmed: true })
    expect((await lane()).stoppedAt).not.toBeNull()
    expect(await db().breaker.count({ where: { scope: 'errors', targetId: 'AUTH', consecutive: 1 } })).toBe(1)
    expect(await calls('Get-CsUser')).toBe(2)
  })

  it('whose reading back is refused is not read again, and stops the credential', async () => {
    const work = await taken()
    await lab.post('/scenario', {
      faults: [{ command: 'Get-CsUser', nth: [2, 3, 4, 5], fault: 'account-locked' }],
    })
    expect(await run(work)).toMatchObject({ kind: 'unknown', failure: null, met: [{ errorClass: 'AUTH' }] })
    expect((await lane()).stoppedAt).not.toBeNull()
    expect(await calls('Get-CsUser')).toBe(2)
    await resumeLane(engine.operator, { laneId: engine.sfb.laneId, reason: 'It is unlocked.' })
    await lab.post('/scenario', {})
    expect(await readBack(work)).toBe('done')
    expect(await itemOf(work)).toMatchObject({ stepKey: 'sync', harmed: false })
  })

  it('that went well although its first reading back was throttled slows the credential down', async () => {
    const work = await taken()
    await lab.post('/scenario', {
      faults: [
        {
          command: 'Get-CsUser',
          nth: 2,
          fault: 'sessions-per-admin',
          message: 'The maximum number of concurrent shells for this user has been exceeded. Retry-After: 1',
        },
      ],
    })
    const outcome = await run(work)
    expect(outcome).toMatchObject({ kind: 'done', met: [{ errorClass: 'THROTTLED', askedSeconds: 1 }] })
    expect(await db().pace.count()).toBe(1)
  })

  it('whose script does not parse has not begun, and harms nobody', async () => {
    const work = await withScript(await taken(), 'apply', "param()\nif ($true) {\n'unbalanced\n")
    const outcome = await run(work)
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'FATAL', untouched: true })
    expect(await itemOf(work)).toMatchObject({ state: 'failed', harmed: false, errorClass: 'FATAL' })
    expect(await heldBatch(work)).not.toBeNull()
    // Nothing was read back, since nothing can have changed.
    expect(await calls('Get-CsUser')).toBe(1)
  })

  it('whose reading back meets a lost connection is read on another session, and no defect is made of that', async () => {
    const work = await taken()
    await lab.post('/scenario', { faults: [{ command: 'Enable-CsUser', fault: 'connection-lost' }] })
    expect(await run(work)).toMatchObject({ kind: 'unknown' })
    expect(sessions.at(-1)?.usable).toBe(false)
    await lab.post('/scenario', { faults: [{ command: 'Get-Cs*', fault: 'must-connect' }] })
    expect(await readBack(work)).toBe('failed')
    expect(sessions.at(-1)?.usable).toBe(false)
    expect(await heldBatch(work)).toBeNull()
  })

  it('waits for a sync, which begins anew on another session where the connection was lost', async () => {
    const { waveId, itemIds } = await runningBatch(engine, 1)
    await attempt(engine, itemIds[0] ?? '', wentWell)
    await advanceWave(waveId)
    const { syncRunId } = await db().wave.findUniqueOrThrow({ where: { id: waveId } })
    const work = await beginSync({ syncRunId: syncRunId ?? '', workerId: 'wrk_test', seatId: 'set_test' })
    if ('skip' in work) throw new Error(work.skip)
    await lab.post('/scenario', { faults: [{ command: 'Start-ADSyncSyncCycle', fault: 'connection-lost' }] })
    const lease = await leased()
    const how = { store, evidence: evidenceOf(work) }
    await runSync(work, lease, how, new AbortController().signal)
    expect(lease.session.usable).toBe(false)
    expect(await db().syncRun.findUnique({ where: { id: work.syncRunId } })).toMatchObject({
      state: 'wanted',
    })
  })

  it('that writes more than a record holds says how much was not kept', async () => {
    const apply = readFileSync(join(root, 'runbooks/sfb-return/steps/enable.apply.ps1'), 'utf8')
    const noise = "foreach ($n in 1..203) { Write-Warning 'again' }\n"
    const work = await withScript(await taken(), 'apply', `${apply}\n${noise}`)
    expect((await run(work)).kind).toBe('done')
    const phases = await db().attemptPhase.findMany({
      where: { attemptId: work.attemptId },
      orderBy: { position: 'asc' },
    })
    expect(phases.map(one => [one.phase, one.dropped])).toEqual([
      ['probe', null],
      ['apply', { output: 0, errors: 0, warnings: 3, verbose: 0, information: 0 }],
      ['verify', null],
    ])
  })

  if (real) return

  it('that the stand-in refuses before it runs is FATAL with what was refused, and harms nobody', async () => {
    const text = "param()\nStart-Job -ScriptBlock { 1 }\n[pscustomobject]@{ state = 'applied' }\n"
    const work = await withScript(await taken(), 'apply', text)
    const outcome = await run(work)
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'FATAL', signature: 'shell-refused' })
    expect(outcome.reason).toContain('the command Start-Job')
    expect(await itemOf(work)).toMatchObject({ state: 'failed', harmed: false })
    expect(await heldBatch(work)).not.toBeNull()
  })

  const refusedOnTheWay = "$name = 'Start-Job'\n& $name -ScriptBlock { 1 }\n"

  it('that the stand-in refuses on the way is read back on another session and then stands as FATAL', async () => {
    const text = `param()\n${refusedOnTheWay}[pscustomobject]@{ state = 'applied' }\n`
    const work = await withScript(await taken(), 'apply', text)
    expect(await run(work)).toMatchObject({
      kind: 'unknown',
      failure: { errorClass: 'FATAL', signature: 'shell-refused' },
    })
    expect(await itemOf(work)).toMatchObject({ state: 'unknown' })
    expect(await heldBatch(work)).not.toBeNull()
    expect(await readBack(work)).toBe('needed')
    expect(await itemOf(work)).toMatchObject({ state: 'unknown' })
    expect(await readBack(work)).toBe('needed')
    const item = await itemOf(work)
    expect(item).toMatchObject({
      state: 'needs_person',
      harmed: false,
      errorClass: 'FATAL',
      errorSignature: 'shell-refused',
    })
    expect(item.reason).toContain('the command Start-Job')
    // Whoever put the shell right tries again by hand, and then it is not read back for ever.
    await db().hold.deleteMany()
    await retryItems(engine.operator, { batchId: work.batchId, itemIds: [work.itemId], reason: 'Mended' })
    expect(await itemOf(work)).toMatchObject({ state: 'waiting' })
    await makeDue()
    expect((await mustBegin(engine, work.itemId)).kind).toBe('run')
  })

  it('that was made before the stand-in refused the rest is done once it is seen', async () => {
    const apply = readFileSync(join(root, 'runbooks/sfb-return/steps/enable.apply.ps1'), 'utf8')
    const work = await withScript(await taken(), 'apply', `${apply}\n${refusedOnTheWay}`)
    expect(await run(work)).toMatchObject({ kind: 'unknown', failure: { errorClass: 'FATAL' } })
    expect(await readBack(work)).toBe('done')
    expect(await itemOf(work)).toMatchObject({ stepKey: 'sync', harmed: false })
  })

  it('whose reading back the stand-in refuses is unknown until it is read, and holds its batch', async () => {
    const text = `param()\n${refusedOnTheWay}`
    const work = await withScript(await taken(), 'verify', text)
    expect(await run(work)).toMatchObject({
      kind: 'unknown',
      failure: { errorClass: 'FATAL', signature: 'shell-refused' },
    })
    expect(await heldBatch(work)).not.toBeNull()
    expect(await readBack(work)).toBe('done')
  })
})
