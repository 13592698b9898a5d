import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actual } from './cases'

/** How long a case may take. A shell that says nothing for so long hangs. */
export const PATIENCE_MS = 10_000

export const HUNG: Actual = { lost: `no answer within ${PATIENCE_MS / 1000} s` }

/** A folder of its own for each case: what a case writes by a relative name or to the place for temporary files is seen. */
export class Workplace {
  private readonly folder = mkdtempSync(join(tmpdir(), 'golden-'))
  private cases = 0

  /** An empty folder. */
  next(): string {
    const path = join(this.folder, String(this.cases++))
    mkdirSync(path)
    return path
  }

  /** Takes a case's folder away. A refusal counts only when nothing was written before it. */
  leave(path: string, actual: Actual): Actual {
    const written = readdirSync(path)
    rmSync(path, { recursive: true })
    if (!('refused' in actual) || written.length === 0) return actual
    return { lost: `refused after writing ${written.join(', ')}: ${actual.refused}` }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The surroundings that the recorded answers had; `folder` holds temporary files. */
export function surroundings(folder: string): NodeJS.ProcessEnv {
  const { NO_COLOR: _, ...rest } = process.env
  return { ...rest, TERM: 'dumb', LANG: 'C.UTF-8', TZ: 'UTC', TMPDIR: folder, TEMP: folder, TMP: folder }
}
