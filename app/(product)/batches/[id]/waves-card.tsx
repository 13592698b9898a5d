import Link from 'next/link'
import { itemParts } from '@/components/crossing/parts'
import { Card, CardBody } from '@/components/surface/card'
import type { Span } from '@/components/timeline/geometry'
import { type TimelineGate, type TimelineWave, WaveTimeline } from '@/components/timeline/wave-timeline'
import { hrefWith, type Query } from '@/components/url/params'
import { totalOf } from '@/domain/lifecycle/item'
import { isWaveOpen } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { counted } from '@/domain/wording/count'
import { segmentsOf } from '@/runbooks/segments'
import type { BatchDetail, BatchWave } from '@/server/queries/batch'
import { WaveBadge } from './wave-badge'
import { WaveRow } from './wave-row'

/** More waves than this are folded: those that need eyes stay. */
const SHOWN = 12

/** Waves on one line of time, and below each what was asked, who approved, and what can be done. */
export function WavesCard({
  batch,
  actor,
  query,
  showAll,
}: {
  batch: BatchDetail
  actor: Extract<Actor, { kind: 'person' }>
  query: Query
  showAll: boolean
}) {
  const shown = showAll ? batch.waves : wavesInSight(batch.waves)
  const span = timelineSpan(batch)
  const folded = batch.waves.length - shown.length
  return (
    <Card
      title={<span id="waves">Waves</span>}
      hint={counted(batch.waves.length, 'wave', 'waves')}
      right={<span className="hint">all times {batch.zone}</span>}
    >
      {span && (
        <CardBody>
          <WaveTimeline
            waves={shown.map(wave => timelineWave(batch, wave))}
            span={span}
            now={batch.now}
            zone={batch.zone}
          />
        </CardBody>
      )}
      <ul className="rows">
        {shown.map(wave => (
          <WaveRow key={wave.id} batch={batch} wave={wave} actor={actor} />
        ))}
      </ul>
      {folded > 0 && (
        <p className="px-4 py-3 text-s">
          <Link href={hrefWith(`/batches/${batch.id}`, query, { waves: 'all' })} scroll={false}>
            Show all {batch.waves.length} waves, {folded} more
          </Link>
        </p>
      )}
    </Card>
  )
}

/** At work, asked for or approved first; then the next ones and the last ones that ended. In their own order. */
function wavesInSight(waves: readonly BatchWave[]): readonly BatchWave[] {
  if (waves.length <= SHOWN) return waves
  const eyes = (wave: BatchWave) => wave.state !== 'draft' && isWaveOpen(wave.state)
  const busy = waves.filter(eyes).slice(0, SHOWN)
  const ended = waves.filter(wave => !isWaveOpen(wave.state)).slice(-3)
  const ahead = waves.filter(wave => wave.state === 'draft').slice(0, Math.max(2, SHOWN - busy.length - 3))
  const kept = new Set([...busy, ...ended, ...ahead])
  return waves.filter(wave => kept.has(wave))
}

/** From the first start or window to the last end, window or cut-off; null while nothing has begun or is planned. */
function timelineSpan(batch: BatchDetail): Span | null {
  const begins = batch.waves.flatMap(wave => [wave.startedAt, wave.windowStart])
  const ends = batch.waves.flatMap(wave => [wave.endedAt, wave.windowEnd, wave.cutOffAt])
  const times = (dates: (Date | null)[]) => dates.flatMap(date => (date ? [date.getTime()] : []))
  const from = Math.min(...times(begins))
  if (!Number.isFinite(from)) return null
  const isOpen = batch.state === 'active' || batch.state === 'draft'
  const to = Math.max(...times(ends), isOpen ? batch.now.getTime() : 0, from + 60_000)
  const room = (to - from) * 0.05
  return { from: new Date(from - room), to: new Date(to + room) }
}

function timelineWave(batch: BatchDetail, wave: BatchWave): TimelineWave {
  const last = wave.endedAt ?? (isWaveOpen(wave.state) ? batch.now : wave.startedAt)
  return {
    key: wave.id,
    name: wave.name,
    people: totalOf(wave.counts),
    href: `/batches/${batch.id}?wave=${wave.id}#people`,
    span: wave.startedAt && last ? { from: wave.startedAt, to: last } : null,
    parts: itemParts(wave.counts),
    gates: gatesOf(batch, wave),
    windows: wave.windowStart && wave.windowEnd ? [{ from: wave.windowStart, to: wave.windowEnd }] : [],
    state: <WaveBadge batch={batch} wave={wave} />,
  }
}

function gatesOf(batch: BatchDetail, wave: BatchWave): TimelineGate[] {
  const asks = segmentsOf(batch.runbook).map(segment => segment.approval.asks)
  return [
    ...wave.approvals
      .filter(one => one.state === 'spent' || one.state === 'approved' || one.state === 'requested')
      .map(
        (one): TimelineGate => ({
          at: one.decidedAt ?? batch.now,
          state: one.state === 'requested' ? 'due' : 'passed',
          label: `Approval: ${asks[one.segment]?.toLowerCase() ?? 'segment'} ${wave.name}`,
        }),
      ),
    ...(wave.gateOpenedAt
      ? [{ at: wave.gateOpenedAt, state: 'passed' as const, label: `Gate to ${wave.name}` }]
      : []),
  ]
}
