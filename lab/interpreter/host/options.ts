import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Argument } from '../runtime/context'
import { USAGE } from './console-host'
import { INVALID, known, type Switch } from './switches'

/** What the shell is to do. */
export type Mode =
  | { mode: 'version' }
  | { mode: 'usage'; text: string; code: number; fault?: string }
  | { mode: 'stdin' }
  | { mode: 'refused'; what: string }
  | { mode: 'command'; text: string; encoded: boolean }
  | { mode: 'file'; path: string; args: Argument[] }

export type Options = Mode & {
  /** Without -NonInteractive the real shell reads answers from standard input. */
  readonly asks?: boolean
  /** -WorkingDirectory, absolute. */
  readonly directory?: string
}

/** An error of the command line, with the usage after it or alone. */
const wrong = (fault: string, text = USAGE): Mode => ({ mode: 'usage', text, code: 64, fault: `${fault}\n` })
const refused = (what: string): Mode => ({ mode: 'refused', what })

/** Without -Command the real shell shows a prompt and what is typed. */
const INTERACTIVE = refused('standard input without -Command -')
const NO_COMMAND =
  'Cannot process the command because of a missing parameter. A command must follow -Command.'
const NO_FILE =
  'The command cannot be run because the File parameter requires a file path. Supply a path for the File parameter and then try the command again.'
const NOT_BASE64 =
  'Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.'
const FORMATS = 'Text\nXML\nNone\n'
const POLICIES = /^(unrestricted|remotesigned|allsigned|restricted|default|bypass|undefined)$/i

/** Reads the command line as the shell does: names may be shortened, and what comes after a command or file is its own. */
export function readOptions(argv: string[]): Options {
  let asks = true
  let stays = false
  let directory: string | undefined
  const done = (mode: Mode): Options => {
    const shown = stays && (mode.mode === 'command' || mode.mode === 'file')
    if (shown) return refused('-NoExit with a command')
    return { ...mode, asks, ...(directory === undefined ? {} : { directory }) }
  }
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? ''
    const name = /^[-–—―/]/.test(arg)
      ? known(
          arg
            .trim()
            .toLowerCase()
            .replace(/^.[-–—―]?/, ''),
        )
      : null
    if (!name) return done(unnamed(arg, argv.slice(i + 1)))
    const rest = argv.slice(i + 1)
    switch (name) {
      case 'noninteractive':
        asks = false
        break
      case 'interactive':
        asks = true
        break
      case 'noexit':
        stays = true
        break
      case 'nologo':
      case 'noprofile':
      case 'noprofileloadtime':
        break
      case 'workingdirectory': {
        const [given] = rest
        if (given === undefined)
          return wrong(
            'Cannot process the command because -WorkingDirectory requires an argument that is a directory path.',
            '',
          )
        const folder = folderAt(given)
        if (folder === null) return refused(`-WorkingDirectory ${given}`)
        directory = folder
        i++
        break
      }
      case 'executionpolicy':
      case 'inputformat':
      case 'outputformat': {
        const fault = valueFault(name, rest[0])
        if (fault) return fault
        i++
        break
      }
      default:
        return done(ending(name, rest))
    }
  }
  return INTERACTIVE
}

/** What is said of a value that is not the usual one; null where it changes nothing. */
function valueFault(name: 'executionpolicy' | 'inputformat' | 'outputformat', value?: string): Mode | null {
  if (name === 'executionpolicy') {
    if (value === undefined)
      return wrong(
        'Cannot process the execution policy because of a missing policy name. A policy name must follow -ExecutionPolicy.',
      )
    if (process.platform === 'win32' && !/^bypass$/i.test(value)) return refused(`-ExecutionPolicy ${value}`)
    return POLICIES.test(value) ? null : wrong(`Invalid ExecutionPolicy value '${value}'.`)
  }
  const written = name === 'inputformat' ? 'InputFormat' : 'OutputFormat'
  if (value === undefined && name === 'inputformat')
    return wrong(
      `Cannot process the command because the -InputFormat parameter requires an argument. Specify a valid format argument for this parameter.\nValid formats are:\n${FORMATS}`,
    )
  if (value === undefined)
    return wrong(
      `The command cannot be run because no argument has been supplied for the ${written} parameter.\nSpecify one of the following formats for this parameter:\n${FORMATS}`,
    )
  if (/^text$/i.test(value)) return null
  if (/^(xml|none)$/i.test(value)) return refused(`-${written} ${value}`)
  return wrong(
    `Cannot process the command because of an incorrect parameter value. "${value}" is not a valid format.\nValid formats are:\n${FORMATS}`,
  )
}

/** A switch after which nothing more is read. */
function ending(name: Switch, rest: string[]): Mode {
  const [first] = rest
  switch (name) {
    case 'version':
      return { mode: 'version' }
    case 'command':
      if (first === undefined) return wrong(NO_COMMAND)
      if (first === '-') return rest.length === 1 ? { mode: 'stdin' } : refused('-Command - with more')
      return { mode: 'command', text: rest.join(' '), encoded: false }
    case 'file':
      if (first === undefined) return wrong(NO_FILE)
      return first === '-' ? INTERACTIVE : file(first, rest.slice(1))
    case 'encodedcommand':
      if (first === undefined) return wrong(NO_COMMAND)
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(first) || first.length % 4 !== 0) return wrong(NOT_BASE64)
      if (rest.length > 1) return refused('arguments after -EncodedCommand')
      return { mode: 'command', text: Buffer.from(first, 'base64').toString('utf16le'), encoded: true }
    case 'windowstyle':
      if (process.platform === 'win32') return refused('-WindowStyle')
      return wrong('Parameter -WindowStyle is not implemented on this platform.', '')
    case 'sta':
    case 'mta':
      if (process.platform === 'win32') return refused(`-${name.toUpperCase()}`)
      return wrong(`Parameter -${name.toUpperCase()} is not supported on this platform.`, '')
    default:
      return refused(`-${name}`)
  }
}

/** What is no switch is a script file, unless it looks like one that was mistyped. */
function unnamed(arg: string, rest: string[]): Mode {
  if (arg === '-') return INTERACTIVE
  const meant = /^-./.test(arg) ? INVALID.filter(name => name.includes(arg.slice(1).toLowerCase())) : []
  if (meant.length === 0) return file(arg, rest)
  return wrong(
    `Invalid argument '${arg}', did you mean:\n\n${meant.map(name => `  -${name}\n`).join('')}`,
    '',
  )
}

/** A folder as it is plainly written; null where the shell's own ways with paths would count. */
function folderAt(given: string): string | null {
  if (given === '' || /^~|[*?[\]`\\]|^[a-z]+:/i.test(given)) return null
  const path = resolve(given)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : null
}

/** Arguments after -File: `-Name value` pairs, switches and positions. */
function file(path: string, rest: string[]): Mode {
  const args: Argument[] = rest.map(text => {
    const m = /^-([A-Za-z_]\w*)(?::(.*))?$/.exec(text)
    if (!m) return { name: null, value: text, given: true, text }
    const value =
      m[2] === undefined ? null : /^\$true$/i.test(m[2]) ? true : /^\$false$/i.test(m[2]) ? false : m[2]
    return { name: m[1] ?? '', value, given: m[2] !== undefined, text }
  })
  return { mode: 'file', path, args }
}
