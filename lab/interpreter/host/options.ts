import type { Argument } from '../runtime/context'
import { USAGE } from './console-host'

export type Options =
  | { mode: 'version' }
  | { mode: 'usage'; text: string; code: number; fault?: string }
  | { mode: 'stdin' }
  | { mode: 'refused'; what: string }
  | { mode: 'command'; text: string; encoded: boolean }
  | { mode: 'file'; path: string; args: Argument[] }

const FLAGS = [
  'nologo',
  'noprofile',
  'noninteractive',
  'noexit',
  'interactive',
  'login',
  'mta',
  'sta',
  'noprofileloadtime',
]
const VALUES = [
  'executionpolicy',
  'inputformat',
  'outputformat',
  'windowstyle',
  'workingdirectory',
  'configurationname',
  'settingsfile',
  'custompipename',
]

const NOT_BASE64 =
  'Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.\n'

const NO_COMMAND =
  'Cannot process the command because of a missing parameter. A command must follow -Command.\n'

const NO_FILE =
  'The command cannot be run because the File parameter requires a file path. Supply a path for the File parameter and then try the command again.\n'

/** Without -Command the real shell shows a prompt and what is typed. */
const INTERACTIVE: Options = { mode: 'refused', what: 'standard input without -Command -' }

/** Reads the command line as the shell does; a shell that is to stay after its command would show a prompt. */
export function readOptions(argv: string[]): Options {
  const options = optionsOf(argv)
  const stays = argv.some(arg => /^(--?|\/)noe(x(it?)?)?$/i.test(arg))
  return stays && (options.mode === 'command' || options.mode === 'file')
    ? { mode: 'refused', what: '-NoExit with a command' }
    : options
}

/** Reads the command line as the shell does: names may be shortened. */
function optionsOf(argv: string[]): Options {
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? ''
    if (!/^(-|\/)/.test(arg) || arg === '-') return arg === '-' ? INTERACTIVE : file(arg, argv.slice(i + 1))
    const name = arg.replace(/^(--?|\/)/, '').toLowerCase()
    if (name === 'version' || name === 'v') return { mode: 'version' }
    if (name === 'command' || name === 'c') {
      const rest = argv.slice(i + 1)
      if (rest.length === 0) return { mode: 'usage', text: USAGE, code: 64, fault: NO_COMMAND }
      if (rest.length === 1 && rest[0] === '-') return { mode: 'stdin' }
      return { mode: 'command', text: rest.join(' '), encoded: false }
    }
    if (name === 'file' || name === 'f') {
      const path = argv[i + 1]
      if (path === '-') return INTERACTIVE
      return path === undefined
        ? { mode: 'usage', text: USAGE, code: 64, fault: NO_FILE }
        : file(path, argv.slice(i + 2))
    }
    if (
      ['encodedcommand', 'e', 'ec', 'enc'].includes(name) ||
      ('encodedcommand'.startsWith(name) && name.length > 1 && name.startsWith('en'))
    ) {
      const text = argv[i + 1] ?? ''
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
        return { mode: 'usage', text: USAGE, code: 64, fault: NOT_BASE64 }
      return { mode: 'command', text: Buffer.from(text, 'base64').toString('utf16le'), encoded: true }
    }
    if (['help', 'h', '?'].includes(name)) return { mode: 'usage', text: USAGE, code: 0 }
    if (FLAGS.some(flag => flag === name || (name.length >= 3 && flag.startsWith(name)))) continue
    if (
      VALUES.some(flag => flag === name || (name.length >= 2 && flag.startsWith(name))) ||
      ['ep', 'ex', 'wd', 'w', 'o', 'of', 'if', 'i', 'inp'].includes(name)
    ) {
      i++
      continue
    }
    return { mode: 'usage', text: USAGE, code: 64 }
  }
  return INTERACTIVE
}

/** Arguments after -File: `-Name value` pairs, switches and positions. */
function file(path: string, rest: string[]): Options {
  const args: Argument[] = rest.map(text => {
    const m = /^-([A-Za-z_]\w*)(?::(.*))?$/.exec(text)
    if (!m) return { name: null, value: text, given: true, text }
    const value =
      m[2] === undefined ? null : /^\$true$/i.test(m[2]) ? true : /^\$false$/i.test(m[2]) ? false : m[2]
    return { name: m[1] ?? '', value, given: m[2] !== undefined, text }
  })
  return { mode: 'file', path, args }
}
