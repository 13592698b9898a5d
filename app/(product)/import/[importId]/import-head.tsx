import { ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { LiveRefresh } from '@/components/live/live-refresh'
import { PageHead } from '@/components/surface/card'
import { hrefWith, type Query } from '@/components/url/params'
import { mayDiscardImport, mayEditImport } from '@/domain/import/states'
import type { Actor } from '@/domain/people/actor'
import { counted, formatCount } from '@/domain/wording/count'
import type { ImportFilter } from '@/server/queries/import-filter'
import type { ImportSummary } from '@/server/queries/import-summary'
import { whyNot } from '../../why-not'
import { discard, recheck } from '../actions'

/** What has become of the file, in a sentence, and what can be done with all of it. */
export function ImportHead({
  file,
  actor,
  query,
  head,
  filter,
}: {
  file: ImportSummary
  actor: Extract<Actor, { kind: 'person' }>
  query: Query
  head: number
  filter: ImportFilter
}) {
  const reading = file.state === 'reading'
  const hasRows = file.state === 'judged' || file.state === 'used'
  const fields = { import: file.id }
  const narrowed = Object.keys(filter).length > 0
  return (
    <PageHead
      title={sentence(file)}
      lead={
        <>
          <b>{file.name}</b> · {file.runbook} · for {file.estate.name} · brought by {file.createdBy.name}
        </>
      }
      actions={
        <>
          <LiveRefresh
            key={reading ? 'reading' : 'rest'}
            url={reading ? `/api/imports/${file.id}/live` : '/api/live/instance'}
            lastEventId={reading ? null : String(head)}
          />
          {file.batch && (
            <ButtonLink href={`/batches/${file.batch.id}`} tone="primary">
              Open the batch
            </ButtonLink>
          )}
          {hasRows && (
            <>
              <a
                className="btn"
                href={hrefWith(`/api/imports/${file.id}/export`, query, { after: null, before: null })}
                download
              >
                {narrowed ? 'Download this filter’s verdicts' : 'Download the verdicts'}
              </a>
              <ActionForm action={recheck} className="contents">
                <input type="hidden" name="import" value={file.id} />
                <SubmitButton why={whyNot(actor, 'imports.write', mayEditImport(file))} pending="Checking…">
                  Check again
                </SubmitButton>
              </ActionForm>
            </>
          )}
          <ConfirmDialog
            button="Discard…"
            tone="danger"
            side="end"
            why={whyNot(actor, 'imports.write', mayDiscardImport(file))}
            title={`Discard ${file.name}?`}
            confirm="Discard"
            confirmTone="danger"
            action={discard}
            fields={fields}
          >
            <ul>
              <li>
                {reading
                  ? 'The reading ends and nothing is kept of its rows.'
                  : `Its ${counted(file.totals.rowsRead, 'row', 'rows')} and what was fixed in them are deleted.`}
              </li>
              <li>Its name and totals stay as a record. The same file can be brought again.</li>
            </ul>
          </ConfirmDialog>
        </>
      }
    />
  )
}

function sentence(file: ImportSummary): string {
  const { totals, entering } = file
  switch (file.state) {
    case 'reading':
      return `Reading ${file.name}: ${counted(totals.rowsRead, 'row', 'rows')} so far.`
    case 'judged': {
      const open = totals.flagged - file.accepted
      const eyes = open + totals.refused
      return eyes === 0
        ? `All ${formatCount(entering)} people are ready for a batch.`
        : `${formatCount(entering)} of ${counted(totals.rowsRead, 'row', 'rows')} would enter a batch; ${formatCount(eyes)} need a look.`
    }
    case 'used':
      return `This file is the batch ${file.batch?.name ?? ''}, with ${formatCount(entering)} of its ${counted(totals.rowsRead, 'row', 'rows')}.`
    case 'failed':
      return 'This file could not be read, so nobody was imported.'
    case 'discarded':
      return 'This import was discarded.'
    default:
      return file.state satisfies never
  }
}
