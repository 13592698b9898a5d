import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'

/** What a file was: its bytes, only its length where it was added to, or null where there was none. */
type Before = Buffer | number | null

/** What the script that runs now has done outside of the shell. On standard input each statement is a script. */
export class Effects {
  /** Calls to the lab. */
  calls = 0
  private readonly before = new Map<string, Before>()

  /** To be told before a file is written or taken away; `added` where what it holds stays in front. */
  changes(path: string, added = false): void {
    const known = this.before.get(path)
    if (known === undefined)
      this.before.set(path, existsSync(path) ? (added ? statSync(path).size : readFileSync(path)) : null)
    else if (typeof known === 'number' && !added) this.before.set(path, beginOf(path, known))
  }

  /** Puts files back as they were, for a script that is refused. Where it called the lab they stay: then it has run in part. */
  takeBack(): void {
    if (this.calls > 0) return
    for (const [path, before] of this.before) {
      if (before === null) rmSync(path, { force: true })
      else if (typeof before === 'number') truncateSync(path, before)
      else writeFileSync(path, before)
      this.before.delete(path)
    }
  }

  /** The end of a refusal's line: empty where nothing was done, else such as ` (after 2 calls to the lab and changes to 1 file)`. */
  words(): string {
    const files = this.before.size
    const done = [
      this.calls > 0 && `${this.calls} ${this.calls === 1 ? 'call' : 'calls'} to the lab`,
      files > 0 && `changes to ${files} ${files === 1 ? 'file' : 'files'}`,
    ].filter(Boolean)
    return done.length === 0 ? '' : ` (after ${done.join(' and ')})`
  }
}

function beginOf(path: string, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes, 0, length, 0)
  } finally {
    closeSync(file)
  }
  return bytes
}
