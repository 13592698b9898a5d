import { formatCount } from '@/domain/wording/count'
import { percentAt, type Span, ticks } from '../timeline/geometry'
import type { Forecast } from './finish-range'

export type PaceSlot = { from: Date; verified: number }

const height = 150
const width = 780

/**
 * How many people were verified in each slot of time, how that adds up, and how it may go on: the line so far, the cone of the
 * forecast, the cut-off. Everything in it is said in `label` too.
 */
export function PaceChart({
  slots,
  span,
  slotMs,
  now,
  zone,
  total,
  forecast,
  cutOff,
  label,
}: {
  slots: readonly PaceSlot[]
  span: Span
  slotMs: number
  now: Date
  zone: string
  /** People to be verified in the end. */
  total: number
  forecast: Forecast | null
  cutOff?: Date | null
  label: string
}) {
  const x = (at: Date) => (percentAt(at, span) / 100) * width
  const y = (count: number) => height - (count / Math.max(1, total)) * (height - 14)
  const most = Math.max(1, ...slots.map(slot => slot.verified))
  const barWidth = Math.max(2, (slotMs / (span.to.getTime() - span.from.getTime())) * width - 2)
  let sum = 0
  const line = [
    `M${x(slots[0]?.from ?? now)} ${height}`,
    ...slots.map(slot => {
      sum += slot.verified
      const end = new Date(Math.min(slot.from.getTime() + slotMs, now.getTime()))
      return `L${x(end).toFixed(1)} ${y(sum).toFixed(1)}`
    }),
  ].join(' ')
  const here = { x: x(now), y: y(sum) }
  return (
    <svg className="pace" viewBox={`0 0 ${width} ${height + 26}`} role="img" aria-label={label}>
      {slots.map(slot => (
        <rect
          key={slot.from.toISOString()}
          className="pace-bar"
          x={x(slot.from)}
          y={height - (slot.verified / most) * height * 0.55}
          width={barWidth}
          height={(slot.verified / most) * height * 0.55}
          rx="2"
        />
      ))}
      <path className="pace-axis" d={`M0 ${height}H${width}`} />
      {ticks(span, zone, 7).map(tick => (
        <text
          key={tick.at}
          className="pace-hour"
          x={Math.min(width - 26, Math.max(26, (tick.at / 100) * width))}
          y={height + 18}
        >
          {tick.label}
        </text>
      ))}
      {forecast && (
        <>
          <path
            className="pace-cone"
            d={`M${here.x} ${here.y}L${x(forecast.from)} ${y(total)}L${x(forecast.to)} ${y(total)}Z`}
          />
          <path className="pace-middle" d={`M${here.x} ${here.y}L${x(forecast.middle)} ${y(total)}`} />
        </>
      )}
      <path className="pace-line" d={line} />
      {cutOff && (
        <>
          <path className="pace-cut" d={`M${x(cutOff)} 4V${height}`} />
          <text className="pace-cut-word" x={x(cutOff) - 6} y={height - 8}>
            cut-off
          </text>
        </>
      )}
      <text className="pace-here" x={Math.min(here.x + 8, width - 120)} y={Math.min(height - 6, here.y + 18)}>
        {formatCount(sum)} of {formatCount(total)}
      </text>
    </svg>
  )
}
