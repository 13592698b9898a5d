import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { CarveOutProvider } from '@/components/decision/carve-outs'
import { Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Columns, PageHead } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { Moment } from '@/components/time/moment'
import type { Query } from '@/components/url/params'
import { approvalWord } from '@/domain/lifecycle/approval'
import { people } from '@/domain/wording/count'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { writePositions } from '@/server/live/positions'
import { type ApprovalDecision, approvalDecision } from '@/server/queries/approval-decision'
import { approvalPeople } from '@/server/queries/approval-people'
import { readPage } from '../../batches/query'
import { ChangesCard } from './changes-card'
import { DecisionSide } from './decision-side'
import { PeopleCard, readPeopleFilter } from './people-card'
import { RunsCard } from './runs-card'
import { ToKnowCard } from './to-know-card'

type Props = { params: Promise<{ approvalId: string }>; searchParams: Promise<Query> }

export const metadata: Metadata = { title: 'Decision' }

export default async function ApprovalPage({ params, searchParams }: Props) {
  const [actor, { approvalId }, query] = await Promise.all([requireActor(), params, searchParams])
  const filter = readPeopleFilter(query)
  const decision = await approvalDecision(actor, approvalId).catch(missing)
  const page = await approvalPeople(actor, approvalId, { ...filter, ...readPage(query) })
  const open = decision.state === 'requested'
  const count = open ? decision.going : decision.asked - decision.carvedOut
  const question = `${decision.asks} ${people(count)} of ${decision.wave.name}${destination(decision)}`
  return (
    <Screen
      crumbs={[{ name: 'Approvals', href: '/approvals' }, { name: `${decision.asks} ${decision.wave.name}` }]}
      kind={decision.estate.kind}
      estate={decision.estate.name}
    >
      <PageHead
        title={open ? `${question}?` : `${question}: ${approvalWord(decision.state).toLowerCase()}`}
        lead={<Asked decision={decision} />}
        actions={
          <LiveRefresh url={`/api/live/${decision.batch.id}`} lastEventId={writePositions(decision.heads)} />
        }
      />
      {decision.note && (
        <Note title={decision.bySystem ? 'Ferry says' : `${decision.askedBy} says`}>{decision.note}</Note>
      )}
      {decision.voidBecause.length > 0 && (
        <Note look="person" title="The plan is no longer the one that was asked for">
          {decision.voidBecause.join('; ')}. Ask again for the plan as it is now.
        </Note>
      )}
      <CarveOutProvider>
        <Columns
          main={
            <>
              <ChangesCard decision={decision} />
              <ToKnowCard decision={decision} />
              <PeopleCard decision={decision} page={page} query={query} filter={filter} />
              <RunsCard actor={actor} decision={decision} />
            </>
          }
          side={<DecisionSide actor={actor} decision={decision} />}
        />
      </CarveOutProvider>
    </Screen>
  )
}

/** “ to pool01.contoso.example”, where the step moves people and all of them go to the same pool. */
function destination(decision: ApprovalDecision): string {
  if (decision.asks !== 'Move') return ''
  const [only, ...more] = decision.pools
  if (!only) return ''
  if (more.length > 0) return ` to ${decision.pools.length} pools`
  return only.pool ? ` to pool ${only.pool}` : ''
}

function Asked({ decision }: { decision: ApprovalDecision }) {
  const { batch, wave } = decision
  return (
    <>
      {decision.bySystem ? 'Ferry' : decision.askedBy} {decision.state === 'requested' ? 'asks' : 'asked'}
      {decision.bySystem && ` for ${decision.askedBy}`},{' '}
      <Moment at={decision.askedAt} zone={batch.zone} now={decision.now} /> · batch{' '}
      <Link href={`/batches/${batch.id}`}>{batch.name}</Link> · wave {wave.position + 1} of {decision.waves} ·
      approval {decision.segment + 1} of {decision.segments} · times in {batch.zone}
    </>
  )
}

/** A request nobody has is a page that is not there; anything else is an error. */
function missing(error: unknown): never {
  if (error instanceof Refused && error.code === 'not_found') notFound()
  throw error
}
