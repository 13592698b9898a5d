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

/** A non-terminating error, as `action` (the effective -ErrorAction) says. */
export async function writeError(
  cx: Context,
  record: PSErrorRecord,
  action = preference(cx, 'ErrorActionPreference'),
): Promise<void> {
  cx.session.ok = false
  switch (action) {
    case 'stop':
      throw Object.assign(new PSThrow(record, true), { stopped: true })
    case 'ignore':
      return
    case 'silentlycontinue':
      remember(cx, record)
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

/** Writes to the warning, verbose, debug or information stream, as its preference says. */
export async function report(cx: Context, record: PSStreamRecord, action?: string): Promise<void> {
  const wanted = action ?? preference(cx, PREFERENCE[record.stream])
  await cx.streams.sinks[10 + record.stream]?.(record)
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
  const marks = `${' '.repeat(Math.max(0, i.column - 1))}${'~'.repeat(Math.max(1, Math.min(first.length, lineText.length - i.column + 1)))}`
  return `At ${where} char:${i.column}\n+ ${lineText}\n+ ${marks}`
}

/** The text of an operator's or a cmdlet's switch-like value. */
export const isOn = (v: unknown): boolean => !isNull(v) && toText(v).toLowerCase() === 'true'
