import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Screen } from '@/components/frame/screen'
import { Columns } from '@/components/surface/card'
import type { Query } from '@/components/url/params'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { databaseNow } from '@/server/queries/database-now'
import { importRows } from '@/server/queries/import-rows'
import { importSummary } from '@/server/queries/import-summary'
import { chainsToFollow } from '@/server/queries/live'
import { BatchForm } from './batch-form'
import { ColumnsCard } from './columns-card'
import { FileCard } from './file-card'
import { ImportHead } from './import-head'
import { readRowFilter, readRowPage } from './query'
import { ReadingCard } from './reading-card'
import { RowsCard } from './rows-card'
import { VerdictsCard } from './verdicts-card'

type Props = { params: Promise<{ importId: string }>; searchParams: Promise<Query> }

export const metadata: Metadata = { title: 'Import' }

export default async function OneImportPage({ params, searchParams }: Props) {
  const [actor, { importId }, query] = await Promise.all([requireActor(), params, searchParams])
  const filter = readRowFilter(query)
  const heads = await chainsToFollow(actor, 'instance')
  const [file, page, now] = await Promise.all([
    importSummary(actor, importId).catch(missing),
    importRows(actor, importId, { ...filter, ...readRowPage(query) }),
    databaseNow(),
  ])
  const hasRows = file.state === 'judged' || file.state === 'used'
  return (
    <Screen
      crumbs={[{ name: 'Import', href: '/import' }, { name: file.name }]}
      kind={file.estate.kind}
      estate={file.estate.name}
    >
      <ImportHead file={file} actor={actor} query={query} head={heads.instance ?? 0} filter={filter} />
      {file.state === 'reading' && <ReadingCard file={file} />}
      {hasRows ? (
        <>
          <VerdictsCard file={file} />
          {file.state === 'judged' ? (
            <Columns
              main={
                <>
                  <ColumnsCard file={file} />
                  <FileCard file={file} now={now} />
                </>
              }
              side={<BatchForm file={file} actor={actor} />}
            />
          ) : (
            <Columns main={<ColumnsCard file={file} />} side={<FileCard file={file} now={now} />} />
          )}
          <RowsCard file={file} actor={actor} query={query} filter={filter} page={page} />
        </>
      ) : (
        <FileCard file={file} now={now} />
      )}
    </Screen>
  )
}

/** An import nobody has is a page that is not there; anything else is an error. */
function missing(error: unknown): never {
  if (error instanceof Refused && error.code === 'not_found') notFound()
  throw error
}
