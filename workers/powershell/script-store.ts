import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** SHA-256 of a script's text (UTF-8, LF) as lower-case hex: its name in plans, approvals and on disk. */
export const scriptHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A script on disk, or the text given for it, is not the one that its hash names. */
export class ScriptChanged extends Error {
  override readonly name = 'ScriptChanged'
}

export type ScriptStore = {
  /**
   * The path of the file with exactly this text, written where it is not there yet. The file's content is compared with
   * the hash at every call.
   * @throws ScriptChanged when the text, or the file on disk, does not have this hash.
   */
  prepare(hash: string, text: string): Promise<string>
  /** The path of the stored harness, checked in the same way. */
  harness(): Promise<string>
}

const byteOrderMark = '\ufeff'

/**
 * Keeps script texts as `<folder>/<sha256>.ps1` on this host. Non-ASCII texts get a byte order mark, without which
 * Windows PowerShell 5.1 reads them in the ANSI code page; the mark is not part of the hash.
 * @throws RangeError for a folder whose path PowerShell would take for a wildcard, or that is not ASCII.
 */
export function createScriptStore(options: {
  readonly directory: string
  readonly harnessText: string
}): ScriptStore {
  const directory = resolve(options.directory)
  if (!/^[\x20-\x7e]+$/.test(directory) || /[*?[\]]/.test(directory)) {
    throw new RangeError(
      `Scripts cannot be kept in ${directory}: the path has wildcard or non-ASCII characters. Set FERRY_DATA_DIR to a plain path.`,
    )
  }
  const harnessHash = scriptHash(options.harnessText)

  async function prepare(hash: string, text: string): Promise<string> {
    if (scriptHash(text) !== hash) {
      throw new ScriptChanged(
        `The script text given for ${hash.slice(0, 12)} has another hash. Nothing was run.`,
      )
    }
    const path = join(directory, `${hash}.ps1`)
    const stored = readIfThere(path)
    if (stored === null) await write(path, text)
    else if (scriptHash(stored.startsWith(byteOrderMark) ? stored.slice(1) : stored) !== hash) {
      throw new ScriptChanged(
        `The file ${path} was changed after it was stored. Nothing was run. Find out who changed it, then delete it.`,
      )
    }
    return path
  }

  async function write(path: string, text: string): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const isAscii = !/[^\p{ASCII}]/u.test(text)
    const part = `${path}.${randomBytes(6).toString('hex')}.part`
    await writeFile(part, isAscii ? text : byteOrderMark + text, { encoding: 'utf8', mode: 0o600 })
    // A rename shows other processes the whole file or none.
    await rename(part, path)
  }

  return { prepare, harness: () => prepare(harnessHash, options.harnessText) }
}

// Read at once: a script is a few kilobytes, and its way through the pool of file threads costs ten times the reading.
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
