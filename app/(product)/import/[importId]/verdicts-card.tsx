import { Crossing } from '@/components/crossing/crossing'
import { Card, CardBody } from '@/components/surface/card'
import { formatCount } from '@/domain/wording/count'
import type { ImportSummary } from '@/server/queries/import-summary'
import { verdictParts } from '../verdict-parts'

/** Every row read under exactly one verdict; the parts add up to the rows read. */
export function VerdictsCard({ file }: { file: ImportSummary }) {
  const { totals, accepted, entering } = file
  const path = `/import/${file.id}`
  return (
    <Card
      title="Verdicts"
      hint={`${formatCount(totals.rowsRead)} rows read = ${formatCount(totals.ready)} ready + ${formatCount(totals.flagged)} flagged + ${formatCount(totals.refused)} refused + ${formatCount(totals.leftOut)} left out`}
    >
      <CardBody>
        <div className="grid gap-3">
          <Crossing
            parts={verdictParts(totals, verdict => `${path}?verdict=${verdict}#rows`)}
            totalHref={`${path}#rows`}
          />
          <p className="text-s text-muted">
            {formatCount(entering)} {file.state === 'used' ? 'entered the batch' : 'would enter a batch'}: the
            ready ones and {formatCount(accepted)} of {formatCount(totals.flagged)} flagged, accepted by name.
          </p>
        </div>
      </CardBody>
    </Card>
  )
}
