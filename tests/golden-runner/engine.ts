import { ParseError } from '@/lab/interpreter/language/parse-error'
import { Parser } from '@/lab/interpreter/language/parser'
import { SourceText } from '@/lab/interpreter/language/source'
import { Refusal } from '@/lab/interpreter/refusal'
import type { Session } from '@/lab/interpreter/runtime/context'
import {
  BreakFlow,
  ContinueFlow,
  ExitFlow,
  PSThrow,
  ReturnFlow,
  StopPipeline,
} from '@/lab/interpreter/runtime/errors'
import { functionStage } from '@/lab/interpreter/runtime/function-stage'
import { seenOutside, standingFor } from '@/lab/interpreter/runtime/outside'
import { asThrow } from '@/lab/interpreter/runtime/thrown'
import { createSession, rootContext } from '@/lab/interpreter/session'
import { NOTHING, PSErrorRecord, PSScriptBlock, PSStreamRecord } from '@/lab/interpreter/values/model'
import { toText } from '@/lab/interpreter/values/text'
import type { EngineAnswer, ParseAnswer, Refused } from './cases'
import { encode, encodeError, encodeType } from './encode'

/** Runs a script in a fresh session without a console and says what it did. */
export async function runInEngine(script: string): Promise<EngineAnswer | ParseAnswer | Refused> {
  const answer: EngineAnswer = {
    output: [],
    types: [],
    errors: [],
    terminating: null,
    warnings: [],
    verbose: [],
    information: [],
  }
  const source = new SourceText(script)
  const session = createSession(
    { out() {}, err() {}, readLine: () => Promise.resolve(null), hosted: true },
    [],
  )
  // What is put out may be changed afterwards: it is written down when the script has ended.
  const put: unknown[] = []
  const say = (list: string[]) => (value: unknown) =>
    void list.push(toText(value instanceof PSStreamRecord ? value.data : value))
  const cx = rootContext(
    session,
    {
      1(value) {
        put.push(value)
      },
      2(value) {
        if (value instanceof PSErrorRecord) answer.errors.push(encodeError(value))
      },
      3: say(answer.warnings),
      4: say(answer.verbose),
      5() {},
      6: say(answer.information),
    },
    source,
  )
  let bound = false
  try {
    const block = new PSScriptBlock(new Parser(script).script(), source)
    session.check(block, cx)
    const stage = await functionStage(
      { kind: 'block', block, name: '' },
      [],
      cx,
      { start: 0, end: 0 },
      { piped: false, dotted: true, invokedAs: '' },
    )
    bound = true
    await stage.begin()
    await stage.process(NOTHING)
    await stage.end()
  } catch (fault) {
    if (fault instanceof Refusal) return refused(fault, session)
    if (fault instanceof ParseError) return { parseErrors: [parseFault(fault, source)] }
    if (!isFlow(fault)) {
      const thrown = fault instanceof PSThrow ? fault : asThrow(fault, cx, { start: 0, end: 0 })
      if (!thrown) throw fault
      // What the script's own parameters complain about comes out wrapped.
      answer.terminating = encodeError(bound ? seenOutside(thrown) : standingFor(thrown.record))
    }
  }
  try {
    return { ...answer, output: put.map(value => encode(value)), types: put.map(encodeType) }
  } catch (fault) {
    if (fault instanceof Refusal) return refused(fault, session)
    throw fault
  }
}

/** As the console host does it. */
function refused(fault: Refusal, { effects }: Session): Refused {
  effects.takeBack()
  return { refused: fault.report(effects) }
}

function parseFault({ id, message, offset }: ParseError, source: SourceText) {
  return { id, message, ...source.place(Math.min(offset, source.text.length)) }
}

const isFlow = (fault: unknown): boolean =>
  [BreakFlow, ContinueFlow, ExitFlow, ReturnFlow, StopPipeline].some(kind => fault instanceof kind)
