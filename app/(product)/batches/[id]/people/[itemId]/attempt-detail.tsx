import Link from 'next/link'
import { PowerShellBlock, Streams } from '@/components/powershell/powershell-block'
import { ScrollRegion } from '@/components/table/data-table'
import { Duration } from '@/components/time/duration'
import { ranScript } from '@/domain/export/ran-script'
import { behaviours, failureClasses } from '@/domain/failures/classes'
import { shortHash } from '@/domain/wording/short-hash'
import type { ItemDetail } from '@/server/queries/item'
import type { StoryAttempt, StoryPhase } from '@/server/queries/story-attempts'
import { describeHref } from '../../../../failures/read-pattern'

/** What ran in one attempt and what came back: script, arguments, answer, streams kept apart, and how an error was read. */
export function AttemptDetail({ item, attempt }: { item: ItemDetail; attempt: StoryAttempt }) {
  return (
    <div className="grid gap-4">
      {attempt.phases.length === 0 && (
        <p className="text-s text-muted">Nothing has been sent to a shell in this attempt yet.</p>
      )}
      {attempt.phases.map((phase, index) => (
        <div key={phase.phase + phase.startedAt.toISOString()} className="grid gap-2">
          <PhaseDetail item={item} phase={phase} />
          {attempt.errorClass === 'NEEDS_PERSON' && phase.streams.errors.length > 0 && (
            <p className="text-s">
              <Link
                href={describeHref({ attemptId: attempt.id, phase: index, index: errorThatCounts(phase) })}
              >
                Describe this error
              </Link>
              , so that Ferry knows it the next time.
            </p>
          )}
        </div>
      ))}
      <ErrorReading attempt={attempt} />
    </div>
  )
}

function PhaseDetail({ item, phase }: { item: ItemDetail; phase: StoryPhase }) {
  return (
    <section className="grid gap-2" aria-label={`${phase.scriptName} for ${item.displayName}`}>
      <h3 className="flex flex-wrap items-baseline gap-2 text-s font-semibold">
        <span className="mono">{phase.scriptName}.ps1</span>
        {phase.durationMs !== null && (
          <span className="font-normal text-muted">
            <Duration ms={phase.durationMs} />
          </span>
        )}
      </h3>
      {phase.result && (
        <p className="text-s">
          Answered <b>{phase.result.state}</b>: {phase.result.reason}
        </p>
      )}
      {phase.loss && <p className="text-s">No answer: {phase.loss}</p>}
      <PowerShellBlock
        script={ranScript({ name: phase.scriptName, text: phase.scriptText }, phase.values)}
        label={`${phase.scriptName} with the arguments for ${item.displayName}`}
        fold={14}
        title={
          <>
            with literal values · script <span className="mono">{shortHash(phase.scriptHash)}</span>
          </>
        }
      />
      <Streams
        streams={[
          { name: 'output', text: lines(phase.streams.output) },
          { name: 'error', text: phase.streams.errors.map(errorText).join('\n\n') },
          { name: 'warning', text: lines(phase.streams.warnings) },
          { name: 'verbose', text: lines(phase.streams.verbose) },
          { name: 'information', text: lines(phase.streams.information) },
        ]}
      />
      {phase.dropped && <p className="text-s text-muted">{phase.dropped}</p>}
    </section>
  )
}

const lines = (stream: readonly unknown[]): string =>
  stream.map(entry => (typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n')

/** An error record field by field; numbers and ids decide, so they are shown as they came. */
function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  return Object.entries(error)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('\n')
}

/** The record that ended the script, else the first one. */
function errorThatCounts(phase: StoryPhase): number {
  const ended = phase.streams.errors.findIndex(
    error =>
      typeof error === 'object' && error !== null && 'terminating' in error && error.terminating === true,
  )
  return Math.max(0, ended)
}

function ErrorReading({ attempt }: { attempt: StoryAttempt }) {
  if (!attempt.errorClass && !attempt.errorSignature) return null
  const known = attempt.described
  const kind = failureClasses.find(one => one === attempt.errorClass)
  const rows: [string, string][] = [
    ['Class', [attempt.errorClass, kind && behaviours[kind].word].filter(Boolean).join(' · ')],
    ...(attempt.errorSignature ? ([['Signature', attempt.errorSignature]] as [string, string][]) : []),
    ...(known
      ? ([
          ['Cause', known.cause],
          ['Remedy', known.remedy],
        ] as [string, string][])
      : kind
        ? ([['What Ferry does', behaviours[kind].sentence]] as [string, string][])
        : []),
  ]
  return (
    <ScrollRegion label="How the error was read">
      <table className="table">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="whitespace-normal">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
