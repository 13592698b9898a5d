import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SessionLost } from '@/workers/powershell/loss'
import { openSession } from '@/workers/powershell/open-session'
import { isAlive, processStartedAt } from '@/workers/powershell/process-identity'
import type { RunOutcome, Session, SessionOptions } from '@/workers/powershell/session'

const fakeShell = fileURLToPath(new URL('./fake-shell.mjs', import.meta.url))
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const unhandled: unknown[] = []
const note = (reason: unknown) => unhandled.push(reason)
const open: Session[] = []
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ferry-hazards-'))
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map(session => session.kill()))
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(unhandled.splice(0)).toEqual([])
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await rm(folder, { recursive: true })
})

async function start(change: Partial<SessionOptions> = {}): Promise<Session> {
  const session = await openSession({
    executable: fakeShell,
    environment: process.env,
    harnessPath: join(folder, 'harness.ps1'),
    ...change,
  })
  open.push(session)
  return session
}

async function script(behaviour: string): Promise<string> {
  const path = join(folder, `${behaviour.replace(/\W/g, '-')}.ps1`)
  await writeFile(path, `# ${behaviour}\n`)
  return path
}

async function run(session: Session, behaviour: string, deadlineMs = 10_000): Promise<RunOutcome> {
  return session.run({
    scriptPath: await script(behaviour),
    values: { Identity: 'a@contoso.example' },
    deadlineMs,
  })
}

async function lossOf(session: Session, behaviour: string, deadlineMs?: number) {
  const outcome = await run(session, behaviour, deadlineMs)
  if (outcome.kind !== 'lost') throw new Error(`expected a loss, got ${JSON.stringify(outcome)}`)
  return outcome.loss
}

async function openingLoss(change: Partial<SessionOptions>) {
  const error: unknown = await start(change).catch((reason: unknown) => reason)
  if (!(error instanceof SessionLost)) throw new Error(`expected SessionLost, got ${String(error)}`)
  return error.loss
}

describe('a shell that cannot be opened', () => {
  it('says so when the executable is missing', async () => {
    const loss = await openingLoss({ executable: join(folder, 'no-such-pwsh') })
    expect(loss).toMatchObject({ kind: 'missing', began: false, seenDead: true })
    expect(loss.message).toContain('no-such-pwsh')
  })

  it('says so when it dies at once', async () => {
    const loss = await openingLoss({ environment: { ...process.env, FAKE_START: 'die' } })
    expect(loss).toMatchObject({ kind: 'died', exitCode: 3, seenDead: true })
  })

  it('is killed when it does not answer in time', async () => {
    const loss = await openingLoss({
      environment: { ...process.env, FAKE_START: 'hang' },
      openDeadlineMs: 400,
    })
    expect(loss).toMatchObject({ kind: 'timeout', seenDead: true })
  })

  it('is refused under constrained language, before node-powershell waits for its marker', async () => {
    const loss = await openingLoss({ environment: { ...process.env, FAKE_LANGUAGE: 'ConstrainedLanguage' } })
    expect(loss).toMatchObject({ kind: 'constrained', seenDead: true })
    expect(loss.message).toContain('ConstrainedLanguage')
  })

  it('starts exactly the program it is given, whatever that is called', async () => {
    const preview = join(folder, 'pwsh-preview')
    await symlink(fakeShell, preview)
    const session = await start({ executable: preview })
    expect(session.health).toMatchObject({ edition: 'Fake', executable: preview })
  })

  it('ignores NODE_POWERSHELL, which would start something else', async () => {
    process.env.NODE_POWERSHELL = join(folder, 'something-else')
    try {
      const session = await start()
      expect(session.health.edition).toBe('Fake')
    } finally {
      delete process.env.NODE_POWERSHELL
    }
  })
})

