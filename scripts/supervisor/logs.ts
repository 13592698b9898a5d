import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'

const LIMIT = 5_000_000
const KEPT = 3

/** Opens a process's log for appending; whoever opened it closes it. */
export function openLog(folder: string, name: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return openSync(join(folder, `${name}.log`), 'a', 0o600)
}

/**
 * Keeps every log below `limit` bytes: a longer one becomes `<name>.log.1`, older ones move up, the oldest goes.
 * The file itself is emptied, not replaced, because the process that writes it holds it open.
 */
export function rotateLogs(folder: string, limit = LIMIT): void {
  for (const name of readdirSync(folder).filter(file => file.endsWith('.log'))) {
    const file = join(folder, name)
    if (statSync(file).size <= limit) continue
    for (let older = KEPT - 1; older >= 1; older--) {
      if (existsSync(`${file}.${older}`)) renameSync(`${file}.${older}`, `${file}.${older + 1}`)
    }
    copyFileSync(file, `${file}.1`)
    truncateSync(file)
  }
}
