/**
 * What a shell costs: `npx tsx bench/shell.ts [executable]`, the stand-in by default. Its start beside that of a bare Node, and 500
 * framed calls of a script with one lab cmdlet beside as many plain calls of the lab service. Limits: 120 ms; 3 ms (10 ms real).
 */

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { callLab } from '@/lab/commands/client'
import { LabProcess } from '@/tests/lab/lab'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, scriptHash } from '@/workers/powershell/script-store'
import { quantile } from './figure'

const CALLS = 500
const WARM_UP = 50
const STARTS = 15
const root = process.cwd()
const executable = resolve(process.argv[2] ?? join(root, 'lab', 'bin', 'pwsh'))

const ms = (numbers: number[]): string =>
  `median ${quantile(numbers, 0.5).toFixed(1)} ms, p95 ${quantile(numbers, 0.95).toFixed(1)} ms`

function starts(program: string, args: string[]): number[] {
  return Array.from({ length: STARTS }, () => {
    const began = performance.now()
    const { status } = spawnSync(program, args, { input: '' })
    if (status !== 0) throw new Error(`${program} ended with ${status}.`)
    return performance.now() - began
  })
}

/** Open handles of a process, where the system shows them. */
function handles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return Number.NaN
  }
}

console.log(`start        ${ms(starts(executable, ['-NoProfile', '-Command', '1']))}`)
console.log(`  bare Node  ${ms(starts(process.execPath, ['-e', '0']))}`)

const folder = await mkdtemp(join(tmpdir(), 'ferry-bench-'))
const lab = await LabProcess.start()
Object.assign(process.env, lab.environment)
const store = createScriptStore({
  directory: folder,
  harnessText: readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8'),
})
const session = await openSession({
  executable,
  environment: { ...shellEnvironmentOf('lab', root, process.env), ...lab.environment },
  harnessPath: await store.harness(),
  cmdlets: ['Get-CsUser'],
})
try {
  const text =
    "param([string] $Identity)\n$found = Get-CsUser -Identity $Identity -ErrorAction SilentlyContinue\n[pscustomobject]@{ state = 'done'; reason = 'read: it'; facts = @{ found = [bool] $found } }\n"
  const scriptPath = await store.prepare(scriptHash(text), text)
  const values = { Identity: 'nobody@contoso.example' }
  const calls: number[] = []
  const plain: number[] = []
  let before = 0
  for (let i = 0; i < CALLS + WARM_UP; i++) {
    if (i === WARM_UP) before = handles(session.process.pid)
    const began = performance.now()
    const outcome = await session.run({ scriptPath, values, deadlineMs: 20_000 })
    const between = performance.now()
    if (outcome.kind === 'lost') throw new Error(outcome.loss.message)
    await callLab('Get-CsUser', values)
    if (i < WARM_UP) continue
    calls.push(between - began)
    plain.push(performance.now() - between)
  }
  const first = quantile(calls.slice(0, 100), 0.5)
  const last = quantile(calls.slice(-100), 0.5)
  console.log(`framed call  ${ms(calls)}`)
  console.log(`  plain call ${ms(plain)}`)
  console.log(
    `  beyond it  median ${(quantile(calls, 0.5) - quantile(plain, 0.5)).toFixed(1)} ms; first hundred ${first.toFixed(1)} ms, last ${last.toFixed(1)} ms`,
  )
  console.log(`  handles    ${before} before, ${handles(session.process.pid)} after ${CALLS} calls`)
  console.log(
    `  memory     ${(((await session.memoryBytes()) ?? Number.NaN) / 1_000_000).toFixed(0)} MB at the end of ${CALLS + WARM_UP} calls`,
  )
} finally {
  await session.dispose()
  await lab.stop()
  await rm(folder, { recursive: true })
}
process.exit(0)
