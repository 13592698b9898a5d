import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive, linuxStat, processStartedAt } from './process-identity'
import type { ShellProcess } from './seats'

const run = promisify(execFile)

/**
 * Kills a shell and everything it started, and answers whether all of it was seen dead. On POSIX the shell leads its own
 * process group; children that left the group are found by their parents. On Windows `taskkill /T` does it.
 * Nothing is signalled unless the process is still the one that we started.
 */
export async function killTree(shell: ShellProcess, patienceMs = 5000): Promise<boolean> {
  const family: ShellProcess[] = [shell]
  if (await isAlive(shell.pid, shell.pidStartedAt)) {
    if (process.platform === 'win32') {
      await run('taskkill', ['/PID', String(shell.pid), '/T', '/F']).catch(() => undefined)
    } else {
      for (const pid of await descendants(shell.pid)) {
        const pidStartedAt = await processStartedAt(pid)
        if (pidStartedAt !== null) family.push({ pid, pidStartedAt })
      }
      signal(-shell.pid)
    }
  }
  if (process.platform !== 'win32') {
    for (const member of family) if (await isAlive(member.pid, member.pidStartedAt)) signal(member.pid)
  }
  const polls = Math.max(1, Math.ceil(patienceMs / 50))
  for (let poll = 0; poll < polls; poll++) {
    const alive = await Promise.all(family.map(member => isAlive(member.pid, member.pidStartedAt)))
    if (!alive.includes(true)) return true
    await sleep(50)
  }
  return false
}

/** A process that ended between the look and the signal is what we want anyway. */
function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

/** The host's processes as they were last listed, and when. */
let listed: { at: number; all: Promise<[pid: number, parent: number][]> } | null = null

/**
 * Numbers of all processes below this one, at any depth. Listing a host's processes is dear: who asks for many roots after
 * each other and can do with a list that is `maxAgeMs` old says so.
 */
export async function descendants(root: number, maxAgeMs = 0): Promise<number[]> {
  if (!listed || performance.now() - listed.at > maxAgeMs) listed = { at: performance.now(), all: parents() }
  const list = listed
  const processes = await list.all.catch((error: unknown) => {
    if (listed === list) listed = null
    throw error
  })
  const children = new Map<number, number[]>()
  for (const [pid, parent] of processes) {
    const siblings = children.get(parent)
    if (siblings) siblings.push(pid)
    else children.set(parent, [pid])
  }
  const found: number[] = []
  const open = [root]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push(child)
      open.push(child)
    }
  }
  return found
}

async function parents(): Promise<[pid: number, parent: number][]> {
  if (process.platform === 'linux') {
    const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
    const stats = await Promise.all(pids.map(async pid => [Number(pid), await linuxStat(pid)] as const))
    return stats.flatMap(([pid, fields]) => (fields ? [[pid, Number(fields[1])]] : []))
  }
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  return stdout.split('\n').flatMap(line => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    return pid !== undefined && parent !== undefined && pid > 0 ? [[pid, parent]] : []
  })
}
