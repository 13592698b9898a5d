import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CONSOLE = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-']

export type Ended = { out: string; err: string; code: number | null }

/** Starts the stand-in as a worker does, writes to its standard input and closes it. */
export function type(input: string, args: string[] = CONSOLE): Ended {
  const { stdout, stderr, status } = spawnSync(`${ROOT}lab/bin/pwsh`, args, { input, encoding: 'utf8' })
  return { out: stdout, err: stderr, code: status }
}

/** What one line of input puts out, line by line. */
export const lines = (input: string): string[] => type(`${input}\n`).out.trimEnd().split('\n')
