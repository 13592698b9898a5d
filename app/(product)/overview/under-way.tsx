import Link from 'next/link'
import { Crossing } from '@/components/crossing/crossing'
import { itemParts } from '@/components/crossing/parts'
import { FinishRange } from '@/components/forecast/finish-range'
import { Kind } from '@/components/frame/screen'
import { State, WaveStateBadge } from '@/components/state/state'
import { Card } from '@/components/surface/card'
import { isWaveAtWork } from '@/domain/lifecycle/wave'
import { counted } from '@/domain/wording/count'
import { momentWords } from '@/domain/wording/moment'
import type { Overview, OverviewBatch } from '@/server/queries/overview'
import { forecastOf, outlookOf } from './overview-facts'

/** Every open batch: its crossing, which leads to exactly those people, and when its waves at work will be over. */
export function UnderWay({ data }: { data: Overview }) {
  return (
    <Card title="Open batches" right={<Link href="/batches">All batches</Link>}>
      <ul className="rows">
        {data.batches.map(batch => (
          <li key={batch.id} className="grid gap-2.5 px-4 py-3.5">
            <BatchRow batch={batch} now={data.now} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function BatchRow({ batch, now }: { batch: OverviewBatch; now: Date }) {
  const href = `/batches/${batch.id}`
  const wave = speakingWave(batch)
  const ahead = outlookOf(batch, now)
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="text-m font-semibold">
          <Link href={href}>{batch.name}</Link>
        </h3>
        <span className="text-s text-muted">
          {batch.runbook} · {counted(batch.waves.length, 'wave', 'waves')} · {batch.estate.name}
        </span>
        <Kind kind={batch.estate.kind} />
        <span className="ml-auto">
          {wave ? (
            <WaveStateBadge
              state={wave.state}
              text={`${wave.name}: ${
                wave.syncingSince
                  ? `waiting for the sync since ${momentWords(wave.syncingSince, batch.zone, now)}`
                  : waveText[wave.state]
              }`}
            />
          ) : (
            <State look="waiting">Nothing asked for yet</State>
          )}
        </span>
      </div>
      <Crossing
        parts={itemParts(batch.counts, state => `${href}?state=${state}#people`)}
        from="Online"
        to={batch.targetPool ? `On-premises · ${batch.targetPool}` : 'On-premises'}
        totalHref={`${href}#people`}
      />
      {ahead && <FinishRange now={now} zone={batch.zone} outlook={ahead} of={forecastOf(batch)} />}
    </>
  )
}

const waveText = {
  draft: 'not asked for',
  awaiting_approval: 'waits for approval',
  approved: 'approved',
  running: 'under way',
  syncing: 'waiting for the sync',
  done: 'done',
  cancelled: 'cancelled',
} as const

/** The wave that says most about a batch now: one at work, else one approved, else one that waits. */
export function speakingWave(batch: OverviewBatch) {
  const { waves } = batch
  return (
    waves.find(wave => isWaveAtWork(wave.state)) ??
    waves.find(wave => wave.state === 'approved') ??
    waves.find(wave => wave.state === 'awaiting_approval')
  )
}
