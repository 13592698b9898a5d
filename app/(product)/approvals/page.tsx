import type { Metadata } from 'next'
import Link from 'next/link'
import { ButtonLink } from '@/components/button/button'
import { Kind, Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { ApprovalStateBadge } from '@/components/state/state'
import { Card, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Query } from '@/components/url/params'
import { hasPermission } from '@/domain/people/permissions'
import { counted, formatCount, people } from '@/domain/wording/count'
import { coarse } from '@/domain/wording/duration'
import { sentenceCase } from '@/domain/wording/sentence'
import { requireActor } from '@/server/auth/current-actor'
import { viewerZone } from '@/server/auth/viewer-zone'
import { writePositions } from '@/server/live/positions'
import { type ApprovalLine, listApprovals } from '@/server/queries/approvals'
import { estatesKind } from '@/server/queries/frame'
import { OwnMoment } from '../own-moment'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireActor()
  const query = await searchParams
  const before = typeof query.before === 'string' ? query.before : undefined
  const [inbox, kind, zone] = await Promise.all([
    listApprovals(actor, before ? { before } : {}),
    estatesKind(actor),
    viewerZone(),
  ])
  const decides = hasPermission(actor.roles, 'approvals.decide').ok
  const mine = (one: ApprovalLine) => decides && !one.involvedIds.includes(actor.personId)
  const forMe = inbox.open.filter(mine).length
  return (
    <Screen crumbs={[{ name: 'Approvals' }]} kind={kind}>
      <PageHead
        title={headline(inbox.open.length, forMe, decides)}
        lead={`Left alone, a request ends as no. Whoever imported, edited or asked never decides. Times are in ${zone}.`}
        actions={<LiveRefresh url="/api/live" lastEventId={writePositions(inbox.heads)} />}
      />
      <Card title="Waiting for a decision" hint={counted(inbox.open.length, 'request', 'requests')}>
        <DataTable<ApprovalLine>
          label="Waiting for a decision"
          listKey="open"
          columns={[...askedColumns(inbox.now), ...openColumns(inbox.now, mine)]}
          rows={inbox.open}
          rowKey={one => one.id}
          rowName={one => `${one.asks} ${one.wave.name}`}
          version={one => `${one.state}${one.people}`}
          href={one => `/approvals/${one.id}`}
          empty={
            <EmptyState
              level={3}
              art={inbox.decided.length === 0}
              title="Nothing waits for a decision"
              action={<ButtonLink href="/batches">Go to the batches</ButtonLink>}
            >
              When a lead asks for a wave, the request stands here: who asks, for whom, what exactly would run
              and until when it can be decided.
            </EmptyState>
          }
        />
      </Card>
      {(inbox.decided.length > 0 || before) && (
        <Card title="Decided or ended" hint="newest first">
          <DataTable<ApprovalLine>
            label="Decided or ended"
            listKey={before ?? 'first'}
            columns={[...askedColumns(inbox.now), ...decidedColumns(inbox.now)]}
            rows={inbox.decided}
            rowKey={one => one.id}
            rowName={one => `${one.asks} ${one.wave.name}`}
            version={one => one.state}
            href={one => `/approvals/${one.id}`}
            empty={
              <EmptyState level={3} title="Nothing older">
                There are no older requests.
              </EmptyState>
            }
          />
          <nav className="pager" aria-label="Pages">
            <span className="num">{counted(inbox.decided.length, 'request', 'requests')} on this page</span>
            <span className="ways">
              {before && (
                <Link className="btn" href="/approvals" scroll={false}>
                  First
                </Link>
              )}
              {inbox.next && (
                <Link className="btn" href={`/approvals?before=${inbox.next}`} scroll={false} rel="next">
                  On
                </Link>
              )}
            </span>
          </nav>
        </Card>
      )}
    </Screen>
  )
}

function headline(open: number, forMe: number, decides: boolean): string {
  if (open === 0) return 'Nothing waits for a decision.'
  const waits = `${sentenceCase(counted(open, 'request waits', 'requests wait'))} for a decision`
  if (!decides) return `${waits}.`
  return forMe === open
    ? `${waits}, all yours to decide.`
    : `${waits}, ${formatCount(forMe)} of them yours to decide.`
}

const askedColumns = (now: Date): Column<ApprovalLine>[] => [
  {
    key: 'what',
    head: 'What',
    always: true,
    cell: one => (
      <>
        <span className="name">
          {one.asks} {people(one.people)} of {one.wave.name}
        </span>
        <span className="sub">{one.batch.name}</span>
      </>
    ),
  },
  {
    key: 'estate',
    head: 'Estate',
    cell: one => (
      <span className="inline-flex items-center gap-2">
        {one.estate.name} <Kind kind={one.estate.kind} />
      </span>
    ),
  },
  {
    key: 'asked',
    head: 'Asked',
    cell: one => (
      <>
        <OwnMoment at={one.askedAt} now={now} bare />
        <span className="sub">{one.bySystem ? `Ferry, for ${one.askedBy}` : one.askedBy}</span>
      </>
    ),
  },
]

const openColumns = (now: Date, mine: (one: ApprovalLine) => boolean): Column<ApprovalLine>[] => [
  {
    key: 'since',
    head: 'Waits for',
    cell: one => coarse(now.getTime() - one.askedAt.getTime()),
  },
  {
    key: 'ends',
    head: 'Ends',
    cell: one => (
      <>
        <OwnMoment at={one.endsAt} now={now} bare />
        <span className="sub">
          {one.endsAt > now
            ? `in ${coarse(one.endsAt.getTime() - now.getTime())}, then it counts as no`
            : 'It has ended and counts as no.'}
        </span>
      </>
    ),
  },
  {
    key: 'act',
    head: 'Decide',
    quietHead: true,
    phone: 'end',
    cell: one => (
      <ButtonLink href={`/approvals/${one.id}`} tone={mine(one) ? 'primary' : undefined}>
        {mine(one) ? 'Review' : 'Look'}
      </ButtonLink>
    ),
  },
]

const decidedColumns = (now: Date): Column<ApprovalLine>[] => [
  { key: 'state', head: 'Outcome', phone: 'end', cell: one => <ApprovalStateBadge state={one.state} /> },
  {
    key: 'by',
    head: 'Decided',
    cell: one =>
      one.decidedAt ? (
        <>
          <OwnMoment at={one.decidedAt} now={now} bare />
          <span className="sub">
            {one.decidedBy ?? 'Ferry'}
            {one.carvedOut > 0 && `, ${formatCount(one.carvedOut)} carved out`}
          </span>
        </>
      ) : (
        <span className="muted">By nobody</span>
      ),
  },
  { key: 'reason', head: 'Note', fit: true, cell: one => one.reason ?? '' },
]
