import { Moment } from '@/components/time/moment'
import { viewerZone } from '@/server/auth/viewer-zone'

/**
 * A moment in the zone of whoever looks, named beside it unless the page says it once for all (`bare`). For pages about the
 * instance or about several batches; within one batch times are in the batch's zone.
 */
export async function OwnMoment({
  at,
  now,
  seconds,
  bare,
}: {
  at: Date
  now: Date
  seconds?: boolean
  bare?: boolean
}) {
  return <Moment at={at} zone={await viewerZone()} now={now} seconds={seconds} showZone={!bare} />
}
