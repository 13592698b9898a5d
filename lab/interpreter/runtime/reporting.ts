import { refuse } from '../refusal'
import { type Invocation, isNull, PSEnum, PSErrorRecord, PSStreamRecord } from '../values/model'
import { toText } from '../values/text'
import type { Context } from './context'
import { PSThrow } from './errors'

/** The value of a preference variable, in lower case. */
export function preference(cx: Context, name: string): string {
  const value = cx.scope.find(name)?.value
  return (value instanceof PSEnum ? value.name : toText(value)).toLowerCase()
}

/** Puts a record on $Error, newest first; the same one, or another of the same exception, never twice in a row. */
export function remember(cx: Context, record: PSErrorRecord): void {
  const { errors } = cx.session
  const [newest] = errors
  if (newest instanceof PSErrorRecord && newest.exception === record.exception) return
  errors.unshift(record)
  if (errors.length > 256) errors.length = 256
}

/** The slot of what is told of errors that nobody is shown. */
export const SILENCED = 12

/** A non-terminating error, as `action` (the effective -ErrorAction) says. */
export async function writeError(
  cx: Context,
  record: PSErrorRecord,
  action = preference(cx, 'ErrorActionPreference'),
): Promise<void> {
  cx.session.ok = false
  switch (action) {
    case 'stop':
      record.madeToEnd = true
      throw Object.assign(new PSThrow(record, true), { stopped: true })
    case 'ignore':
      return
    case 'silentlycontinue':
      remember(cx, record)
      await cx.streams.sinks[SILENCED]?.(record)
      return
    case 'inquire':
      return refuse('-ErrorAction Inquire')
    default:
      remember(cx, record)
      await cx.streams.write(2, record)
  }
}

const PREFERENCE = {
  3: 'WarningPreference',
  4: 'VerbosePreference',
  5: 'DebugPreference',
  6: 'InformationPreference',
} as const

/** Puts a record into the variables that -WarningVariable and -InformationVariable named. */
export const collect = async (cx: Context, record: PSStreamRecord): Promise<void> =>
  cx.streams.sinks[10 + record.stream]?.(record)

/** Writes to the warning, verbose, debug or information stream, as its preference says. */
export async function report(cx: Context, record: PSStreamRecord, action?: string): Promise<void> {
  const wanted = action ?? preference(cx, PREFERENCE[record.stream])
  await collect(cx, record)
  if (record.stream === 6 && wanted === 'silentlycontinue') {
    // It is on the stream all the same; only the host does not show it.
    await cx.streams.write(6, Object.assign(record, { quiet: true }))
    return
  }
  if (wanted === 'silentlycontinue' || wanted === 'ignore') return
  if (wanted === 'inquire' || wanted === 'stop') refuse(`the preference ${wanted} for a stream`)
  await cx.streams.write(record.stream, record)
}

export const warn = (cx: Context, text: string, action?: string): Promise<void> =>
  report(cx, new PSStreamRecord(3, text), action)

/** Where a node stands, for error records. */
export function invocationAt(
  cx: Context,
  place: { start: number; end: number },
  command = '',
  commandType = '',
  name = command,
): Invocation {
  const at = cx.source.place(place.start)
  const made: Invocation = {
    command,
    commandType,
    name,
    line: at.line,
    column: at.column,
    text: cx.source.text.slice(place.start, place.end),
    script: cx.source.file ?? '',
    lineText: cx.source.line(at.line),
    wholeLine: cx.source.wholeLine(at.line),
  }
  return { ...made, position: positionMessage(made, made.lineText ?? '') }
}

export function positionMessage(i: Invocation, lineText: string): string {
  const where = i.script ? `${i.script}:${i.line}` : `line:${i.line}`
  const first = i.text.split(/\r?\n/)[0] ?? ''
  const length = Math.max(1, Math.min(first.length, lineText.length - i.column + 1))
  const seen = shortenedLine(lineText.trimEnd(), Math.max(0, i.column - 1), length)
  return `At ${where} char:${i.column}\n+ ${seen.text}\n+ ${' '.repeat(seen.before)}${'~'.repeat(seen.length)}`
}

/** The longest part of a line that is shown, in characters; and what stays of it before and after the place in question. */
const SHOWN = { line: 69, before: 12, after: 8 }

/** A line with `marks` characters in question behind `at` others, with its tabs widened and cut as the real shell does it. */
function shortenedLine(written: string, at: number, marks: number) {
  const wide = (from: number, to?: number) => written.slice(from, to).replace(/\t/g, '    ')
  const [before, length] = written.includes('\t')
    ? [wide(0, at).length, Math.max(1, wide(at, at + marks).length)]
    : [at, marks]
  const text = wide(0)
  if (text.length <= SHOWN.line) return { text, before, length }
  const behind = text.length - length - before
  let prefix = Math.min(before, SHOWN.before)
  const suffix = Math.min(behind, SHOWN.after)
  const full = prefix + length + suffix >= SHOWN.line
  const marked = prefix + length >= SHOWN.line ? SHOWN.line - prefix : length
  if (!full) prefix += Math.min(before - prefix, SHOWN.line - prefix - length - suffix)
  const start = before - prefix
  const cut = text.slice(start, start + SHOWN.line)
  const more = full || start + SHOWN.line < text.length
  return {
    text: `${start > 0 ? '… ' : ''}${cut}${more ? ' …' : ''}`,
    before: prefix + (start > 0 ? 2 : 0),
    length: Math.min(marked, SHOWN.line - prefix),
  }
}

/** The text of an operator's or a cmdlet's switch-like value. */
export const isOn = (v: unknown): boolean => !isNull(v) && toText(v).toLowerCase() === 'true'
