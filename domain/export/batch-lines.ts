import { droppedWords } from './dropped-records'
import { factLines } from './facts'
import { ranScript } from './ran-script'
import { utc } from './utc'

/** Columns of a batch's log. `person` lines carry the first part, the `run` lines below each the second. */
export const batchColumns = [
  'Position',
  'Wave',
  'DisplayName',
  'SipAddress',
  'UserPrincipalName',
  'TargetPool',
  'State',
  'Reason',
  'AskedBy',
  'ApprovedBy',
  'CarvedOut',
  'Imported',
  'AcceptedFlag',
  'Attempts',
  'Before',
  'After',
  'Step',
  'Attempt',
  'Kind',
  'Phase',
  'StartedUtc',
  'EndedUtc',
  'WhatRan',
  'ScriptSha256',
  'Result',
  'Facts',
  'Errors',
  'Warnings',
  'Verbose',
  'Information',
  'Worker',
] as const
export type BatchColumn = (typeof batchColumns)[number]
export type BatchLine = Partial<Record<BatchColumn, string | number | null>>

/** One request for one segment of a wave, with its decision. Segments count from 0. */
export type LoggedApproval = {
  readonly segment: number
  readonly state: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly note: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decidedVia: string | null
  readonly reason: string | null
  readonly planHash: string
}

export type LoggedPerson = {
  readonly position: number
  readonly wave: string
  readonly displayName: string
  readonly sipAddress: string
  readonly upn: string
  readonly targetPool: string | null
  readonly state: string
  readonly reason: string | null
  readonly importedFrom: string | null
  readonly accepted: { readonly by: string; readonly reason: string | null } | null
  readonly carvedOut: { readonly by: string; readonly reason: string; readonly at: Date } | null
  readonly approvals: readonly LoggedApproval[]
  readonly attempts: number
  readonly snapshots: readonly { readonly moment: string; readonly takenAt: Date; readonly facts: unknown }[]
}

export function personLine(person: LoggedPerson): BatchLine {
  return {
    ...whoLine(person),
    TargetPool: person.targetPool,
    State: person.state,
    Reason: person.reason,
    AskedBy: person.approvals.map(askedText).join('\n'),
    ApprovedBy: person.approvals
      .map(approvedText)
      .filter(text => text !== '')
      .join('\n'),
    CarvedOut:
      person.carvedOut && `${person.carvedOut.by}, ${utc(person.carvedOut.at)}: ${person.carvedOut.reason}`,
    Imported: person.importedFrom,
    AcceptedFlag: person.accepted && `${person.accepted.by}: ${person.accepted.reason ?? ''}`,
    Attempts: person.attempts,
    Before: snapshotText(person, 'before'),
    After: snapshotText(person, 'after'),
  }
}

export type LoggedRun = {
  readonly step: string
  readonly attempt: number
  readonly kind: string
  readonly attemptState: string
  readonly attemptReason: string | null
  readonly worker: string | null
  readonly phase: string | null
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly script: { readonly name: string; readonly text: string; readonly hash: string } | null
  readonly values: Readonly<Record<string, unknown>>
  readonly result: unknown
  readonly loss: string | null
  readonly errors: unknown
  readonly warnings: unknown
  readonly verbose: unknown
  readonly information: unknown
  /** Counts by stream of what the record did not hold any more; null where it is whole. */
  readonly dropped: unknown
}

type Who = Pick<LoggedPerson, 'position' | 'wave' | 'displayName' | 'sipAddress' | 'upn'>

/** One script that ran; `who` is null for what a wave runs for everybody in it. */
export function runLine(run: LoggedRun, who: Who | null, wave: string): BatchLine {
  const said = run.result as { state?: unknown; reason?: unknown; facts?: unknown } | null
  const result = [
    said?.state === undefined ? '' : `${said.state}: ${said.reason ?? ''}`,
    run.loss === null ? '' : `lost: ${run.loss}`,
    droppedWords(run.dropped),
  ]
  return {
    ...(who ? whoLine(who) : { Wave: wave }),
    State: run.attemptState,
    Reason: run.attemptReason,
    Step: run.step,
    Attempt: run.attempt,
    Kind: run.kind,
    Phase: run.phase,
    StartedUtc: utc(run.startedAt),
    EndedUtc: utc(run.endedAt),
    WhatRan: run.script && ranScript(run.script, run.values),
    ScriptSha256: run.script?.hash ?? null,
    Result: result.filter(line => line !== '').join('\n'),
    Facts: factLines(said?.facts),
    Errors: streamText(run.errors),
    Warnings: streamText(run.warnings),
    Verbose: streamText(run.verbose),
    Information: streamText(run.information),
    Worker: run.worker,
  }
}

function whoLine(who: Who): BatchLine {
  return {
    Position: who.position + 1,
    Wave: who.wave,
    DisplayName: who.displayName,
    SipAddress: `sip:${who.sipAddress}`,
    UserPrincipalName: who.upn,
  }
}

function askedText(approval: LoggedApproval): string {
  const note = approval.note ? `, “${approval.note}”` : ''
  return `Segment ${approval.segment + 1}: ${approval.askedBy}, ${utc(approval.askedAt)}${note}, plan ${approval.planHash}`
}

/** Everything that was decided, also what was not an approval: an auditor reads both. */
function approvedText(approval: LoggedApproval): string {
  const segment = `Segment ${approval.segment + 1}`
  if (approval.decidedBy === null) return `${segment}: ${approval.state}`
  const why = approval.reason ? `, “${approval.reason}”` : ''
  const via = approval.decidedVia ? ` by ${approval.decidedVia}` : ''
  return `${segment}: ${decision(approval.state)}: ${approval.decidedBy}, ${utc(approval.decidedAt)}${via}${why}`
}

/** An approval is spent when its segment starts; one that was voided or lapsed after a decision had been given before. */
function decision(state: string): string {
  if (state === 'spent') return 'approved'
  return state === 'voided' || state === 'lapsed' ? `approved, then ${state}` : state
}

function snapshotText(person: LoggedPerson, moment: string): string {
  const snapshot = person.snapshots.find(one => one.moment === moment)
  return snapshot ? `Read ${utc(snapshot.takenAt)}\n${factLines(snapshot.facts)}` : ''
}

function streamText(records: unknown): string {
  if (!Array.isArray(records) || records.length === 0) return ''
  return records.map(one => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')
}
