import { readdirSync, readFileSync } from 'node:fs'
import { ParseError } from './language/parse-error'
import { Parser } from './language/parser'
import { SourceText } from './language/source'
import { Refusal } from './refusal'
import { BreakFlow, ContinueFlow, ExitFlow, PSThrow, ReturnFlow, StopPipeline } from './runtime/errors'
import { functionStage } from './runtime/function-stage'
import { asThrow } from './runtime/thrown'
import { createSession, rootContext } from './session'
import { formatDate } from './values/dates'
import {
  isNull,
  NOTHING,
  PSDateTime,
  PSErrorRecord,
  PSHash,
  PSList,
  PSObj,
  PSScriptBlock,
  PSStreamRecord,
} from './values/model'
import { isNumber, PSChar, PSDouble, PSInteger } from './values/numbers'
import { doubleText, toText } from './values/text'
import { typeOf } from './values/type-names'

/** What the real shell answered to a script, or what this one does. */
export type Answer = {
  parseErrors?: { id: string }[]
  output: unknown[]
  types: string[]
  errors: unknown[]
  terminating: unknown
  warnings: string[]
  verbose: string[]
  information: string[]
}
export type Verdict = 'agrees' | 'refused' | 'lie'

/** A value in the notation of recorded answers. */
function encode(v: unknown, depth = 0): unknown {
  if (isNull(v)) return null
  if (typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number') return v
  if (v instanceof PSDouble) return { $number: doubleText(v.value, v.single) }
  if (v instanceof PSInteger && !/64|Big/.test(v.type)) return Number(v.value)
  if (isNumber(v)) return { $number: toText(v) }
  if (v instanceof PSChar) return { $char: v.toString() }
  if (v instanceof PSDateTime) return { $datetime: formatDate(v, 'o'), kind: v.kind }
  if (depth > 8) return { $string: toText(v) }
  if (Array.isArray(v)) return { $array: v.map(item => encode(item, depth + 1)) }
  if (v instanceof PSList) return { $array: v.items.map(item => encode(item, depth + 1)) }
  if (v instanceof PSHash) {
    const entries = [...v.entries.values()].map(([key, value]) => [toText(key), encode(value, depth + 1)])
    if (!v.ordered) entries.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
    return { $dictionary: entries }
  }
  if (v instanceof PSObj)
    return {
      $object: Object.fromEntries([...v.props.values()].map(p => [p.name, encode(p.value, depth + 1)])),
    }
  return { $string: toText(v) }
}

const fault = (r: PSErrorRecord) => ({
  message: r.message,
  exception: r.exception.type,
  id: r.id,
  category: r.category,
})

/** Runs a script in a fresh session; null when it is refused. */
export async function answer(script: string): Promise<Answer | { refused: string }> {
  const session = createSession({ out: () => {}, err: () => {}, readLine: async () => null }, [])
  const got: Answer = {
    output: [],
    types: [],
    errors: [],
    terminating: null,
    warnings: [],
    verbose: [],
    information: [],
  }
  const source = new SourceText(script)
  const text = (into: string[]) => (v: unknown) =>
    void into.push(v instanceof PSStreamRecord ? toText(v.data) : toText(v))
  const put = (v: unknown) => {
    got.output.push(encode(v))
    got.types.push(typeOf(v))
  }
  const cx = rootContext(
    session,
    {
      1: put,
      2: v => void got.errors.push(v instanceof PSErrorRecord ? fault(v) : v),
      3: text(got.warnings),
      4: text(got.verbose),
      5: () => {},
      6: text(got.information),
    },
    source,
  )
  try {
    const block = new PSScriptBlock(new Parser(script).script(), source)
    const stage = await functionStage(
      { kind: 'block', block, name: '' },
      [],
      cx,
      { start: 0, end: 0 },
      { piped: false, dotted: true, invokedAs: '' },
    )
    await stage.begin()
    await stage.process(NOTHING)
    await stage.end()
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refused: thrown.what }
    if (thrown instanceof ParseError) got.parseErrors = [{ id: thrown.id }]
    else if (
      thrown instanceof BreakFlow ||
      thrown instanceof ContinueFlow ||
      thrown instanceof ReturnFlow ||
      thrown instanceof StopPipeline ||
      thrown instanceof ExitFlow
    ) {
      // The script is over, and nothing was wrong.
    } else {
      const found = thrown instanceof PSThrow ? thrown : asThrow(thrown, cx, { start: 0, end: 0 })
      if (!found) return { refused: `an internal fault: ${(thrown as Error).stack}` }
      got.terminating = fault(found.record)
    }
  }
  return got
}

const picked = (e: unknown) => {
  if (typeof e !== 'object' || e === null) return e
  const { message, exception, id, category } = e as Record<string, unknown>
  return { message, exception, id, category }
}
const shortType = (name: string) => name.replace(/, [^\]]*?(?=\])/g, '')

/** How a real answer and this one's compare. */
export function judge(real: Answer, got: Answer | { refused: string }): { verdict: Verdict; why: string } {
  if ('refused' in got) return { verdict: 'refused', why: got.refused }
  if (real.parseErrors || got.parseErrors) {
    const [a, b] = [real.parseErrors?.[0]?.id ?? '', got.parseErrors?.[0]?.id ?? '']
    return a === b ? { verdict: 'agrees', why: '' } : { verdict: 'lie', why: `parse: real ${a} got ${b}` }
  }
  const parts: [string, unknown, unknown][] = [
    ['output', real.output, got.output],
    ['types', real.types.map(t => (t === null ? '' : shortType(t))), got.types],
    ['errors', real.errors.map(picked), got.errors],
    ['terminating', picked(real.terminating), got.terminating],
    ['warnings', real.warnings, got.warnings],
    ['verbose', real.verbose, got.verbose],
    ['information', real.information, got.information],
  ]
  for (const [name, a, b] of parts) {
    if (JSON.stringify(a) !== JSON.stringify(b))
      return { verdict: 'lie', why: `${name}: real ${JSON.stringify(a)} got ${JSON.stringify(b)}` }
  }
  return { verdict: 'agrees', why: '' }
}

/** Runs all recorded cases in a folder of *.jsonl files and says what came of them. */
export async function runFolder(
  folder: string,
  show: (line: string) => void,
  only = '',
): Promise<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { agrees: 0, refused: 0, lie: 0 }
  for (const file of readdirSync(folder).filter(name => name.endsWith('.jsonl') && name !== 'repl.jsonl')) {
    if (only && !file.startsWith(only)) continue
    for (const line of readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')) {
      const one = JSON.parse(line) as { id: string; script: string; real: Answer }
      const { verdict, why } = judge(one.real, await answer(one.script))
      counts[verdict]++
      if (verdict !== 'agrees') show(`${verdict} ${one.id} ${JSON.stringify(one.script)}\n    ${why}`)
    }
  }
  return counts
}
