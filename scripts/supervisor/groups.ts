import { readdirSync, readFileSync } from 'node:fs'

/**
 * Process groups: every child leads one of its own, and what it starts stays in it. On Windows there are none, and a
 * child's own programs end with their closed input.
 */

/** Sends a signal to every process of the group that `leader` led. True when there was any. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  if (process.platform === 'win32') return false
  try {
    process.kill(-leader, signal)
    return true
  } catch {
    return false
  }
}

/**
 * True when the group's leader is gone but processes of it are left that belong to the instance on `dataDir`: told by
 * their environment, because a process id alone could belong to anybody by now. Known on Linux only.
 */
export function hasStrays(leader: number, dataDir: string): boolean {
  if (process.platform !== 'linux' || !signalGroup(leader, 0)) return false
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .some(pid => groupOf(pid) === leader && environmentOf(pid).includes(`FERRY_DATA_DIR=${dataDir}`))
}

function groupOf(pid: string): number | undefined {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : Number(fields[2])
}

function environmentOf(pid: string): string[] {
  return read(`/proc/${pid}/environ`).split('\0')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
