import type { CatchNode } from '../language/ast'
import { refuse } from '../refusal'
import { PSErrorRecord, type PSException } from '../values/model'
import { chainOf, resolveType } from '../values/type-names'
import type { PSThrow } from './errors'
import { typeNamed } from './named-types'

const A = 'System.Management.Automation.'
const RUNTIME = `${A}RuntimeException`
const LEFT = `${A}CmdletInvocationException`
const STOPPED = `${A}ActionPreferenceStopException`

/** Of these the error they carry themselves differs from that of the cmdlet only in who reported it. */
const CARRIES_ITS_OWN = ['ItemNotFoundException', 'CommandNotFoundException', 'DriveNotFoundException'].map(
  name => A + name,
)

/** The clause that handles an error, and what is `$_` in it: a specific one sees the exception that it asked for. */
export type Handler = { clause: CatchNode; record: PSErrorRecord }

/** Finds who handles an error; null where nobody does. */
export function handlerOf(clauses: CatchNode[], thrown: PSThrow): Handler | null {
  const { record } = thrown
  const rest = clauses.find(clause => clause.types.length === 0)
  const as = (clause: CatchNode | undefined, seen: PSErrorRecord) =>
    clause ? { clause, record: seen } : null
  if (clauses.length === 1 && rest) return as(rest, record)
  const { exception } = record
  if (record.rethrown) return as(ranked(clauses, [exception.type, RUNTIME]), record)
  if (record.wrapped && !thrown.stopped) {
    // The error inside, that it left a command, and what it wraps.
    const within =
      isRuntime(exception) || record.wrapped === 'own'
        ? [exception.type, LEFT, ...(exception.inner ? [exception.inner.type] : [])]
        : [RUNTIME, LEFT, exception.type]
    return as(ranked(clauses, within), record)
  }
  if (thrown.stopped) {
    const outer = specific(clauses, STOPPED)
    if (outer) return as(outer, record)
    if (isRuntime(record.exception)) return handlerWithin(clauses, rest, ownOf(record, clauses, rest))
    return as(specific(clauses, record.exception.type) ?? rest, record)
  }
  // One that is not of the shell's own is wrapped in such a one, which is asked for after it.
  if (!isRuntime(exception)) return as(ranked(clauses, [exception.type, RUNTIME]), record)
  return handlerWithin(clauses, rest, record)
}

/** First what an error wraps is asked for, then the error itself. */
function handlerWithin(
  clauses: CatchNode[],
  rest: CatchNode | undefined,
  record: PSErrorRecord,
): Handler | null {
  const { exception } = record
  const inner = isRuntime(exception) ? exception.inner : null
  const within = inner ? specific(clauses, inner.type) : undefined
  if (inner && within) return { clause: within, record: seenAs(record, inner) }
  const clause = specific(clauses, exception.type) ?? rest
  return clause ? { clause, record } : null
}

/** The clause for one of several exceptions that are asked one after the other: the most specific clause wins, and ends the search. */
function ranked(clauses: CatchNode[], exceptions: string[]): CatchNode | undefined {
  const types = clauses.flatMap<{ clause: CatchNode; chain: string[] | null }>(clause =>
    clause.types.length === 0
      ? [{ clause, chain: null }]
      : clause.types.map(type => ({ clause, chain: namesOf(resolveType(type) ?? typeNamed(type)) })),
  )
  const ranks = types.map(({ chain }, i) =>
    chain === null ? i : types.slice(0, i).filter(one => one.chain?.slice(1).includes(chain[0] ?? '')).length,
  )
  let best = -1
  for (const type of exceptions) {
    if (best >= 0 && ranks[best] === 0) break
    const chain = namesOf(type)
    const exact = types.findIndex(one => one.chain?.[0] === chain[0])
    const found =
      exact >= 0 ? exact : types.findIndex(one => one.chain === null || chain.includes(one.chain[0] ?? ''))
    if (found >= 0 && (best < 0 || (ranks[found] ?? 0) < (ranks[best] ?? 0))) best = found
  }
  return types[best]?.clause
}

/** A type and what it derives from, in lower case. */
const namesOf = (type: string): string[] =>
  (type === LEFT ? [LEFT, ...chainOf(RUNTIME)] : chainOf(type)).map(name => name.toLowerCase())

const isRuntime = (exception: PSException): boolean => chainOf(exception.type).includes(RUNTIME)

/** The clause that names a type or one that it derives from. */
function specific(clauses: CatchNode[], exception: string): CatchNode | undefined {
  const chain = chainOf(exception).map(name => name.toLowerCase())
  return clauses.find(clause =>
    clause.types.some(type => chain.includes((resolveType(type) ?? typeNamed(type)).toLowerCase())),
  )
}

/** The same error, with the exception that it wraps in the place of its own. */
function seenAs(record: PSErrorRecord, exception: PSException): PSErrorRecord {
  const seen = copied(record, exception, record.id)
  seen.activity = record.activity
  seen.invocation = record.invocation
  return seen
}

/** The error that a stopped exception carries itself: it knows no cmdlet and no place. */
function ownOf(record: PSErrorRecord, clauses: CatchNode[], rest: CatchNode | undefined): PSErrorRecord {
  const { exception } = record
  if (!CARRIES_ITS_OWN.includes(exception.type)) {
    if (rest || specific(clauses, exception.type) || exception.inner)
      refuse('the error that a stopped exception carries')
    return record
  }
  return copied(record, exception, record.id.replace(/,.*$/, ''))
}

function copied(record: PSErrorRecord, exception: PSException, id: string): PSErrorRecord {
  const made = new PSErrorRecord(exception, id, record.category, record.target)
  made.targetName = record.targetName
  made.thrown = record.thrown
  made.stack = record.stack
  made.origin = record.origin ?? record
  return made
}
