import { FinishRange } from '@/components/forecast/finish-range'
import { PaceChart } from '@/components/forecast/pace-chart'
import { Card, CardBody } from '@/components/surface/card'
import { formatCount } from '@/domain/wording/count'
import { durationWords } from '@/domain/wording/duration'
import { recordSentence } from '@/domain/wording/forecast-sentence'
import type { BatchDetail } from '@/server/queries/batch'
import { bound } from '@/server/queries/people-counts'
import { forecastOf, outlookOf, stillGoing } from '../../overview/overview-facts'

/** People verified over time, and when the waves at work will be over. */
export function PaceCard({ batch }: { batch: BatchDetail }) {
  const { now, zone, pace } = batch
  const first = pace?.slots[0]
  if (!pace || !first) return null
  const ahead = outlookOf(batch, now)
  const forecast = ahead?.forecast ?? null
  const last = ahead?.last?.at ?? null
  const verified = pace.slots.reduce((sum, slot) => sum + slot.verified, 0)
  const end = Math.max(now.getTime(), forecast?.to.getTime() ?? 0, last?.getTime() ?? 0)
  const length = end - first.from.getTime()
  const total = forecast ? verified + stillGoing(batch) : bound(batch.counts)
  const waves = forecastOf(batch)
  return (
    <Card title="Pace and finish" hint={`people verified, each ${durationWords(pace.slotMs)}`}>
      <CardBody>
        <PaceChart
          slots={pace.slots}
          span={{ from: first.from, to: new Date(end + length * 0.04) }}
          slotMs={pace.slotMs}
          now={now}
          zone={zone}
          total={total}
          forecast={forecast}
          cutOff={last}
          label={`${formatCount(verified)} verified so far, of ${formatCount(total)}`}
        />
        {ahead && <FinishRange now={now} zone={zone} outlook={ahead} of={waves} />}
        {batch.forecasts.made > 0 && <p className="hint">{recordSentence(batch.forecasts)}</p>}
      </CardBody>
    </Card>
  )
}
