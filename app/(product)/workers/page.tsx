import type { Metadata } from 'next'
import { Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { Note } from '@/components/surface/note'
import { counted } from '@/domain/wording/count'
import { isSlow } from '@/domain/wording/duration'
import { sentenceCase } from '@/domain/wording/sentence'
import { requireActor } from '@/server/auth/current-actor'
import { viewerZone } from '@/server/auth/viewer-zone'
import { writePositions } from '@/server/live/positions'
import { breakersNow } from '@/server/queries/breakers'
import { credentialsNow } from '@/server/queries/credentials'
import { chainsToFollow } from '@/server/queries/live'
import { pacesNow } from '@/server/queries/paces'
import { workersNow } from '@/server/queries/workers'
import { OpenBreakers } from '../breakers/open-breakers'
import { LanesCard } from './lanes-card'
import { MissingCredentials } from './missing-credentials'
import { ProcessesTable, quietAfterMs } from './processes-table'
import { SessionsTable } from './sessions-table'

export const metadata: Metadata = { title: 'Workers' }

export default async function WorkersPage() {
  const actor = await requireActor()
  const heads = await chainsToFollow(actor, null)
  const [{ now, workers, sessions, lanes }, zone, breakers, paces, credentials] = await Promise.all([
    workersNow(actor),
    viewerZone(),
    breakersNow(actor),
    pacesNow(actor),
    credentialsNow(actor),
  ])
  const alive = workers.filter(worker => !worker.stoppedAt && worker.seenMs <= quietAfterMs)
  const busy = sessions.filter(session => session.state === 'busy')
  const slow = busy.filter(session => isSlow(session.busyForMs ?? 0, session.usualMs))
  const orphans = sessions.filter(session => session.state === 'orphan')
  return (
    <Screen crumbs={[{ name: 'Workers' }]}>
      <PageHead
        title={
          alive.length === 0
            ? 'No process is running, so nothing moves.'
            : `${sentenceCase(counted(alive.length, 'process runs', 'processes run'))}, ${counted(busy.length, 'session is', 'sessions are')} at work${slow.length > 0 ? `, ${slow.length} slower than usual` : ''}.`
        }
        lead={`A lane worker keeps the PowerShell sessions; the coordinator hands work on. Times are in ${zone}.`}
        actions={<LiveRefresh url="/api/live" lastEventId={writePositions(heads)} />}
      />
      <OpenBreakers breakers={breakers} actor={actor} now={now} zone={zone} />
      <MissingCredentials credentials={credentials} />
      <LanesCard lanes={lanes} paces={paces} actor={actor} now={now} />
      <Card title="Processes" hint="running, and stopped within a day">
        {workers.length === 0 ? (
          <EmptyState level={3} art title="No process has reported yet">
            Start Ferry with npm start, or start a lane worker on the machine that has the management shell.
            Each one will stand here with its host, its lanes and when it was last heard of.
          </EmptyState>
        ) : (
          <ProcessesTable workers={workers} now={now} />
        )}
      </Card>
      <Card title="Sessions" hint={`${counted(sessions.length, 'seat is', 'seats are')} taken`}>
        {orphans.length > 0 && (
          <CardBody>
            <Note
              look="unknown"
              title={`${sentenceCase(counted(orphans.length, 'session is an orphan', 'sessions are orphans'))}`}
            >
              The process that kept it is gone or lost hold of it, and its shell may still be changing
              somebody. Its seat stays taken until a worker on the same host sees the shell dead, so that the
              credential never holds more sessions than it may. Start a lane worker on that host if none runs
              there.
            </Note>
          </CardBody>
        )}
        {sessions.length === 0 ? (
          <EmptyState level={3} title="No session is open">
            A session opens when there is work for its credential. It will stand here with what it does and
            for how long.
          </EmptyState>
        ) : (
          <SessionsTable sessions={sessions} now={now} />
        )}
      </Card>
    </Screen>
  )
}
