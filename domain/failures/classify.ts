import { catalogue } from './catalogue'
import { behaviours, type FailureClass, type FailureScope } from './classes'
import { askedPauseSeconds, type ErrorEvidence, type FailureEvidence, numbersOf, wordsOf } from './evidence'
import { type Match, numberFamilies, type RecordMatch, type Signature, type TextMatch } from './signature'

/** What decided, in this order: a probe, how the shell was lost, a number, ids and category, English words, nothing. */
export const deciders = ['probe', 'loss', 'number', 'record', 'text', 'fallback', 'nothing'] as const
export type Decider = (typeof deciders)[number]

export type Failure = {
  readonly class: FailureClass
  readonly scope: FailureScope
  /** Id in the catalogue, or `probe-done`, `shell-…` and `unknown`, which need none. */
  readonly signature: string
  readonly decidedBy: Decider
  readonly title: string
  readonly cause: string
  readonly remedy: string
  readonly owner: Signature['owner']
  /** Seconds before each further try; the first is the pause that a server asked for, where it did. */
  readonly delaysSeconds: readonly number[]
  /** The pause that the server asked for in its own words; obeyed at every try, not only at the first. */
  readonly askedSeconds?: number | null
}

/**
 * What a failure is and what to do about it. Numbers come first (in the order of `numberFamilies`, and those that are
 * described before "any other"), then ids and categories, then English words, which are translated and change; what
 * nobody has described needs a person. A number that nobody has described needs one too, whatever else stands in the record.
 *
 * `signatures` are those of operators: they are asked where Ferry's own say nothing, or no more than that a person is
 * needed, and never change what Ferry's own decide. A number is promoted by a signature for that number only.
 */
export function classify(evidence: FailureEvidence, signatures: readonly Signature[] = []): Failure {
  if (evidence.probeSaid === 'done') return alreadyDone
  if (evidence.loss) return ofLoss(evidence.loss, evidence.phase)
  // The error that ended the script is the reason; those that it outlived come after.
  const errors = [...evidence.errors].sort(
    (a, b) => Number(b.terminating ?? false) - Number(a.terminating ?? false),
  )
  const own = decide(catalogue, errors, evidence.warnings ?? [])
  if (own && own.signature.class !== 'NEEDS_PERSON') return failureOf(own, evidence)
  const theirs =
    own?.by === 'number'
      ? decide(numbered(signatures), own.errors, [])
      : decide(signatures, errors, evidence.warnings ?? [])
  const decision = theirs ?? own
  return decision ? failureOf(decision, evidence) : unknown(errors[0])
}

type Decision = {
  readonly signature: Signature
  readonly by: 'number' | 'record' | 'text' | 'fallback'
  /** The error that it recognises; none where it was a warning. */
  readonly errors: readonly ErrorEvidence[]
  readonly words: string
}

const numbered = (known: readonly Signature[]): Signature[] =>
  known.filter(({ match }) => match.by === 'number')

/** What is asked in turn of every error: numbers of one family after the other, then ids and category, then words. */
const turns: readonly { by: Decision['by']; asks: (match: Match) => boolean }[] = [
  ...numberFamilies.map(family => ({
    by: 'number' as const,
    asks: (match: Match) => match.by === 'number' && match.family === family && match.is !== 'any',
  })),
  { by: 'number', asks: match => match.by === 'number' && match.is === 'any' },
  { by: 'record', asks: match => match.by === 'record' },
  { by: 'text', asks: match => match.by === 'text' },
]
const lastTurn = [{ by: 'fallback' as const, asks: (match: Match) => match.by === 'fallback' }]

function decide(
  known: readonly Signature[],
  errors: readonly ErrorEvidence[],
  warnings: readonly string[],
): Decision | null {
  const ended = errors.filter(error => error.terminating)
  const outlived = errors.filter(error => !error.terminating)
  const found =
    askInTurn(known, ended, turns) ?? askInTurn(known, outlived, turns) ?? askInTurn(known, errors, lastTurn)
  if (found || errors.length > 0) return found
  for (const warning of warnings) {
    const signature = known.find(({ match }) => matchesWarning(match, warning))
    if (signature) return { signature, by: 'text', errors: [], words: warning }
  }
  return null
}

function askInTurn(
  known: readonly Signature[],
  errors: readonly ErrorEvidence[],
  inTurn: typeof turns,
): Decision | null {
  for (const { by, asks } of inTurn)
    for (const error of errors) {
      const signature = known.find(({ match }) => asks(match) && matchesError(match, error))
      if (signature) return { signature, by, errors: [error], words: wordsOf(error) }
    }
  return null
}

