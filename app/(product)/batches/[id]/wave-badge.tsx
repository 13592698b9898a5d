import { WaveStateBadge } from '@/components/state/state'
import { formatCount } from '@/domain/wording/count'
import { momentWords } from '@/domain/wording/moment'
import type { BatchDetail, BatchWave } from '@/server/queries/batch'
import { bound, verifiedOf } from '@/server/queries/people-counts'

/** A wave's state with what it says at the moment: how many are verified, since when it waits for the sync, who holds it. */
export function WaveBadge({ batch, wave }: { batch: BatchDetail; wave: BatchWave }) {
  if (wave.hold) return <WaveStateBadge state="approved" text={`Held by ${wave.hold.heldBy}`} />
  if (wave.syncingSince)
    return (
      <WaveStateBadge
        state={wave.state}
        text={`Sync since ${momentWords(wave.syncingSince, batch.zone, batch.now)}`}
      />
    )
  const verified = `${formatCount(verifiedOf(wave.counts))} of ${formatCount(bound(wave.counts))} verified`
  // Nothing turns where nothing may begin and nobody is at work any more.
  const stands = batch.holds.some(hold => hold.scope !== 'wave' && hold.scope !== 'lane')
  if (wave.state === 'running' && stands && wave.counts.running === 0)
    return <WaveStateBadge state="approved" text={`${verified}, held`} />
  if (wave.state === 'running' || wave.state === 'done')
    return <WaveStateBadge state={wave.state} text={verified} />
  return <WaveStateBadge state={wave.state} />
}
