import Link from 'next/link'
import { Crossing } from '@/components/crossing/crossing'
import { Card, CardBody } from '@/components/surface/card'
import { Moment } from '@/components/time/moment'
import { formatCount, people } from '@/domain/wording/count'
import type { BatchDetail } from '@/server/queries/batch'

/** Every row of the file, accounted for: what was judged how, and how many of them are people in this batch. */
export function AccountingCard({ batch }: { batch: BatchDetail }) {
  const { accounting } = batch
  if (!accounting) return null
  return (
    <Card
      title="Where they come from"
      right={<Link href={`/import/${accounting.importId}`}>{accounting.file}</Link>}
    >
      <CardBody>
        <Crossing
          parts={[
            { key: 'ready', look: 'done', count: accounting.ready, label: 'ready' },
            { key: 'flagged', look: 'person', count: accounting.flagged, label: 'flagged' },
            { key: 'refused', look: 'failed', count: accounting.refused, label: 'refused' },
            { key: 'left_out', look: 'out', count: accounting.leftOut, label: 'left out' },
          ]}
        />
        <p className="text-s text-muted">
          {formatCount(accounting.rowsRead)} rows read. {people(accounting.entered)} entered this batch
          {accounting.accepted > 0 && `, ${formatCount(accounting.accepted)} of them flagged and accepted`}.
          Made by {batch.createdBy} <Moment at={batch.createdAt} zone={batch.zone} now={batch.now} />.
        </p>
      </CardBody>
    </Card>
  )
}
