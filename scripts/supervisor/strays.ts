import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Given to every process of one run, and inherited by whatever those start. */
export const RUN_VARIABLE = 'FERRY_RUN'

/**
 * Ids of the processes that belong to a run, told by their environment: also shells that a killed worker left behind,
 * and whatever those started. Empty on Windows, where a shell ends with its closed input.
 */
export function processesOfRun(run: string): number[] {
  const mark = `${RUN_VARIABLE}=${run}`
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name) && environmentOf(name).includes(mark))
      .map(Number)
  }
  if (process.platform === 'win32') return []
  const list = spawnSync('ps', ['-axEww', '-o', 'pid=,command='], { encoding: 'utf8' })
  return (list.stdout ?? '')
    .split('\n')
    .filter(line => line.includes(mark))
    .map(line => Number.parseInt(line, 10))
    .filter(pid => pid !== process.pid)
}

/** A killed process is gone within moments, later on a machine with much to do. */
const GONE_MS = 2_000

/** Ends every process that is left of a run, and waits until they are gone. Answers how many there were. */
export async function killStrays(run: string): Promise<number> {
  const left = processesOfRun(run)
  const until = performance.now() + GONE_MS
  for (let now = left; now.length > 0; now = processesOfRun(run)) {
    for (const pid of now) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself meanwhile.
      }
    }
    if (performance.now() > until) break
    await sleep(20)
  }
  return left.length
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