describe('a call that goes wrong', () => {
  it('is a timeout when it hangs, and the shell is dead and never used again', async () => {
    const session = await start()
    let began = 0
    const outcome = await session.run({
      scriptPath: await script('hang'),
      values: {},
      deadlineMs: 300,
      onBegan: () => {
        began += 1
      },
    })
    expect(outcome).toMatchObject({ kind: 'lost', loss: { kind: 'timeout', began: true, seenDead: true } })
    expect(began).toBe(1)
    expect(session.usable).toBe(false)
    expect(await isAlive(session.process.pid, session.process.pidStartedAt)).toBe(false)
    expect(await lossOf(session, 'echo')).toMatchObject({ kind: 'died', began: false })
  })

  it('takes what the shell started down with it, also out of its process group', async () => {
    const session = await start()
    const running = lossOf(session, 'child', 800)
    await new Promise(resolve => setTimeout(resolve, 400))
    const children = await readFile(
      `/proc/${session.process.pid}/task/${session.process.pid}/children`,
      'utf8',
    ).catch(() => '')
    const loss = await running
    const child = Number(/child (\d+)/.exec(loss.diagnostics)?.[1])
    expect(child).toBeGreaterThan(0)
    if (process.platform === 'linux') expect(children.split(' ')).toContain(String(child))
    expect(await processStartedAt(child)).toBeNull()
    expect(loss.seenDead).toBe(true)
  })

  it('is a death before the script began when it had not begun', async () => {
    expect(await lossOf(await start(), 'die-before')).toMatchObject({
      kind: 'died',
      began: false,
      exitCode: 7,
    })
  })

  it.each([0, 9])('is a death after it began, also with exit code %i', async code => {
    const loss = await lossOf(await start(), `die ${code}`)
    expect(loss).toMatchObject({ kind: 'died', began: true, exitCode: code, seenDead: true })
  })

  it('keeps a whole answer of a shell that died right after it', async () => {
    const session = await start()
    const outcome = await run(session, 'answer-and-die')
    expect(outcome).toMatchObject({ kind: 'answered', answer: { result: { reason: 'last words' } } })
    await session.ended
    expect(session.usable).toBe(false)
  })

  it.each(['garbage', 'silent'])('is a protocol error when the answer is %s', async behaviour => {
    const session = await start()
    expect(await lossOf(session, behaviour)).toMatchObject({ kind: 'protocol', seenDead: true })
    expect(session.usable).toBe(false)
  })

  it('is cut off at the output cap', async () => {
    const session = await start({ outputCapBytes: 1_000_000 })
    const loss = await lossOf(session, 'flood')
    expect(loss).toMatchObject({ kind: 'protocol', began: true })
    expect(loss.message).toContain('1000000')
  })

  it('reads an answer behind 10 MB of output where the cap allows it', async () => {
    const session = await start({ outputCapBytes: 20_000_000 })
    expect(await run(session, 'flood')).toMatchObject({ kind: 'answered' })
  })

  it('is a refusal when the stand-in does not know something', async () => {
    const loss = await lossOf(await start(), 'refuse')
    expect(loss).toMatchObject({ kind: 'refused', exitCode: 86 })
    expect(loss.message).toContain('the workflow keyword, line 3')
  })

  it('is given up before an implicit remoting prompt can hang it', async () => {
    expect(await lossOf(await start(), 'prompt')).toMatchObject({ kind: 'protocol', began: true })
  })
})

describe('a session', () => {
  it('answers through noise on both streams, many times, in one process', async () => {
    const session = await start()
    for (let call = 0; call < 30; call++) {
      expect(await run(session, 'noise')).toMatchObject({
        kind: 'answered',
        answer: { result: { facts: { Identity: 's:a@contoso.example' } } },
      })
    }
    expect(session.calls).toBe(30)
    expect(await run(session, 'pid')).toMatchObject({
      answer: { result: { reason: String(session.process.pid) } },
    })
  })

  it('is not confused by output that an event writes into the next call', async () => {
    const session = await start()
    expect(await run(session, 'late')).toMatchObject({ answer: { result: { reason: 'in time' } } })
    expect(await run(session, 'after-late')).toMatchObject({ answer: { result: { reason: 'its own' } } })
  })

  it('does not hang while events write all the time, within calls and between them', async () => {
    const session = await start()
    expect(await run(session, 'events')).toMatchObject({ kind: 'answered' })
    for (let call = 0; call < 20; call++) {
      await new Promise(resolve => setTimeout(resolve, 5))
      expect(await run(session, 'echo')).toMatchObject({
        kind: 'answered',
        answer: { result: { reason: 'echo' } },
      })
    }
    expect(session.usable).toBe(true)
    expect(await session.dispose()).toBe(true)
  })

  it('remembers no command and leaves no listener behind, call after call', async () => {
    const warnings: string[] = []
    const onWarning = (warning: Error) => warnings.push(warning.name)
    process.on('warning', onWarning)
    const session = await start()
    for (let call = 0; call < 40; call++) await run(session, 'echo')
    await new Promise(resolve => setTimeout(resolve, 20))
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
    expect(Reflect.get(session, 'shell')).toMatchObject({ remembered: 0 })
  })

  it('keeps nothing of a call that is over for as long as its shell lives', async () => {
    const session = await start()
    const scriptPath = await script('echo')
    const called = async (): Promise<WeakRef<() => void>> => {
      const onBegan = () => undefined
      await session.run({ scriptPath, values: {}, deadlineMs: 10_000, onBegan })
      return new WeakRef(onBegan)
    }
    const first = await called()
    await called()
    await new Promise(resolve => setTimeout(resolve, 50))
    collectGarbage()
    expect(first.deref()).toBeUndefined()
  })

  it('answers a call made after its end with a loss, and writes nothing', async () => {
    const session = await start()
    await session.dispose()
    expect(await lossOf(session, 'echo')).toMatchObject({ kind: 'died', began: false, seenDead: true })
  })

  it('refuses a second call while one runs', async () => {
    const session = await start()
    const first = run(session, 'hang', 300)
    await new Promise(resolve => setTimeout(resolve, 50))
    await expect(run(session, 'echo')).rejects.toThrow('already runs')
    await first
  })

  it.skipIf(process.platform !== 'linux')(
    'leads its own process group, so that Ctrl-C at Ferry does not reach it',
    async () => {
      const session = await start()
      const stat = await readFile(`/proc/${session.process.pid}/stat`, 'utf8')
      expect(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])).toBe(session.process.pid)
    },
  )

  it('ends politely on dispose', async () => {
    const session = await start()
    expect(await session.dispose()).toBe(true)
    expect(await isAlive(session.process.pid, session.process.pidStartedAt)).toBe(false)
    expect(await session.dispose()).toBe(true)
  })
})
