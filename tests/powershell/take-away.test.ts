import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { byteOrderMark } from '@/domain/export/csv'
import { peopleCsv } from '@/domain/takeaway/people-csv'
import { type TakenWave, waveScript } from '@/domain/takeaway/wave-script'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { makeCases } from '../fuzz/cases'
import { LabProcess, POOL, until } from '../lab/lab'
import { shellsUnderTest } from '../shells'
import { takenWave } from './taken-wave'

/** A wave taken away and run by hand: a shell, the script, its CSV and the lab, and nothing of Ferry around them. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const upns = ['adele.vance', "sean.o'brien", 'alex.wilber', 'lee.gu', 'megan.bowen'].map(
  name => `${name}@contoso.example`,
)

describe.each(shellsUnderTest())('a wave’s script on $name', ({ executable }) => {
  let lab: LabProcess
  let folder = ''
  let running: ChildProcess | undefined
  let since = 0

  beforeAll(async () => {
    lab = await LabProcess.start()
  })
  afterAll(async () => {
    await lab?.stop()
  })
  beforeEach(async () => {
    await lab.post('/reset', {})
    await lab.post('/scenario', { latency: 'zero' })
    const people = upns.map((userPrincipalName, index) => ({
      userPrincipalName,
      standing: index === 3 ? 'represented' : 'born-online',
    }))
    await lab.post('/people', { people })
    since = (await lab.journal()).at(-1)?.seq ?? 0
    folder = mkdtempSync(join(tmpdir(), 'ferry-take-away-'))
    writeScript()
    writePeople(upns)
  })
  afterEach(() => {
    running?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  function writeScript(more: Partial<TakenWave> = {}): void {
    const written = waveScript(takenWave(more))
    if (!written.ok) throw new Error(written.problems.join())
    writeFileSync(join(folder, 'wave.ps1'), (written.needsByteOrderMark ? byteOrderMark : '') + written.text)
  }

  function writePeople(identities: readonly string[]): void {
    const people = identities.map(Identity => ({
      displayName: 'Zoë “Z” Müller',
      values: { Identity, SipAddress: `sip:${Identity}`, Target: POOL },
    }))
    writeFileSync(join(folder, 'people.csv'), peopleCsv(['Identity', 'SipAddress', 'Target'], people))
  }

  /** Starts the script as an engineer does; small waits, since the lab is quick. */
  function start(...more: string[]): {
    ended: Promise<{ code: number | null; said: string }>
  } {
    const settle = more.includes('-SettleSeconds') ? [] : ['-SettleSeconds', '1']
    const waits = ['-LookSeconds', '1', '-WaitMinutes', '1', ...settle]
    const args = [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-File',
      join(folder, 'wave.ps1'),
      ...waits,
      ...more,
    ]
    const environment = shellEnvironmentOf('lab', root, { ...process.env, ...lab.environment, NO_COLOR: '1' })
    const child = spawn(executable, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        said += bytes.toString()
      })
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }))
    return { ended }
  }

  const run = (...more: string[]) => start(...more).ended

  const results = (): { Identity: string; Step: string; State: string; Reason: string }[] =>
    parse(readFileSync(join(folder, 'results.csv')), { bom: true, columns: true })

  /** How often each command changed each person, by the lab's own journal. */
  async function witness() {
    const seen = await lab.get<{
      people: Record<string, Record<string, { changes: number; alreadyThere: number }>>
      doubled: unknown[]
    }>('/witness')
    const moves = upns.map(upn => seen.people[upn]?.['Move-CsUser']?.changes ?? 0)
    return { moves, doubled: seen.doubled }
  }

  const cycles = async () =>
    (await lab.journal(since)).filter(line => line.kind === 'sync' && line.event === 'started').length

  const calls = async () => (await lab.journal(since)).filter(line => line.kind === 'call').length

  it('takes everybody across, with one sync between, and does nothing more the second time', async () => {
    const first = await run()
    expect(first).toMatchObject({ code: 0, said: expect.stringContaining('All 5 are through.') })
    expect(await witness()).toEqual({ moves: [1, 1, 1, 1, 1], doubled: [] })
    expect(await cycles()).toBe(1)
    const rows = results()
    for (const Identity of upns)
      expect(rows).toContainEqual(expect.objectContaining({ Identity, Step: 'move', State: 'done' }))
    expect(rows).toContainEqual(
      expect.objectContaining({ Identity: upns[3], Step: 'enable', State: 'no-change' }),
    )
    const before = await calls()
    expect(await run()).toMatchObject({ code: 0, said: expect.stringContaining('All 5 are through.') })
    expect(await calls()).toBe(before)
    expect(results()).toEqual(rows)
  }, 120_000)

  it('goes on where it was killed, and moves nobody twice', async () => {
    const quick = { read: 0, enable: 0, set: 0, syncStart: 0, syncCycle: 0, jitter: 0 }
    // A move takes effect on the lab after 5.6 s: long after the shell that asked for it is dead.
    await lab.post('/scenario', { latency: { ...quick, move: 8000 } })
    const first = start()
    await until(async () => {
      const { running: open } = await lab.get<{ running: { command: string }[] }>('/state')
      return open.some(call => call.command === 'Move-CsUser')
    }, 60_000)
    running?.kill('SIGKILL')
    await first.ended
    // What was being written when the end came is left as it was.
    appendFileSync(join(folder, 'results.csv'), '"2026-01-02T03:04:05Z","adele.va')
    await lab.post('/scenario', { latency: 'zero' })
    const again = await run()
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('All 5 are through.') })
    expect(await witness()).toEqual({ moves: [1, 1, 1, 1, 1], doubled: [] })
    expect(await cycles()).toBe(1)
    expect(results().filter(row => row.Step === 'move' && row.State !== 'begun')).toHaveLength(5)
    await until(async () => (await lab.get<{ running: unknown[] }>('/state')).running.length === 0, 20_000)
  }, 180_000)

  it('looks twice, a while apart, before it sends again what was cut off', async () => {
    const lee = upns[3] ?? ''
    writePeople([lee])
    const earlier = [
      ['2026-01-02T03:04:05Z', lee, 'enable', 'no-change', 'represented'],
      ['2026-01-02T03:04:06Z', '(wave)', 'sync', 'done', 'ended'],
      ['2026-01-02T03:04:07Z', lee, 'move', 'begun', 'begun: the change is sent now'],
    ]
    const lines = [['TimeUtc', 'Identity', 'Step', 'State', 'Reason'], ...earlier].map(
      row => `"${row.join('","')}"\n`,
    )
    writeFileSync(join(folder, 'results.csv'), lines.join(''))
    expect(await run('-SettleSeconds', '2')).toMatchObject({ code: 0 })
    const called = (await lab.journal(since)).flatMap(line =>
      line.kind === 'call' && line.parameters.Identity === lee ? [line] : [],
    )
    const sent = called.findIndex(call => call.command === 'Move-CsUser')
    const looks = called.slice(0, sent).filter(call => call.command === 'Get-CsUser')
    expect(looks).toHaveLength(2)
    expect(Date.parse(looks[1]?.at ?? '') - Date.parse(looks[0]?.at ?? '')).toBeGreaterThanOrEqual(1990)
    expect(await witness()).toEqual({ moves: [0, 0, 0, 1, 0], doubled: [] })
    expect(await cycles()).toBe(0)
  }, 60_000)

  it('stops with names and reasons at people who are blocked, and goes on without them when told to', async () => {
    const nobody = 'no.body@contoso.example'
    writePeople([...upns.slice(0, 2), nobody])
    const stopped = await run()
    expect(stopped.code).toBe(1)
    expect(stopped.said).toContain('Stopped after the step enable: 1 of 3 are not through it.')
    expect(stopped.said).toMatch(/no\.body@contoso\.example +blocked +not-found/)
    expect(await witness()).toMatchObject({ moves: [0, 0, 0, 0, 0] })
    const over = await run('-PassOver')
    expect(over).toMatchObject({ code: 0 })
    expect(await witness()).toEqual({ moves: [1, 1, 0, 0, 0], doubled: [] })
  }, 120_000)

  it('changes nothing with -WhatIf', async () => {
    const { code, said } = await run('-WhatIf')
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was changed') })
    expect(said).toMatch(
      /What if: Performing the operation "enable" on target "adele\.vance@contoso\.example"/,
    )
    expect(said).toContain('lee.gu@contoso.example  enable: done')
    const mutating = (await lab.journal(since)).filter(line => line.kind === 'call' && line.mutating)
    expect(mutating).toEqual([])
    expect(() => results()).toThrow(/ENOENT/)
  }, 60_000)

  it('stops after three people with the same error, before it locks an account', async () => {
    await lab.post('/scenario', {
      latency: 'zero',
      faults: [{ command: 'Enable-CsUser', fault: 'logon-failed' }],
    })
    const { code, said } = await run()
    expect({ code, said }).toMatchObject({
      code: 1,
      said: expect.stringContaining('three people in a row ended in the same error'),
    })
    const tries = (await lab.journal(since)).filter(
      line => line.kind === 'call' && line.command === 'Enable-CsUser',
    )
    expect(tries).toHaveLength(3)
  }, 120_000)

  it('changes nothing on a LIVE estate that is not named', async () => {
    writeScript({ liveEstate: 'Contoso West', title: 'Pilot of Z\u00fcrich \u201cWest\u201d' })
    const unnamed = await run('-Estate', 'contoso west')
    expect(unnamed).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was run.') })
    expect(await calls()).toBe(0)
    writePeople(upns.slice(0, 1))
    expect(await run('-Estate', 'Contoso West')).toMatchObject({ code: 0 })
    expect(await witness()).toEqual({ moves: [1, 0, 0, 0, 0], doubled: [] })
  }, 120_000)

  it.each([
    ['a pattern', '*'],
    ['a pattern that reads like a name', '[a-z]@contoso.example'],
  ])(
    'runs nothing when somebody wrote %s into the CSV',
    async (_what, identity) => {
      writePeople([upns[0] ?? '', identity])
      const { code, said } = await run()
      expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('Nothing was run.') })
      expect(await calls()).toBe(0)
    },
    60_000,
  )

  it('passes what stands in the CSV on as it is, whatever it looks like', async () => {
    const hostile = "a'; Stop-Computer; $(Stop-Computer) \u2019\u201c`@contoso.example"
    const odd = makeCases(200, 'take-away').filter(
      one => one.legal && ['upn', 'dn', 'guid'].includes(one.kind),
    )
    const identities = [
      ...new Map([hostile, ...odd.map(one => one.value)].map(one => [one.toLowerCase(), one])).values(),
    ]
    expect(identities.length).toBeGreaterThan(20)
    writePeople(identities)
    const { said } = await run()
    expect(said).toContain(`${identities.length} of ${identities.length} are not through the step enable`)
    const asked = (await lab.journal(since)).flatMap(line =>
      line.kind === 'call' ? [line.parameters.Identity] : [],
    )
    expect(new Set(asked)).toEqual(new Set(identities))
    expect(results().map(row => row.Identity)).toEqual(identities)
  }, 120_000)
})
