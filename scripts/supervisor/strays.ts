import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

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

/** Ends every process that is left of a run. Answers how many there were. */
export function killStrays(run: string): number {
  const left = processesOfRun(run)
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
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
