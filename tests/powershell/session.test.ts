import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { longestLiteral } from '@/domain/script/literal'
import { readableScript } from '@/domain/script/readable-script'
import type { ScriptValues } from '@/domain/script/travel'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, type ScriptStore, scriptHash } from '@/workers/powershell/script-store'
import type { RunOutcome, Session } from '@/workers/powershell/session'
import { shellsUnderTest } from '../shells'

/** The same behaviour on whichever shell is here: the stand-in that comes with Ferry, and a real PowerShell. */
const root = fileURLToPath(new URL('../..', import.meta.url))

describe.each(shellsUnderTest())('a session on $name', ({ executable, real }) => {
  let folder = ''
  let store: ScriptStore
  let session: Session

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ferry-session-'))
    store = createScriptStore({
      directory: join(folder, "o'neil & sons"),
      harnessText: readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8'),
    })
    session = await openSession({
      executable,
      environment: shellEnvironmentOf('lab', root, process.env),
      harnessPath: await store.harness(),
      cmdlets: ['Get-CsUser', 'Get-NobodyHasThis'],
    })
  })
  afterAll(async () => {
    await session?.dispose()
    await rm(folder, { recursive: true })
  })

  async function outcome(text: string, values: ScriptValues = {}): Promise<RunOutcome> {
    const scriptPath = await store.prepare(scriptHash(text), text)
    return session.run({ scriptPath, values, deadlineMs: 20_000 })
  }

  async function answer(text: string, values: ScriptValues = {}) {
    const done = await outcome(text, values)
    if (done.kind === 'lost')
      throw new Error(`${done.loss.kind}: ${done.loss.message} ${done.loss.diagnostics}`)
    return done.answer
  }

  const echo =
    "param([string] $Text)\n[pscustomobject]@{ state = 'done'; reason = 'echo: it'; facts = @{ text = $Text } }\n"

  it('says what it is', () => {
    expect(session.health).toMatchObject({
      executable,
      languageMode: 'FullLanguage',
      culture: 'en-US',
      uiCulture: 'en-US',
      outputEncoding: 'utf-8',
      missing: ['Get-NobodyHasThis'],
    })
    expect(Object.keys(session.health.modules)).toEqual([real ? 'FerryLab' : 'SkypeForBusiness'])
    expect(Number.parseInt(session.health.version, 10)).toBeGreaterThanOrEqual(5)
  })

  it.each([
    "o'brien",
    'O\u2019Brien \u2018\u201a\u201b\u201c\u201d',
    "x'; Stop-Computer; '",
    '$(Stop-Process -Id $PID) `n $env:PATH',
    '-Force',
    '@{ a = 1 }',
    '2024-01-01T00:00:00Z',
    '/Date(1700000000000)/',
    'true',
    '007',
    ' blanks ',
    '',
    '{"a":1}',
    'zo\u00eb \u7530\u4e2d \u{1f680} \u200f\u05d0',
    'x'.repeat(longestLiteral),
  ])('carries %j there and back exactly', async text => {
    expect((await answer(echo, { Text: text })).result?.facts).toEqual({ text })
  })

  it('carries switches and numbers as what they are, and only what the script declares', async () => {
    const text =
      "param([switch] $Loud, [int] $Count)\n[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{ loud = [bool] $Loud; count = $Count } }\n"
    expect((await answer(text, { Loud: true, Count: 7, Force: true })).result?.facts).toEqual({
      loud: true,
      count: 7,
    })
  })

  it('keeps streams apart', async () => {
    const text = [
      'param()',
      "Write-Warning 'one warning'",
      "Write-Verbose 'one detail' -Verbose",
      "Write-Host 'one note'",
      "Write-Error 'it went on' -ErrorAction Continue",
      "[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{} }",
      '',
    ].join('\n')
    const { result, warnings, verbose, information, errors } = await answer(text)
    expect(result).toEqual({ state: 'done', reason: 'x: y', facts: {} })
    expect({ warnings, verbose, information }).toEqual({
      warnings: ['one warning'],
      verbose: ['one detail'],
      information: ['one note'],
    })
    expect(errors).toMatchObject([{ message: 'it went on', terminating: false }])
  })

  it('brings an error that ends the script as data, and what came before it', async () => {
    const text = "param()\nWrite-Warning 'first'\nthrow [System.InvalidOperationException]::new('no good')\n"
    const { result, errors, warnings } = await answer(text)
    expect(result).toBeNull()
    expect(warnings).toEqual(['first'])
    expect(errors).toMatchObject([
      {
        message: 'no good',
        terminating: true,
        exceptions: [{ type: 'System.InvalidOperationException', message: 'no good' }],
      },
    ])
  })

  it.each([
    ['nothing', 'param()\n'],
    ['two objects', "param()\n@{ state = 'done' }\n@{ state = 'done' }\n"],
    ['an object without a state', 'param()\n[pscustomobject]@{ reason = 1 }\n'],
  ])('takes %s for no result', async (_what, text) => {
    const { result, errors } = await answer(text)
    expect(result).toBeNull()
    expect(errors).toEqual([])
  })

  it.each<ScriptValues>([{}, { Text: 'a value' }])('survives a script that does not parse', async values => {
    const text = "param([string] $Text)\nif ($true) {\n'unbalanced\n"
    let begun = 0
    const scriptPath = await store.prepare(scriptHash(text), text)
    for (const _ of [1, 2]) {
      const done = await session.run({ scriptPath, values, deadlineMs: 20_000, onBegan: () => begun++ })
      if (done.kind === 'lost') throw new Error(done.loss.message)
      expect(done.answer.errors).toMatchObject([{ category: 'ParserError', terminating: true }])
      expect({ begun, began: done.answer.began }).toEqual({ begun: 0, began: false })
    }
    expect((await answer(echo, { Text: 'still here' })).result?.facts).toEqual({ text: 'still here' })
  })

  it('says of an error whether it came once the script had begun', async () => {
    const throwing = await answer("param()\nthrow 'on the way'\n")
    expect(throwing).toMatchObject({ began: true, errors: [{ message: 'on the way' }] })
    const missing = await session.run({ scriptPath: '/no/such.ps1', values: {}, deadlineMs: 20_000 })
    expect(missing).toMatchObject({
      kind: 'answered',
      answer: { began: false, errors: [{ terminating: true }] },
    })
  })

  it('says how many records it had no room for', async () => {
    const text = [
      'param()',
      "foreach ($n in 1..203) { Write-Warning 'w'; Write-Verbose 'v' -Verbose; Write-Host 'i'; $n }",
      "foreach ($n in 1..102) { Write-Error 'e' -ErrorAction Continue }",
      '',
    ].join('\n')
    const { dropped, errors, warnings } = await answer(text)
    expect(dropped).toEqual({ output: 3, errors: 2, warnings: 3, verbose: 3, information: 3 })
    expect([errors.length, warnings.length]).toEqual([100, 200])
  })

  it('shows errors of one call in that call alone', async () => {
    const failing = "param()\nWrite-Error 'of the first call' -ErrorAction Continue\n"
    expect((await answer(failing)).errors).toMatchObject([{ message: 'of the first call' }])
    const { errors, result } = await answer(echo, { Text: 'second' })
    expect({ errors, facts: result?.facts }).toEqual({ errors: [], facts: { text: 'second' } })
  })

  it('does not remember values from one call to the next', async () => {
    await answer(echo, { Text: 'secret-of-one-call' })
    const text = [
      'param()',
      "$known = if (Get-Variable -Name Text -ErrorAction SilentlyContinue) { 'yes' } else { 'no' }",
      "[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{ known = $known } }",
      '',
    ].join('\n')
    const done = await outcome(text)
    if (done.kind === 'answered') expect(done.answer.result?.facts).toEqual({ known: 'no' })
    else {
      expect(done.loss.kind).toBe('refused')
      session = await openSession({
        executable,
        environment: process.env,
        harnessPath: await store.harness(),
      })
    }
  })

  it('runs 50 calls in one process', async () => {
    const pid = session.process.pid
    for (let call = 0; call < 50; call++) {
      expect((await answer(echo, { Text: String(call) })).result?.facts).toEqual({ text: String(call) })
    }
    expect(session.process.pid).toBe(pid)
  })

  it('runs a readable script by hand, with its literal values', async () => {
    const text = 'O\u2019Brien\'s $(Get-Date) `n "x" \u2013 \u{1f680}'
    const readable = readableScript(echo, { Text: text })
    if (!readable.ok) throw new Error(readable.problems.join())
    expect((await answer(`param()\n${readable.text}`)).result?.facts).toEqual({ text })
  })

  if (!real) {
    it('that the stand-in can see it has to refuse has not begun', async () => {
      const done = await outcome('param()\nGet-CsUser -Identity x\nStart-Job { 1 }\n')
      if (done.kind !== 'lost') throw new Error('It was not refused.')
      expect(done.loss).toMatchObject({ kind: 'refused', began: false })
      expect(done.loss.message).toContain('the command Start-Job')
    })
    return
  }
  it('answers while the events of its own script go on', async () => {
    const begin = [
      '$timer = New-Object System.Timers.Timer 5',
      "$null = Register-ObjectEvent -InputObject $timer -EventName Elapsed -SourceIdentifier ferry -Action { [Console]::Out.Write('event ') ; [Console]::Error.WriteLine('event') }",
      '$timer.Start()',
      'Start-Sleep -Milliseconds 50',
      "[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{ on = $true } }",
      '',
    ].join('\n')
    expect((await answer(begin)).result?.facts).toEqual({ on: true })
    for (let call = 0; call < 10; call++) {
      const waits = `Start-Sleep -Milliseconds 20\n${echo.slice(echo.indexOf('\n') + 1)}`
      const text = `${echo.slice(0, echo.indexOf('\n') + 1)}${waits}`
      expect((await answer(text, { Text: String(call) })).result?.facts).toEqual({ text: String(call) })
    }
    const end =
      "Unregister-Event -SourceIdentifier ferry\n[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{} }\n"
    expect((await answer(end)).result?.state).toBe('done')
  })

  it('parses every step script, as it is and with literal values', async () => {
    const steps = join(root, 'runbooks', 'sfb-return', 'steps')
    const parse = [
      'param([string] $Path)',
      '$tokens = $null; $problems = $null',
      '[void] [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref] $tokens, [ref] $problems)',
      "[pscustomobject]@{ state = 'done'; reason = 'x: y'; facts = @{ problems = ($problems | Out-String) } }",
      '',
    ].join('\n')
    const names = (await readdir(steps)).filter(name => name.endsWith('.ps1'))
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      const readable = readableScript(await readFile(join(steps, name), 'utf8'), {
        Identity: "siobhan.o'brien@contoso.example",
        SipAddress: "sip:siobhan.o'brien@contoso.example",
        Target: 'pool01.contoso.example',
      })
      if (!readable.ok) throw new Error(readable.problems.join())
      const literal = join(folder, name)
      await writeFile(literal, readable.text)
      for (const path of [join(steps, name), literal]) {
        expect({ path, ...(await answer(parse, { Path: path })).result?.facts }).toEqual({
          path,
          problems: '',
        })
      }
    }
  })
})
