import type { Attributes } from '@/lab/service/journal/entries'
import { witness } from '@/lab/service/journal/witness'
import { accountsIn, type JournalAccount, type JournalChange } from './journal-changes'
import { type AttemptEvent, attemptsIn, type LedgerAttempt } from './ledger-attempts'

/** What must be empty at the end of a run, each finding a sentence. */
export type Findings = Record<'lost' | 'doubled' | 'stuck' | 'wrong', string[]>

export type RecordedPerson = {
  id: string
  upn: string
  state: string
  stepKey: string | null
  reason: string | null
}

export type Records = {
  /** User principal names of everybody who was imported. */
  brought: readonly string[]
  /** Ferry's people. */
  people: readonly RecordedPerson[]
  /** The ledger's events of their attempts, in the order of their chains. */
  events: readonly AttemptEvent[]
  /** The process of the shell that an attempt was given, by the attempt's id. */
  shells: ReadonlyMap<string, number>
  /** The lab's journal, line by line. */
  journal: readonly string[]
  /** What the lab shows of each account now, by user principal name. */
  accounts: ReadonlyMap<string, Attributes>
}

/** How much there was to compare: with nothing in either record, nothing could be found. */
export type Compared = {
  /** Changes in the journal that a step sends. */
  changes: number
  /** Results of a step in the ledger. */
  results: number
  /** Changes whose attempt had a shell that is known. */
  processes: number
}

const LOCATOR = 'msRTCSIP-DeploymentLocator'

/** What a step sends, and whether somebody needs it not, who stood so when they came into the lab. */
const STEPS = [
  {
    key: 'enable',
    sends: 'Enable-CsUser',
    isThere: (account: Attributes) => (account[LOCATOR] ?? null) !== null,
  },
  { key: 'move', sends: 'Move-CsUser', isThere: (account: Attributes) => account[LOCATOR] === 'SRV:' },
] as const
type Step = (typeof STEPS)[number]

/** Ends after which the ledger says that the attempt itself changed nothing. */
const CHANGED_NOTHING = ['attempt.no_change', 'attempt.lost', 'attempt.retry_later']

const clock = (at: number): string => new Date(at).toISOString()

/**
 * Holds Ferry's ledger against the lab's journal, person by person and in both directions: every change must stand in the
 * ledger as the work of one attempt that had begun to send it and came to a result, and every result must have its one
 * change, or a state in which none was needed.
 */
export function compareRecords(records: Records): { findings: Findings; compared: Compared } {
  const compared = { changes: 0, results: 0, processes: 0 }
  const found: Findings = { lost: [], doubled: [], stuck: [], wrong: [] }
  const journal = accountsIn(records.journal)
  const ledger = attemptsIn(records.events)
  const people = new Map(records.people.map(person => [person.upn.toLowerCase(), person]))
  const counts = new Map(STEPS.map(({ key }) => [key as string, { journal: 0, ledger: 0 }]))
  for (const upn of records.brought)
    if (!people.has(upn.toLowerCase())) found.lost.push(`${upn} was imported and is in no batch.`)
  for (const [upn, person] of people) {
    const account = journal.get(upn)
    judgeState(found, upn, person, account, records.accounts.get(upn))
    for (const step of STEPS) {
      const attempts = (ledger.get(person.id) ?? []).filter(
        one => one.step === step.key && one.kind === 'run',
      )
      const changes = account?.changes.filter(one => one.command === step.sends) ?? []
      const needless = account !== undefined && step.isThere(account.first)
      const claims = claimsOf(attempts)
      compared.changes += changes.length
      compared.results += claims.length
      compared.processes += judgeStep(found, {
        upn,
        step,
        attempts,
        changes,
        claims,
        needless,
        shells: records.shells,
      })
      const settled = person.state === 'done' || person.state === 'no_change'
      if (settled && claims.length === 0)
        found.lost.push(`${upn} is ${person.state} and the ledger has no result of ${step.key}.`)
      if (settled && changes.length === 0 && !needless)
        found.wrong.push(`${upn} is ${person.state} and the journal has no ${step.sends} of them.`)
      const count = counts.get(step.key)
      if (count && changes.length > 0) count.journal++
      if (count && claims.length > 0 && !needless) count.ledger++
    }
  }
  judgeStrangers(found, journal, people)
  for (const [step, count] of counts)
    if (count.journal !== count.ledger)
      found.wrong.push(`${step}: ${count.journal} people in the journal, ${count.ledger} in the ledger.`)
  for (const one of witness(records.journal).doubled)
    found.doubled.push(
      `${one.person}: ${one.command} changed ${one.changes} times, ${one.alreadyThere} calls when already there.`,
    )
  return { findings: found, compared }
}

