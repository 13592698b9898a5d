import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { Screen } from '@/components/frame/screen'
import { Story } from '@/components/story/story'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { Pager } from '@/components/table/pager'
import { hrefWith, type Query } from '@/components/url/params'
import { counted, formatCount } from '@/domain/wording/count'
import { requireActor } from '@/server/auth/current-actor'
import { auditEvents } from '@/server/queries/audit-events'
import { AuditSearch } from './audit-search'
import { auditEntry } from './evidence'
import { readAuditFilter, readAuditPage, writeCursor } from './query'
import { VerifyForm } from './verify-form'

export const metadata: Metadata = { title: 'Audit' }

export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [actor, query] = await Promise.all([requireActor(), searchParams])
  const filter = readAuditFilter(query)
  const at = readAuditPage(query)
  const page = await auditEvents(actor, filter, at)
  const narrowed = Object.keys(filter).length > 0
  const onFirst = !at.after && !at.before
  return (
    <Screen crumbs={[{ name: 'Audit' }]}>
      <PageHead
        title={
          narrowed
            ? `${counted(page.matching, 'entry fits', 'entries fit')}, of ${formatCount(page.total)} in the ledger.`
            : `The ledger has ${counted(page.total, 'entry', 'entries')}.`
        }
        lead="Every change is an entry that carries the hash of the one before it. Nothing is edited and nothing is deleted."
      />
      <Card
        title="Ledger"
        hint="newest first"
        right={
          // A plain link: what it leads to is a file, not a page.
          <a
            className="btn"
            href={hrefWith('/api/audit/export', filter, {})}
            download
          >{`Export ${counted(page.matching, 'entry', 'entries')} as CSV`}</a>
        }
      >
        <AuditSearch filter={filter} />
        {page.events.length === 0 ? (
          <EmptyState
            level={3}
            art={!narrowed}
            title={narrowed ? 'No entry fits' : 'Nothing has happened yet'}
            action={narrowed ? <ButtonLink href="/audit">Show everything</ButtonLink> : undefined}
          >
            {narrowed
              ? 'No entry of the ledger fits all of the search together.'
              : 'Every change will stand here, with who made it and what it rests on.'}
          </EmptyState>
        ) : (
          <>
            <Story label="Entries" entries={page.events.map(event => auditEntry(event, page.now))} />
            <Pager
              shown={page.events.length}
              total={page.matching}
              from={onFirst ? 1 : null}
              firstHref={onFirst ? null : hrefWith('/audit', filter, {})}
              backHref={page.back && hrefWith('/audit', filter, { before: writeCursor(page.back) })}
              onHref={page.on && hrefWith('/audit', filter, { after: writeCursor(page.on) })}
              noun="entries"
              keys={false}
            />
          </>
        )}
      </Card>
      <Card
        title="Verify"
        hint="recomputes every hash"
        right={
          <a className="btn" href="/api/audit/heads" download>
            Download the heads
          </a>
        }
      >
        <CardBody>
          <div className="grid gap-4">
            <p className="text-s text-muted">
              The heads are the last hash of each chain. Keep them where nobody who can write to this database
              can write.
            </p>
            <VerifyForm />
          </div>
        </CardBody>
      </Card>
    </Screen>
  )
}
