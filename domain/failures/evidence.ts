import type { NumberFamily } from './signature'

/** A PowerShell error record, as far as it decides anything. */
export type ErrorEvidence = {
  readonly message: string
  /** ErrorDetails.Message, which replaces the message on screen; empty where there is none. */
  readonly details?: string
  /** FullyQualifiedErrorId. */
  readonly id: string
  readonly category: string
  /** CategoryInfo.Reason: a class name, also where remoting has replaced the exception by one of its own. */
  readonly reason?: string
  readonly exceptions: readonly {
    readonly type: string
    readonly message: string
    readonly code?: string | null | undefined
    readonly hresult?: number | null | undefined
  }[]
  readonly terminating?: boolean
}

/** How a shell was lost, as its session says. */
export type LossEvidence = {
  readonly kind: 'timeout' | 'died' | 'protocol' | 'refused' | 'constrained' | 'missing'
  readonly began: boolean
  readonly message: string
}

export type FailureEvidence = {
  readonly phase: 'probe' | 'apply' | 'verify'
  /** State that the last probe answered, where one did. `done` outweighs every error. */
  readonly probeSaid?: string | null
  readonly loss?: LossEvidence | null
  readonly errors: readonly ErrorEvidence[]
  readonly warnings?: readonly string[]
  /** Minutes since Ferry last wrote something for this item; null where it never did. */
  readonly minutesSinceWrite?: number | null
  /** Whether this session ran another call without trouble before: then a missing cmdlet means a lost session. */
  readonly sessionWorkedBefore?: boolean
}

/** All that an error says in words, for people and for the search for words. */
export function wordsOf(error: ErrorEvidence): string {
  return [error.message, error.details ?? '', ...error.exceptions.map(link => link.message)].join('\n')
}

/** Numbers and names in an error that no translation changes. */
export type Numbers = Readonly<Record<NumberFamily, readonly (number | string)[]>>

/** Ids of remoting errors are `<name or number>,<stage>`; only these stages make the first part a WinRM error. */
const remotingStages = /^(?:PSSession\w*|JobFailure|WinRM\w*|\w*StateBroken)$/

export function numbersOf(error: ErrorEvidence): Numbers {
  const words = wordsOf(error)
  const found = (pattern: RegExp): number[] => [...words.matchAll(pattern)].map(match => Number(match[1]))
  return {
    hms: found(/Error=\((\d{3,4})\)/gi),
    aadsts: found(/AADSTS(\d{4,7})/gi),
    wsman: transportErrors(error),
    directory: directoryErrors(error, words),
    exo: exchangeOnlineErrors(error, words),
  }
}

/** Ids that the module of Exchange Online gives to errors which it makes itself. */
const moduleErrors = /^(?:ThrottlingError|ServerSideError)$/

/** A message is `id|class|text`; the id can be missing, and the text is translated. The class goes by its last part. */
function exchangeOnlineErrors({ id }: ErrorEvidence, words: string): string[] {
  const classes = [...words.matchAll(/(?<![\w|])\w{0,16}\|([\w.]+Exception)\|/g)].map(
    match => match[1]?.split('.').at(-1) ?? '',
  )
  const [first = ''] = id.split(',')
  return moduleErrors.test(first) ? [...classes, first] : classes
}

const isDirectoryError = (code: number): boolean => code >= 8200 && code <= 8999

/** In words only where they are marked as a code: a group can be called 8517. */
function directoryErrors(error: ErrorEvidence, words: string): number[] {
  const written = [...words.matchAll(/\b(?:error|code|problem)\W{0,3}(\d{4})\b|\((\d{4})[,) ]/gi)].map(
    match => Number(match[1] ?? match[2]),
  )
  const hexadecimal = [...words.matchAll(/\b0x(?:8007|0000)?(2[01][0-9A-F]{2}|22[0-9A-F]{2})\b/gi)].map(
    match => Number.parseInt(match[1] ?? '', 16),
  )
  const results = error.exceptions.flatMap(({ hresult, code }) => [
    hresult !== null && hresult !== undefined && hresult >>> 16 === 0x8007 ? hresult & 0xffff : 0,
    Number(code ?? 0),
  ])
  return [...written, ...hexadecimal, ...results].filter(isDirectoryError)
}

function transportErrors(error: ErrorEvidence): (number | string)[] {
  const found: (number | string)[] = []
  const [first = '', stage = ''] = error.id.split(',')
  if (remotingStages.test(stage) && first !== '') found.push(/^-?\d+$/.test(first) ? Number(first) : first)
  for (const { type, code } of error.exceptions) {
    if (/PSRemotingTransport/.test(type) && code && /^-?\d+$/.test(code)) found.push(Number(code))
  }
  return found
}

/** The pause that a server asks for in its own words, in seconds rounded up, or null. */
export function askedPauseSeconds(words: string): number | null {
  const milliseconds = /at least (\d+) milliseconds/i.exec(words)?.[1]
  if (milliseconds !== undefined) return Math.ceil(Number(milliseconds) / 1000)
  const seconds = /Retry-After:?\s*(\d+)/i.exec(words)?.[1]
  return seconds === undefined ? null : Number(seconds)
}
