import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A process as it can be found again later: its id alone is not enough, because ids are given out anew.
 * `started` is an opaque mark of the moment it started; it is compared, never read as a time.
 */
export type ProcessIdentity = { pid: number; started: string }

/** The identity of the process `pid`, or undefined when no such process runs. A zombie counts as not running. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = startMark(pid)
  return started === undefined ? undefined : { pid, started }
}

/** True while the very process that `identity` was taken of is running. */
export function isRunning(identity: ProcessIdentity): boolean {
  return startMark(identity.pid) === identity.started
}

/** The command line of a process as one string, or undefined where it cannot be told. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    } catch {
      return undefined
    }
  }
  if (process.platform === 'win32') {
    return output('powershell', [
      '-NoProfile',
      '-Command',
      `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
    ])
  }
  return output('ps', ['-o', 'command=', '-p', String(pid)])
}

function startMark(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in brackets may hold spaces and brackets of its own: count fields from the last bracket.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined
      return `${bootId()}:${fields[19]}`
    } catch {
      return undefined
    }
  }
  if (process.platform === 'win32') {
    return output('powershell', [
      '-NoProfile',
      '-Command',
      `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`,
    ])
  }
  const answer = output('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
  return answer === undefined || answer.startsWith('Z') ? undefined : answer.replace(/^\S+\s+/, '')
}

let boot: string | undefined
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return boot
}

function output(command: string, args: string[]): string | undefined {
  const result = spawnSync(command, args, { encoding: 'utf8', windowsHide: true })
  const text = result.status === 0 ? result.stdout.trim() : ''
  return text === '' ? undefined : text
}
