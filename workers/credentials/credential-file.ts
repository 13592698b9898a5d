import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { Secret } from './secret'

export type Login = { readonly user: string; readonly password: Secret }

const loginSchema = z.object({ user: z.string().min(1), password: z.string().min(1) })
const mostBytes = 65_536

/**
 * Reads `{ "user": …, "password": … }` from a file that nobody else may read. Answers null where there is none, and a
 * sentence with the remedy where it may not be used. `account` is the number of the account that has to own it.
 */
export async function readCredentialFile(path: string, account: number): Promise<Login | string | null> {
  // Without waiting: a pipe in the file's place would never be opened.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  )
  if (file === 'ENOENT' || file === 'ENOTDIR') return null
  if (typeof file === 'string') return `${path} cannot be read (${file}).`
  try {
    // Of the open file: what is checked is what is read.
    const seen = await file.stat()
    if (!seen.isFile() || seen.size > mostBytes) return `${path} is not a small file. ${expected}`
    if (seen.uid !== account)
      return `${path} belongs to another account (${seen.uid}) than the worker's (${account}). Run: chown ${account} ${quoted(path)}`
    const mode = (seen.mode & 0o777).toString(8).padStart(4, '0')
    if (seen.mode & 0o077)
      return `${path} has mode ${mode}, so others may read or change it. Run: chmod 600 ${quoted(path)}`
    return loginOf(await file.readFile('utf8')) ?? `${path} is not as expected. ${expected}`
  } finally {
    await file.close()
  }
}

const expected = 'Write { "user": "…", "password": "…" } into it.'

/** The reason is left out on purpose: a parser's message quotes what it could not read. */
function loginOf(text: string): Login | null {
  try {
    const { user, password } = loginSchema.parse(JSON.parse(text))
    return { user, password: new Secret(password) }
  } catch {
    return null
  }
}

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
