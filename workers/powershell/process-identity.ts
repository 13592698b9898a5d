import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * When the process with this number started, as an opaque text that a later process with the same number cannot have
 * (after a reboot neither); null where there is no such process, or only what is left of one until it is reaped.
 */
export async function processStartedAt(pid: number): Promise<string | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  switch (process.platform) {
    case 'linux':
      return linuxStart(pid)
    case 'win32':
      return windowsStart(pid)
    default:
      return posixStart(pid)
  }
}

/** Whether exactly this process is still alive on this host. A successor with the same number is not it. */
export async function isAlive(pid: number, pidStartedAt: string): Promise<boolean> {
  return (await processStartedAt(pid)) === pidStartedAt
}

/** Fields of /proc/<pid>/stat behind the command name, which may hold blanks and brackets: state is [0], parent [1]. */
export async function linuxStat(pid: number | string): Promise<string[] | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

async function linuxStart(pid: number): Promise<string | null> {
  const fields = await linuxStat(pid)
  const ticks = fields?.[19]
  if (!fields || ticks === undefined || fields[0] === 'Z' || fields[0] === 'X') return null
  return `${(await bootId()).slice(0, 8)}:${ticks}`
}

let boot: Promise<string> | undefined
const bootId = (): Promise<string> => {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => 'no-boot-id')
  return boot
}

async function posixStart(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    })
    const [state, ...started] = stdout.trim().split(/\s+/)
    return !state || state.startsWith('Z') ? null : started.join(' ')
  } catch {
    return null
  }
}

async function windowsStart(pid: number): Promise<string | null> {
  const shell = join(
    process.env.SystemRoot ?? 'C:\\Windows',
    'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  )
  const ask = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`
  try {
    const { stdout } = await run(shell, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', ask])
    return stdout.trim() || null
  } catch {
    return null
  }
}
