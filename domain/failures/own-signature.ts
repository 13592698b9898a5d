import { type FailureClass, failureClasses, failureScopes } from './classes'
import { classify, matchesError } from './classify'
import { type ErrorEvidence, numbersOf } from './evidence'
import {
  type Match,
  type NumberFamily,
  numberFamilies,
  owners,
  type Signature,
  type TextMatch,
} from './signature'

/**
 * What an operator can say of an error: not "already done" (only a probe says that) and not "outcome unknown" (that is
 * seen by how a shell was lost).
 */
export const ownClasses = failureClasses.filter(
  (one): one is Exclude<FailureClass, 'ALREADY_DONE' | 'UNKNOWN_OUTCOME'> =>
    one !== 'ALREADY_DONE' && one !== 'UNKNOWN_OUTCOME',
)

/** How an error is recognised, as a person writes it. All that is filled in has to fit. */
export type Pattern = {
  /**
   * What no translation changes: a number of the migration service, of remote PowerShell, of Entra sign-in or of the
   * directory, such as 533; the name of a WinRM error; the exception class in a message of Exchange Online. Empty for none.
   */
  readonly number: string
  /** First part of the FullyQualifiedErrorId. */
  readonly id: string
  /** Last part of an exception's type name. */
  readonly exception: string
  /** English words of the message, each of which must stand in it. */
  readonly words: readonly string[]
}

export type OwnSignature = {
  readonly pattern: Pattern
  readonly class: string
  readonly scope: string
  readonly title: string
  readonly cause: string
  readonly remedy: string
  readonly owner: string
}
export type OwnField =
  | 'number'
  | 'id'
  | 'exception'
  | 'words'
  | 'class'
  | 'scope'
  | 'title'
  | 'cause'
  | 'remedy'
  | 'owner'

/** Ids that stand for any error of their kind, and so recognise nothing by themselves. */
const anyError =
  /^(?:RuntimeException|MoveError|Microsoft\.PowerShell\.Commands\.WriteErrorException|System\..*Exception)$/
const plainException =
  /^(?:Exception|SystemException|RuntimeException|WriteErrorException|CmdletInvocationException|ParentContainsErrorRecordException)$/
const shortestWords = 8

type Found = { readonly family: NumberFamily; readonly is: number | string }

/** What the record carries that no translation changes, in the order in which it decides. */
const numbersIn = (record: ErrorEvidence): Found[] => {
  const numbers = numbersOf(record)
  return numberFamilies.flatMap(family => numbers[family].map(is => ({ family, is })))
}
const isVague = ({ is }: Found): boolean => typeof is === 'string' && plainException.test(is)

/** A first pattern from a record: its number, else its id and exception, with the words that name nobody. */
export function patternOf(record: ErrorEvidence): Pattern {
  const number = numbersIn(record).find(found => !isVague(found))?.is
  const id = record.id.split(',')[0] ?? ''
  const exception =
    record.exceptions
      .map(({ type }) => type.split('.').at(-1) ?? '')
      .find(type => !plainException.test(type)) ?? ''
  const words = steadyWords(record.message)
  return {
    number: number === undefined ? '' : String(number),
    id: number !== undefined || (anyError.test(id) && words.length > 0) ? '' : id,
    exception: number === undefined ? exception : '',
    words: number === undefined ? words : [],
  }
}

/** The two longest stretches of a message without names, addresses, numbers and quoted parts. */
function steadyWords(message: string): string[] {
  const variable =
    /"[^"]*"|'[^']*'|\u201c[^\u201d]*\u201d|\S*@\S*|\b(?:CN|OU|DC)=\S*|https?:\S*|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\S*\d\S*|[\w-]+(?:\.[\w-]+){2,}|[\r\n:;]+/gi
  return message
    .split(variable)
    .map(part => part.trim().replace(/^[.,()\s]+|[.,()\s]+$/g, ''))
    .filter(part => part.length >= shortestWords)
    .sort((a, b) => b.length - a.length)
    .slice(0, 2)
    .map(part => part.slice(0, 120).trim())
}

/** The pattern as the classifier matches it, or null where it says nothing. */
export function matchOf(pattern: Pattern, record: ErrorEvidence): Match | null {
  const { number, id, exception, words } = pattern
  if (number !== '') {
    const found = numbersIn(record).find(({ is }) => String(is).toLowerCase() === number.toLowerCase())
    return found ? { by: 'number', family: found.family, is: [found.is] } : null
  }
  if (id !== '' || exception !== '')
    return {
      by: 'record',
      ...(id !== '' ? { id: [id] } : {}),
      ...(exception !== '' ? { exception: [exception] } : {}),
      ...(words.length > 0 ? { has: words } : {}),
    }
  return words.length > 0 ? { by: 'text', has: words } : null
}

/**
 * What is wrong with a description of this record, by field; empty when nothing is. A pattern that does not fit its own
 * record, or that could stand for any error, is refused; so is one for a record that Ferry's own catalogue decides.
 */
