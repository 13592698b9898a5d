import Link from 'next/link'
import { State } from '@/components/state/state'
import { ScrollRegion } from '@/components/table/data-table'
import { Age } from '@/components/time/age'
import { durationWords, isSlow } from '@/domain/wording/duration'
import type { SessionLine, ShellFacts } from '@/server/queries/workers'
import { OwnMoment } from '../own-moment'

/** Sessions: which seat of which credential each has, what it does and for how long. */
export function SessionsTable({ sessions, now }: { sessions: readonly SessionLine[]; now: Date }) {
  return (
    <ScrollRegion label="Sessions">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Session</th>
            <th scope="col">State</th>
            <th scope="col">What it does</th>
            <th scope="col" className="n">
              For
            </th>
            <th scope="col">Kept by</th>
            <th scope="col">Opened</th>
            <th scope="col" className="n">
              Times lent
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(session => (
            <tr key={session.id}>
              <td data-phone="title">
                <span className="name">
                  {session.credential} {session.number}
                </span>
                <span className="sub">
                  {session.estate} · {laneOf(session)}
                </span>
              </td>
              <td data-phone="end">
                <Standing session={session} />
              </td>
              <td data-phone="line" data-label="Does">
                <Work session={session} />
              </td>
              <td data-phone="line" data-label="For" className="n">
                <HowLong session={session} />
              </td>
              <td data-phone="line" data-label="Kept by">
                {session.host}
                <span className="sub">
                  <span className="mono">{session.worker}</span>
                  {session.pid !== null && `, shell process ${session.pid}`}
                </span>
              </td>
              <td data-phone="line" data-label="Opened" className="whitespace-nowrap">
                <OwnMoment at={session.openedAt} now={now} bare />
                {session.shell?.version && <Shell shell={session.shell} />}
              </td>
              <td data-phone="line" data-label="Times lent" className="n">
                {session.calls}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** Seats name their lane with or without the estate in front. */
const laneOf = (session: SessionLine): string =>
  session.lane.startsWith(`${session.estateId}.`)
    ? session.lane.slice(session.estateId.length + 1)
    : session.lane

/** What the shell said of itself when it was opened; all but its version on request. */
function Shell({ shell }: { shell: ShellFacts }) {
  const modules = Object.entries(shell.modules ?? {}).map(([name, version]) => `${name} ${version}`)
  const facts = [
    shell.executable,
    shell.languageMode,
    shell.culture && `culture ${shell.culture}`,
    shell.inputEncoding && `${shell.inputEncoding} in, ${shell.outputEncoding} out`,
    modules.join(', ') || 'no module for its lane',
    shell.missing?.length ? `without ${shell.missing.join(', ')}` : null,
  ].filter(Boolean)
  return (
    <details className="sub">
      <summary>
        PowerShell {shell.version} {shell.edition}
      </summary>
      {facts.map(fact => (
        <span key={fact} className="block whitespace-normal break-all">
          {fact}
        </span>
      ))}
    </details>
  )
}

function Standing({ session }: { session: SessionLine }) {
  switch (session.state) {
    case 'starting':
      return <State look="held">Starting</State>
    case 'idle':
      return <State look="waiting">Free</State>
    case 'busy':
      return isSlow(session.busyForMs ?? 0, session.usualMs) ? (
        <State look="person">Slower than usual</State>
      ) : (
        <State look="running">At work</State>
      )
    case 'orphan':
      return <State look="unknown">Orphan</State>
    default:
      return session.state satisfies never
  }
}

function Work({ session }: { session: SessionLine }) {
  if (session.state === 'orphan')
    return <span className="text-muted">{session.why ?? 'Its shell was not seen dead.'}</span>
  if (session.state !== 'busy') return <span className="text-muted">Nothing</span>
  const { item, stepKey } = session
  return (
    <>
      {item ? (
        <Link href={`/batches/${item.batchId}/people/${item.id}`} prefetch={false}>
          {item.name}
        </Link>
      ) : stepKey ? (
        'A whole wave'
      ) : (
        'Taking work up'
      )}
      {stepKey && <span className="sub">{stepKey}</span>}
    </>
  )
}

function HowLong({ session }: { session: SessionLine }) {
  if (session.busyForMs === null) return null
  return (
    <>
      <Age ms={session.busyForMs} style="words" />
      {session.usualMs !== null && <span className="sub">usual {durationWords(session.usualMs)}</span>}
    </>
  )
}
