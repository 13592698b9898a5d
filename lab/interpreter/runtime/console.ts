import { refuse } from '../refusal'
import { NetObject } from '../values/model'
import { toText } from '../values/text'
import type { Context } from './context'
import { formatText } from './format'
import { encoding } from './net-objects'

const line = (args: unknown[]): string =>
  args.length > 1 ? formatText(toText(args[0]), args.slice(1)) : toText(args[0], '')

/** `[Console]::Name`. */
export function consoleMember(lower: string, cx: Context): unknown {
  const { terminal } = cx.session
  switch (lower) {
    case 'out':
    case 'error': {
      const write = (text: string) => (lower === 'out' ? terminal.out(text) : terminal.err(text))
      return new NetObject(
        'System.IO.TextWriter+SyncTextWriter',
        {},
        {
          writeline: args => {
            write(`${line(args)}\n`)
            return undefined
          },
          write: args => {
            write(line(args))
            return undefined
          },
          flush: () => undefined,
        },
      )
    }
    case 'in':
      return new NetObject(
        'System.IO.StreamReader',
        {},
        { readline: () => terminal.readLine(), readtoend: () => refuse('[Console]::In.ReadToEnd') },
      )
    case 'inputencoding':
    case 'outputencoding':
      return encoding('utf-8')
    case 'isinputredirected':
    case 'isoutputredirected':
    case 'iserrorredirected':
      return true
    default:
      return refuse(`[Console]::${lower}`)
  }
}

export function consoleMethod(lower: string, args: unknown[], cx: Context): unknown {
  if (lower === 'writeline') cx.session.terminal.out(`${line(args)}\n`)
  else if (lower === 'write') cx.session.terminal.out(line(args))
  else if (lower === 'readline') return cx.session.terminal.readLine()
  else refuse(`[Console]::${lower}()`)
  return undefined
}
