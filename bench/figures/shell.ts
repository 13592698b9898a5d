import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callLab } from '@/lab/commands/client'
import { LabProcess } from '@/tests/lab/lab'
import { type ShellUnderTest, standInAndReal } from '@/tests/shells'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, scriptHash } from '@/workers/powershell/script-store'
import { quantile, report } from '../figure'

/**
 * What a shell costs, the stand-in and a real one where there is one: its start beside that of a bare Node, and framed
 * calls of a script with one lab cmdlet beside as many plain calls of the lab service. Handles and memory are read
 * before the calls that count and after them.
 */
const CALLS = 500
/** So many calls come first: V8 and .NET take threads and memory for what they compile until then. */
const WARM_UP = 400
const STARTS = 15
/** Limits: ms of a start, ms of a framed call beyond the lab's own latency, and how much memory may be more at the end. */
const GOALS = { start: 120, call: 3, realCall: 10, memory: 1.2 }
const root = process.cwd()

const ms = (numbers: number[]): string =>
  `${quantile(numbers, 0.5).toFixed(1)} ms, p95 ${quantile(numbers, 0.95).toFixed(1)} ms`

function starts(program: string, args: string[]): number[] {
  return Array.from({ length: STARTS }, () => {
    const began = performance.now()
    const { status } = spawnSync(program, args, { input: '' })
    if (status !== 0) throw new Error(`${program} ended with ${status}.`)
    return performance.now() - began
  })
}

/** Open handles of a process; null where the system does not show them. */
function handlesOf(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return null
  }
}

type Held = { handles: number | null; memory: number | null }

/** Framed calls and plain ones in turn, in ms, and what the shell held before those that count and after them. */
async function callsOn({ executable }: ShellUnderTest, lab: LabProcess, folder: string) {
  const harnessText = readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8')
  const store = createScriptStore({ directory: folder, harnessText })
  const session = await openSession({
    executable,
    environment: { ...shellEnvironmentOf('lab', root, process.env), ...lab.environment },
    harnessPath: await store.harness(),
    cmdlets: ['Get-CsUser'],
  })
  const held = async (): Promise<Held> => ({
    handles: handlesOf(session.process.pid),
    memory: await session.memoryBytes(),
  })
  try {
    const text =
      "param([string] $Identity)\n$found = Get-CsUser -Identity $Identity -ErrorAction SilentlyContinue\n[pscustomobject]@{ state = 'done'; reason = 'read: it'; facts = @{ found = [bool] $found } }\n"
    const scriptPath = await store.prepare(scriptHash(text), text)
    const values = { Identity: 'nobody@contoso.example' }
    const framed: number[] = []
    const plain: number[] = []
    let before = await held()
    for (let call = 0; call < CALLS + WARM_UP; call++) {
      if (call === WARM_UP) before = await held()
      const began = performance.now()
      const outcome = await session.run({ scriptPath, values, deadlineMs: 20_000 })
      const between = performance.now()
      if (outcome.kind === 'lost') throw new Error(outcome.loss.message)
      await callLab('Get-CsUser', values)
      if (call < WARM_UP) continue
      framed.push(between - began)
      plain.push(performance.now() - between)
    }
    return { framed, plain, before, after: await held() }
  } finally {
    await session.dispose()
  }
}

const megabytes = (bytes: number | null): string =>
  bytes === null ? 'unknown' : `${Math.round(bytes / 1024 ** 2)} MB`
const grew = (before: number | null, after: number | null, times: number): boolean =>
  before !== null && after !== null && after > before * times

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ferry-bench-'))
  const lab = await LabProcess.start()
  Object.assign(process.env, lab.environment)
  try {
    let met = true
    let value = Number.NaN
    const notes: string[] = []
    for (const shell of standInAndReal()) {
      const start = starts(shell.executable, ['-NoProfile', '-NonInteractive', '-Command', '1'])
      const { framed, plain, before, after } = await callsOn(shell, lab, folder)
      const beyond = quantile(framed, 0.5) - quantile(plain, 0.5)
      if (!shell.real) value = beyond
      met &&= beyond <= (shell.real ? GOALS.realCall : GOALS.call)
      met &&= shell.real || quantile(start, 0.5) <= GOALS.start
      met &&= !grew(before.handles, after.handles, 1) && !grew(before.memory, after.memory, GOALS.memory)
      const [first, last] = [framed.slice(0, 100), framed.slice(-100)].map(some =>
        quantile(some, 0.5).toFixed(1),
      )
      notes.push(
        `${shell.name}: start ${ms(start)}${shell.real ? '' : ` (goal ≤ ${GOALS.start} ms)`}`,
        `${shell.name}: framed call ${ms(framed)}; beyond the lab's latency ${beyond.toFixed(1)} ms (goal ≤ ${shell.real ? GOALS.realCall : GOALS.call} ms); first hundred ${first} ms, last ${last} ms`,
        `${shell.name}: handles ${before.handles ?? 'unknown'} before ${CALLS} calls, ${after.handles ?? 'unknown'} after (goal: no more); memory ${megabytes(before.memory)} before, ${megabytes(after.memory)} after (goal ≤ ${GOALS.memory} ×)`,
      )
      if (!shell.real) notes.push(`a plain call of the lab: ${ms(plain)}`)
    }
    report({
      id: 'shell',
      what: `a framed call beyond the lab's own latency, in ms; start, handles and memory over ${CALLS} calls`,
      value,
      goal: `≤ ${GOALS.call} ms (a real PowerShell ≤ ${GOALS.realCall} ms), start ≤ ${GOALS.start} ms, handles and memory do not grow`,
      met,
      baseline: `a bare Node starts in ${ms(starts(process.execPath, ['-e', '0']))}`,
      notes,
    })
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true })
  }
}

// A client of the lab keeps its connection.
main().then(() => process.exit(0))
