import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { refuse } from '../refusal'
import type { Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { PSThrow } from '../runtime/errors'
import { PSErrorRecord, PSException } from '../values/model'
import { toText } from '../values/text'
import { wildcard } from '../values/wildcard'

const DYNAMIC = ['Encoding', 'Raw', 'NoNewline']

/** Only Windows has drives with letters. */
export function noDrive(run: Run, drive: string): PSThrow {
  return new PSThrow(
    new PSErrorRecord(
      new PSException(
        'System.Management.Automation.DriveNotFoundException',
        `Cannot find drive. A drive with the name '${drive}' does not exist.`,
      ),
      `DriveNotFound,Microsoft.PowerShell.Commands.${run.name.replace('-', '')}Command`,
      'ObjectNotFound',
      drive,
    ),
  )
}

/** A path that a cmdlet was given, and where it leads. */
export type Target = {
  path: string
  /** How an error names it. */
  shown: string
}

/** The paths of -Path or -LiteralPath; one on a drive that is not there is an error by itself. */
export async function targets(run: Run): Promise<Target[]> {
  const literal = run.has('LiteralPath')
  const found: Target[] = []
  for (const one of enumerate(run.get(literal ? 'LiteralPath' : 'Path'))) {
    const many = patterned(run, toText(one), literal)
    if (many?.length === 0 && run.name !== 'Get-Item') refuse('a pattern that no file matches')
    if (many) {
      found.push(...many)
      continue
    }
    const target = await targetOf(run, toText(one), literal)
    if (target) found.push(target)
  }
  return found
}

/** The files that a pattern in the last part of a path names; hidden ones are passed over. */
function matching(run: Run, given: string): Target[] | null {
  if (!/[*?]/.test(given) || /[[\]`]|^[a-z]+:|^~/i.test(given)) return null
  const path = given.replaceAll('\\', '/')
  const cut = path.lastIndexOf('/')
  if (/[*?]/.test(path.slice(0, Math.max(cut, 0)))) return null
  const folder = resolve(run.cx.session.location, path.slice(0, cut + 1) || '.')
  if (!existsSync(folder)) return null
  const test = wildcard(path.slice(cut + 1))
  return readdirSync(folder)
    .filter(name => !name.startsWith('.') && test.test(name))
    .map(name => ({ path: join(folder, name), shown: join(folder, name) }))
}

/** What a pattern leads to, where it is one and nothing depends on an order; else null. */
export function patterned(run: Run, given: string, literal: boolean): Target[] | null {
  if (literal) return null
  const found = matching(run, given)
  if (found && found.length > 1 && run.name !== 'Remove-Item') refuse('a pattern that several files match')
  return found
}

/** One of them; null where its drive is not there, which has been said. */
export async function targetOf(run: Run, given: string, literal: boolean): Promise<Target | null> {
  try {
    const path = resolvePath(run, given, !literal)
    if (literal && given.includes('\\')) refuse('a literal path with a backslash')
    return { path, shown: literal ? given : `${path}${/[\\/]$/.test(given) && path !== '/' ? '/' : ''}` }
  } catch (fault) {
    if (!(fault instanceof PSThrow)) throw fault
    await run.error(fault.record)
    return null
  }
}

/** A path of the file system, absolute. Patterns and other drives are refused. */
export function resolvePath(run: Run, given: string, patterns: boolean): string {
  if (patterns && /[*?[\]`]/.test(given)) refuse('a pattern in a path')
  if (/^[a-z]+:/i.test(given) && !/^[a-z]:[\\/]/i.test(given)) refuse(`the path ${given}`)
  if (given.startsWith('~')) refuse('a path from ~')
  const drive = /^([a-z]):[\\/]/i.exec(given)?.[1]
  if (drive && process.platform !== 'win32') {
    // Where no drive is, its provider's parameters are none of the cmdlet.
    if (run.name.endsWith('-Content') && DYNAMIC.some(name => run.has(name)))
      refuse('a parameter of the file system without its drive')
    throw noDrive(run, drive)
  }
  return resolve(run.cx.session.location, process.platform === 'win32' ? given : given.replaceAll('\\', '/'))
}

type Form = { encoding: 'utf8' | 'utf16le' | 'latin1' | 'ascii'; mark: boolean }

function formOf(run: Run): Form {
  const name = (run.text('Encoding') ?? 'utf8nobom').toLowerCase()
  const forms: Record<string, Form> = {
    utf8nobom: { encoding: 'utf8', mark: false },
    utf8: { encoding: 'utf8', mark: false },
    utf8bom: { encoding: 'utf8', mark: true },
    unicode: { encoding: 'utf16le', mark: true },
    ascii: { encoding: 'ascii', mark: false },
  }
  return forms[name] ?? refuse(`the encoding ${name}`)
}

/** The text of a file; a byte order mark decides about its encoding. */
export function readText(path: string, run: Run): string {
  if (existsSync(path) && statSync(path).isDirectory()) refuse('reading a folder')
  const bytes = readFileSync(path)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return refuse('a file in big-endian UTF-16')
  const { encoding } = formOf(run)
  return bytes.toString(encoding === 'ascii' ? 'utf8' : encoding).replace(/^\ufeff/, '')
}

/** Writes text; what exists is replaced unless `append` is set. */
export function writeText(path: string, text: string, append: boolean, run: Run): void {
  const { encoding, mark } = formOf(run)
  const fresh = !append || !existsSync(path) || statSync(path).size === 0
  const shown = encoding === 'ascii' ? text.replace(/[^\0-\x7f]/g, '?') : text
  const bytes = Buffer.from(`${mark && fresh ? '\ufeff' : ''}${shown}`, encoding)
  run.cx.session.effects.changes(path, append)
  writeFileSync(path, bytes, { flag: append ? 'a' : 'w' })
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''

/** What the runtime says about a file that is not there; null for other faults. */
export function missingFile(fault: unknown, path: string): PSException | null {
  if (codeOf(fault) !== 'ENOENT') {
    if (codeOf(fault) !== '') refuse(`a file that cannot be opened (${codeOf(fault)})`)
    return null
  }
  return existsSync(dirname(path))
    ? new PSException('System.IO.FileNotFoundException', `Could not find file '${path}'.`)
    : new PSException('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`)
}

/** The same as an error that ends the statement. */
export function fileFault(fault: unknown, path: string, id: string): PSThrow | null {
  const exception = missingFile(fault, path)
  return exception && new PSThrow(new PSErrorRecord(exception, id, 'OpenError'))
}

/** "Cannot find path": the error of cmdlets that look for an item first. */
export function notThere(path: unknown, command: string): PSErrorRecord {
  return new PSErrorRecord(
    new PSException(
      'System.Management.Automation.ItemNotFoundException',
      `Cannot find path '${toText(path)}' because it does not exist.`,
    ),
    `PathNotFound,Microsoft.PowerShell.Commands.${command}`,
    'ObjectNotFound',
    path,
  )
}
