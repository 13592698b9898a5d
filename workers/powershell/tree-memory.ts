import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { descendants } from './process-tree'

const run = promisify(execFile)

/** Something that a shell started a moment ago counts at the next look. */
const LISTED_MS = 5_000

/**
 * Resident memory in bytes of a process and everything below it, as the host counts it (shared pages count for each);
 * null where the host does not say. On Windows it is the working set of the process alone.
 */
export async function treeMemoryBytes(pid: number): Promise<number | null> {
  switch (process.platform) {
    case 'linux':
      return linuxMemory([pid, ...(await descendants(pid, LISTED_MS))])
    case 'win32':
      return windowsMemory(pid)
    default:
      return posixMemory([pid, ...(await descendants(pid, LISTED_MS))])
  }
}

async function linuxMemory(pids: readonly number[]): Promise<number | null> {
  const sizes = await Promise.all(
    pids.map(async pid => {
      const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
    }),
  )
  return sizes[0] ? sizes.reduce((sum, size) => sum + size, 0) : null
}

async function posixMemory(pids: readonly number[]): Promise<number | null> {
  const asked = await run('ps', ['-o', 'rss=', '-p', pids.join(',')]).catch(() => null)
  const kibibytes = asked?.stdout.trim().split(/\s+/).map(Number).filter(Number.isFinite) ?? []
  return kibibytes.length > 0 ? kibibytes.reduce((sum, size) => sum + size, 0) * 1024 : null
}

/** `"pwsh.exe","4711","Console","1","98,304 K"`: the separator of thousands is that of the host's language. */
async function windowsMemory(pid: number): Promise<number | null> {
  const asked = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']).catch(() => null)
  const last = asked?.stdout.trim().split('","').at(-1) ?? ''
  const kibibytes = Number(last.replace(/\D/g, ''))
  return kibibytes > 0 ? kibibytes * 1024 : null
}