function failureOf({ signature, by: decidedBy, words }: Decision, evidence: FailureEvidence): Failure {
  const fresh = signature.whileFresh
  const since = evidence.minutesSinceWrite
  const isFresh = fresh !== undefined && since !== undefined && since !== null && since <= fresh.minutes
  const lost = signature.id === 'command-unknown' && evidence.sessionWorkedBefore === true
  const open = signature.leavesOpen === true && evidence.phase === 'apply'
  const described = lost ? 'SESSION_LOST' : isFresh ? fresh.class : signature.class
  const kind: FailureClass = open ? 'UNKNOWN_OUTCOME' : described
  const usual = (open ? undefined : signature.delaysSeconds) ?? behaviours[kind].delaysSeconds
  const asked = kind === 'THROTTLED' ? askedPauseSeconds(words) : null
  const { id, scope, title, cause, remedy, owner } = signature
  return {
    class: kind,
    scope: lost ? 'item' : scope,
    signature: id,
    decidedBy,
    title,
    cause,
    remedy,
    owner,
    delaysSeconds: asked === null ? usual : [asked + 1, ...usual.slice(1)],
    askedSeconds: asked,
  }
}

/** Whether an error record shows what a signature looks for. */
export function matchesError(match: Match, error: ErrorEvidence): boolean {
  switch (match.by) {
    case 'number': {
      const numbers = numbersOf(error)[match.family]
      const { is } = match
      return is === 'any' ? numbers.length > 0 : numbers.some(number => is.includes(number))
    }
    case 'record':
    case 'fallback':
      return matchesRecord(match, error)
    case 'text':
      return match.on !== 'warning' && saysSo(match, wordsOf(error))
    default:
      return match satisfies never
  }
}

const matchesWarning = (match: Match, warning: string): boolean =>
  match.by === 'text' && match.on === 'warning' && saysSo(match, warning)

function matchesRecord(match: RecordMatch, error: ErrorEvidence): boolean {
  const [first = '', ...rest] = error.id.split(',')
  if (match.id && !match.id.includes(first)) return false
  if (match.idHas && !rest.join(',').includes(match.idHas)) return false
  if (match.category && match.category !== error.category) return false
  const { exception, namespace = '' } = match
  const thrown = ({ type }: { readonly type: string }): boolean =>
    type.startsWith(namespace) && (exception?.includes(type.split('.').at(-1) ?? '') ?? true)
  // A reason is a class name without its namespace.
  const reasoned = namespace === '' && exception?.includes(error.reason ?? '')
  if (exception && !reasoned && !error.exceptions.some(thrown)) return false
  return match.has === undefined || hasAll(wordsOf(error), match.has)
}

const saysSo = ({ has, either }: TextMatch, words: string): boolean =>
  hasAll(words, has ?? []) && (either === undefined || either.some(text => hasAll(words, [text])))

function hasAll(text: string, fragments: readonly string[]): boolean {
  const lower = text.toLowerCase()
  return fragments.every(fragment => lower.includes(fragment.toLowerCase()))
}

const alreadyDone: Failure = {
  class: 'ALREADY_DONE',
  scope: 'item',
  signature: 'probe-done',
  decidedBy: 'probe',
  title: 'The wanted state is there',
  cause: 'The state was read back and is as wanted, whatever the error said.',
  remedy: 'Nothing to do.',
  owner: 'operator',
  delaysSeconds: [],
}

function ofLoss(loss: NonNullable<FailureEvidence['loss']>, phase: FailureEvidence['phase']): Failure {
  const base = { signature: `shell-${loss.kind}`, decidedBy: 'loss', title: loss.message } as const
  switch (loss.kind) {
    case 'refused':
    case 'constrained':
    case 'missing':
      return {
        ...base,
        class: 'FATAL',
        scope: 'estate',
        cause: 'The shell cannot run this script, so it could not run the next one either.',
        remedy: 'Put the PowerShell of this estate right, then retry.',
        owner: loss.kind === 'refused' ? 'runbook-author' : 'operator',
        delaysSeconds: [],
      }
    case 'timeout':
    case 'died':
    case 'protocol': {
      const maybeChanged = phase === 'apply' && loss.began
      const kind: FailureClass = maybeChanged ? 'UNKNOWN_OUTCOME' : 'SESSION_LOST'
      return {
        ...base,
        class: kind,
        scope: 'item',
        cause: maybeChanged
          ? 'The shell was lost while the change was under way: it may have happened.'
          : 'The shell was lost while nothing could have been changed by it.',
        remedy: 'Nothing to do: Ferry reads the state and decides by what it finds.',
        owner: 'operator',
        delaysSeconds: behaviours[kind].delaysSeconds,
      }
    }
    default:
      return loss.kind satisfies never
  }
}

function unknown(error: ErrorEvidence | undefined): Failure {
  return {
    class: 'NEEDS_PERSON',
    scope: 'item',
    signature: 'unknown',
    decidedBy: 'nothing',
    title: error ? 'An error that is not in the catalogue' : 'The script gave no answer that can be used',
    cause: error
      ? 'Nobody has described this error yet.'
      : 'A step script puts out exactly one object with state, reason and facts; this one did not.',
    remedy: error
      ? 'Read the raw record, then say what it is. Describe it in the catalogue when it comes again.'
      : 'Read what it put out, and put the script right.',
    owner: error ? 'operator' : 'runbook-author',
    delaysSeconds: [],
  }
}