export function ownSignatureFaults(
  given: OwnSignature,
  record: ErrorEvidence,
): Partial<Record<OwnField, string>> {
  const faults: Partial<Record<OwnField, string>> = {}
  const { number, id, exception, words } = given.pattern
  if (number !== '' && (id !== '' || exception !== '' || words.length > 0))
    faults.number = 'A number or name decides by itself: empty the other parts, or this one.'
  const short = words.find(part => part.length < shortestWords || part.length > 300)
  if (short !== undefined)
    faults.words = `“${short}” is too short or too long: write parts of 8 to 300 characters.`
  const vague = (id === '' || anyError.test(id)) && (exception === '' || plainException.test(exception))
  if (number === '' && vague && words.length === 0)
    faults.words = 'This would fit any error. Write words of its message.'
  if (plainException.test(number)) faults.number = 'This class would fit any error.'
  const match = matchOf(given.pattern, record)
  if (Object.keys(faults).length === 0) {
    const builtIn = classify({ phase: 'probe', errors: [record] })
    if (match === null)
      faults[number === '' ? 'words' : 'number'] =
        number === ''
          ? 'Say how this error is recognised.'
          : `The record does not carry ${/^-?\d+$/.test(number) ? 'the number' : 'the name'} ${number}.`
    else if (!matchesError(match, record))
      faults[misfit(given.pattern, record)] = 'This does not fit the record that it was made from.'
    else if (builtIn.class !== 'NEEDS_PERSON')
      faults.words = `Ferry knows this record already, as “${builtIn.title}” (${builtIn.signature}). That decides first.`
    else if (builtIn.decidedBy === 'number' && match.by !== 'number')
      faults.number = `The record carries the number ${numbersIn(record)[0]?.is}, which decides before all else: write that, and nothing more.`
  }
  if (!ownClasses.some(one => one === given.class)) faults.class = 'Choose what kind of failure it is.'
  if (!failureScopes.some(one => one === given.scope)) faults.scope = 'Choose whom it concerns.'
  if (!owners.some(one => one === given.owner)) faults.owner = 'Choose who puts it right.'
  if (given.title.length < 8 || given.title.length > 120)
    faults.title = 'Write a title of 8 to 120 characters.'
  for (const field of ['cause', 'remedy'] as const)
    if (given[field].length < 8 || given[field].length > 600)
      faults[field] = 'Write a sentence of 8 to 600 characters.'
  return faults
}

function misfit({ id, exception }: Pattern, record: ErrorEvidence): OwnField {
  if (id !== '' && record.id.split(',')[0] !== id) return 'id'
  const named = [record.reason, ...record.exceptions.map(({ type }) => type.split('.').at(-1))]
  if (exception !== '' && !named.includes(exception)) return 'exception'
  return 'words'
}

/** A checked description as a signature of the classifier. Call it only when there are no faults. */
export function toSignature(signatureId: string, given: OwnSignature, record: ErrorEvidence): Signature {
  const match = matchOf(given.pattern, record)
  const kind = ownClasses.find(one => one === given.class)
  const scope = failureScopes.find(one => one === given.scope)
  const owner = owners.find(one => one === given.owner)
  if (!match || !kind || !scope || !owner) throw new RangeError('This signature has faults.')
  const { title, cause, remedy } = given
  return { id: signatureId, match, class: kind, scope, title, cause, remedy, owner }
}

/** Whether a stored signature still recognises the record it was made from, and is reached by it. */
export function stillHolds(signature: Signature, record: ErrorEvidence): boolean {
  return classify({ phase: 'probe', errors: [record] }, [signature]).signature === signature.id
}

/** How an error is recognised, in words for people. */
export function matchWords(match: Match): string {
  switch (match.by) {
    case 'number':
      return match.is === 'any'
        ? `the number of any fault (${familyWords[match.family]})`
        : `the ${match.is.every(is => typeof is === 'number') ? 'number' : 'name'} ${match.is.join(', ')} (${familyWords[match.family]})`
    case 'record':
    case 'fallback':
      return [
        match.id && `error id ${match.id.join(' or ')}`,
        match.category && `category ${match.category}`,
        match.exception && `exception ${match.exception.join(' or ')}`,
        match.has && `the words ${said(match.has, 'and')}`,
      ]
        .filter(Boolean)
        .join(', ')
    case 'text':
      return `the words ${textWords(match)}${match.on === 'warning' ? ' in a warning' : ''}`
    default:
      return match satisfies never
  }
}

const said = (words: readonly string[], between: 'and' | 'or'): string =>
  words.map(part => `“${part}”`).join(` ${between} `)

const textWords = ({ has, either }: TextMatch): string =>
  [has && said(has, 'and'), either && said(either, 'or')].filter(Boolean).join(' and ')

const familyWords: Readonly<Record<NumberFamily, string>> = {
  hms: 'migration service',
  aadsts: 'Entra sign-in',
  wsman: 'remote PowerShell',
  exo: 'Exchange Online',
  directory: 'directory service',
}
