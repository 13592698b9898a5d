import type { Metadata } from 'next'
import Link from 'next/link'
import { CrossingBar } from '@/components/crossing/crossing-bar'
import { Kind, Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { Note } from '@/components/surface/note'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Query } from '@/components/url/params'
import { importLimits } from '@/domain/import/limits'
import { counted, formatCount } from '@/domain/wording/count'
import { runbooks } from '@/runbooks/catalogue'
import { requireActor } from '@/server/auth/current-actor'
import { writePositions } from '@/server/live/positions'
import { databaseNow } from '@/server/queries/database-now'
import { estatesKind } from '@/server/queries/frame'
import { type ImportListEntry, importList } from '@/server/queries/import-list'
import { type ImportTarget, importTargets } from '@/server/queries/import-targets'
import { chainsToFollow } from '@/server/queries/live'
import { OwnMoment } from '../own-moment'
import { whyNot } from '../why-not'
import { ImportBadge } from './import-badge'
import { UploadForm } from './upload-form'
import { verdictParts } from './verdict-parts'

export const metadata: Metadata = { title: 'Import' }

const PAGE = 25

export default async function ImportPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [actor, query] = await Promise.all([requireActor(), searchParams])
  const before = typeof query.before === 'string' ? query.before : undefined
  const heads = await chainsToFollow(actor, null)
  const [targets, imports, kind, now] = await Promise.all([
    importTargets(actor),
    importList(actor, { limit: PAGE + 1, ...(before ? { before } : {}) }),
    estatesKind(actor),
    databaseNow(),
  ])
  const page = imports.slice(0, PAGE)
  const last = page.at(-1)
  return (
    <Screen crumbs={[{ name: 'Import' }]} kind={kind}>
      <PageHead
        title="Bring people as a CSV file"
        lead="Every row gets a verdict before anything is planned: ready, flagged, refused or left out. Nothing runs from here."
        actions={<LiveRefresh url="/api/live" lastEventId={writePositions(heads)} />}
      />
      <Card title="A file">
        <CardBody>
          {targets.length > 0 ? (
            <UploadForm
              estates={targets.map(uploadEstate)}
              runbooks={Object.values(runbooks).map(({ id, title }) => ({ id, title }))}
              most={{
                rows: formatCount(importLimits.rows),
                bytes: importLimits.bytes,
                size: `${importLimits.bytes / 1024 / 1024} MB`,
              }}
              why={whyNot(actor, 'imports.write')}
            />
          ) : (
            <Note look="person" title="No estate is described yet">
              People are imported for an estate. <Link href="/estates">Describe one first.</Link>
            </Note>
          )}
        </CardBody>
      </Card>
      <Card title="Earlier imports" hint="newest first">
        <DataTable<ImportListEntry>
          label="Earlier imports"
          listKey={before ?? 'first'}
          columns={columns(now)}
          rows={page}
          rowKey={entry => entry.id}
          rowName={entry => entry.name}
          version={entry => `${entry.state}${entry.rowsRead}${entry.ready}${entry.flagged}`}
          href={entry => `/import/${entry.id}`}
          empty={
            <EmptyState level={3} art title="Nothing has been imported yet">
              Every file stands here with its rows by verdict, who brought it and the batch it became. The
              sample file has forty made-up people to try it with.
            </EmptyState>
          }
        />
        {(before || imports.length > PAGE) && (
          <nav className="pager" aria-label="Pages">
            <span className="num">{counted(page.length, 'import', 'imports')} on this page</span>
            <span className="ways">
              {before && (
                <Link className="btn" href="/import" scroll={false}>
                  First
                </Link>
              )}
              {imports.length > PAGE && last && (
                <Link className="btn" href={`/import?before=${last.id}`} scroll={false} rel="next">
                  On
                </Link>
              )}
            </span>
          </nav>
        )}
      </Card>
    </Screen>
  )
}

const uploadEstate = (target: ImportTarget) => ({
  id: target.id,
  label: `${target.name} (${target.kind === 'live' ? 'LIVE' : 'LAB'})`,
  pools: target.pools,
})

const columns = (now: Date): Column<ImportListEntry>[] => [
  {
    key: 'name',
    head: 'File',
    always: true,
    cell: entry => (
      <>
        <span className="name">{entry.name}</span>
        <span className="sub">{counted(entry.rowsRead, 'row', 'rows')}</span>
      </>
    ),
  },
  {
    key: 'estate',
    head: 'Estate',
    cell: entry => (
      <span className="inline-flex items-center gap-2">
        {entry.estate.name} <Kind kind={entry.estate.kind} />
      </span>
    ),
  },
  { key: 'state', head: 'State', phone: 'end', cell: entry => <ImportBadge state={entry.state} /> },
  {
    key: 'rows',
    head: 'Verdicts',
    cell: entry => (
      <div className="min-w-40">
        <CrossingBar parts={verdictParts(entry)} thin label={entry.name} />
      </div>
    ),
  },
  {
    key: 'batch',
    head: 'Batch',
    cell: entry =>
      entry.batchId ? (
        <Link href={`/batches/${entry.batchId}`} className="link inline-flex min-h-6 items-center">
          Open
        </Link>
      ) : (
        ''
      ),
  },
  {
    key: 'brought',
    head: 'Brought',
    numeric: true,
    cell: entry => (
      <>
        <OwnMoment at={entry.createdAt} now={now} />
        <span className="sub">{entry.createdBy}</span>
      </>
    ),
  },
]