/** A result of a step: who says so, and whether it says that the attempt itself changed something. */
type Claim = { attempt: LedgerAttempt; at: number; changed: boolean }

function claimsOf(attempts: readonly LedgerAttempt[]): Claim[] {
  return attempts.flatMap(attempt => {
    const claims = attempt.readBackDone.map(at => ({ attempt, at, changed: true }))
    if (attempt.end?.type === 'attempt.done') claims.push({ attempt, at: attempt.end.at, changed: true })
    if (attempt.end?.type === 'attempt.no_change')
      claims.push({ attempt, at: attempt.end.at, changed: false })
    return claims
  })
}

/** Whom the record calls across must be so in the journal, and the journal must end where the lab stands. */
function judgeState(
  found: Findings,
  upn: string,
  person: RecordedPerson,
  account: JournalAccount | undefined,
  shown: Attributes | undefined,
): void {
  const settled = person.state === 'done' || person.state === 'no_change'
  if (!settled)
    found.stuck.push(
      `${upn} is ${person.state} at ${person.stepKey ?? 'no step'}: ${person.reason ?? 'no reason'}`,
    )
  if (settled && account?.now[LOCATOR] !== 'SRV:')
    found.wrong.push(`${upn} is ${person.state} in Ferry and not moved in the lab's journal.`)
  if ((account?.now[LOCATOR] ?? null) !== (shown?.[LOCATOR] ?? null))
    found.wrong.push(`${upn} stands elsewhere in the lab than its journal says.`)
}

type StepRecord = {
  upn: string
  step: Step
  attempts: readonly LedgerAttempt[]
  changes: readonly JournalChange[]
  claims: readonly Claim[]
  needless: boolean
  shells: ReadonlyMap<string, number>
}

/** Answers of how many changes the process was compared. */
function judgeStep(found: Findings, record: StepRecord): number {
  const { upn, step, attempts, changes, claims, needless, shells } = record
  const worked = new Set<LedgerAttempt>()
  let processes = 0
  for (const change of changes) {
    const what = `${upn}: ${step.sends} at ${clock(change.at)}`
    const attempt = attempts.findLast(one => one.began !== null && one.began <= change.at)
    if (!attempt) {
      found.wrong.push(`${what}, and the ledger has no attempt that had begun to.`)
      continue
    }
    worked.add(attempt)
    const shell = shells.get(attempt.id)
    if (shell !== undefined) processes++
    if (shell !== undefined && shell !== change.pid)
      found.wrong.push(`${what} came from process ${change.pid}; attempt ${attempt.id} had ${shell}.`)
    if (attempt.end && CHANGED_NOTHING.includes(attempt.end.type))
      found.wrong.push(`${what}, and the ledger says ${attempt.end.type} of attempt ${attempt.id}.`)
    if (!claims.some(claim => claim.at >= change.at))
      found.lost.push(`${what}, and the ledger has no result after it.`)
  }
  for (const { attempt, at, changed } of claims) {
    const what = `${upn}: the ledger has a result of ${step.key} at ${clock(at)}`
    if (changed && attempt.began === null)
      found.wrong.push(`${what} by attempt ${attempt.id}, which never began to change anything.`)
    if (changed && !worked.has(attempt))
      found.wrong.push(`${what} by attempt ${attempt.id}, and the journal has no ${step.sends} of it.`)
    if (!changed && !needless && !changes.some(change => change.at <= at))
      found.wrong.push(`${what} without a change, and the journal has no ${step.sends} before it.`)
  }
  const changing = claims.filter(claim => claim.changed)
  if (changing.length > 1)
    found.doubled.push(`${upn}: the ledger says ${changing.length} times that ${step.key} was done.`)
  return processes
}

/** Nobody else may be changed, and by nothing else than what a step sends. */
function judgeStrangers(
  found: Findings,
  journal: ReadonlyMap<string, JournalAccount>,
  people: ReadonlyMap<string, RecordedPerson>,
): void {
  for (const [upn, { changes }] of journal)
    for (const { command } of changes) {
      if (!people.has(upn)) found.wrong.push(`${upn} was changed by ${command} and is nobody of a batch.`)
      if (!STEPS.some(step => step.sends === command))
        found.wrong.push(`${upn} was changed by ${command}, which no step sends.`)
    }
}
