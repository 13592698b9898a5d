import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Card, Columns, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { hasPermission } from '@/domain/people/permissions'
import { overviewSentence } from '@/domain/wording/overview-sentence'
import { requireActor } from '@/server/auth/current-actor'
import { viewerZone } from '@/server/auth/viewer-zone'
import { writePositions } from '@/server/live/positions'
import { estatesKind } from '@/server/queries/frame'
import { overview } from '@/server/queries/overview'
import { EventFeed } from './overview/event-feed'
import { LanesCard } from './overview/lanes-card'
import { overviewFacts } from './overview/overview-facts'
import { OverviewStats } from './overview/overview-stats'
import { UnderWay } from './overview/under-way'
import { WaitingList } from './overview/waiting-list'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const actor = await requireActor()
  const [data, kind, zone] = await Promise.all([overview(actor), estatesKind(actor), viewerZone()])
  const facts = overviewFacts(data, actor)
  const live = <LiveRefresh url="/api/live" lastEventId={writePositions(data.heads)} />
  return (
    <Screen crumbs={[{ name: 'Overview' }]} kind={kind}>
      <PageHead title={overviewSentence(facts)} actions={live} />
      {data.batches.length === 0 ? (
        <NothingOpen
          mayImport={hasPermission(actor.roles, 'imports.write').ok}
          anyBatch={facts.anyBatch}
          anyEstate={kind !== null}
        />
      ) : (
        <>
          <OverviewStats data={data} />
          <WaitingList data={data} actor={actor} />
        </>
      )}
      <Columns
        main={data.batches.length > 0 && <UnderWay data={data} />}
        side={
          <>
            <LanesCard lanes={data.lanes} />
            <EventFeed events={data.events} now={data.now} zone={zone} />
          </>
        }
      />
    </Screen>
  )
}

/** Says what will be here, and offers the first step to whoever may take it. */
function NothingOpen({
  mayImport,
  anyBatch,
  anyEstate,
}: {
  mayImport: boolean
  anyBatch: boolean
  anyEstate: boolean
}) {
  return (
    <Card title={anyBatch ? 'Nothing is open' : 'The first batch'}>
      <EmptyState
        art
        level={3}
        title={anyBatch ? 'Every batch has ended' : 'A list of people becomes a batch'}
        action={
          <>
            {mayImport && (
              <ButtonLink href="/import" tone="primary">
                Import people
              </ButtonLink>
            )}
            {anyBatch && <ButtonLink href="/batches">All batches</ButtonLink>}
            {!anyEstate && <ButtonLink href="/estates">Estates</ButtonLink>}
          </>
        }
      >
        Here stands every batch under way: how many people are across, how fast it goes, when it will be over,
        and what waits for a person.{' '}
        {mayImport
          ? 'It begins with a CSV file of the people to move.'
          : 'A migration lead begins with a CSV file of the people to move.'}
      </EmptyState>
    </Card>
  )
}
