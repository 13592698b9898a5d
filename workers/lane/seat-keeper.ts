import { hostSeats, orphanSeat, seatSeenDead } from '@/server/store/seats'
import { isAlive } from '@/workers/powershell/process-identity'
import { killTree } from '@/workers/powershell/process-tree'

/** A session that never told its process number is given up after this long, when nobody looks after it any more. */
const NAMELESS_SECONDS = 60

/**
 * Looks after the seats of this host: a session whose process is seen dead frees its seat; one whose worker is gone is
 * an orphan, left to end its call, and killed only past its deadline (rules 2 and 9). Seats of other hosts are theirs. A worker's
 * own seat is in the same case where its pool does not hold it: the database was away when it was to be settled, or
 * the answer that it had been acquired was lost.
 */
export async function keepSeats(
  host: string,
  own: { workerId: string; holds: (seatId: string) => boolean },
): Promise<void> {
  for (const seat of await hostSeats(host)) {
    const isOwn = seat.workerId === own.workerId
    if (isOwn && own.holds(seat.id) && seat.state !== 'orphan') continue
    const process =
      seat.pid !== null && seat.pidStartedAt !== null
        ? { pid: seat.pid, pidStartedAt: seat.pidStartedAt }
        : null
    if (process && !(await isAlive(process.pid, process.pidStartedAt))) {
      await seatSeenDead(seat.id, 'Its process was seen dead on its host.')
      continue
    }
    const isKept =
      !isOwn && seat.workerPidStartedAt !== null && (await isAlive(seat.workerPid, seat.workerPidStartedAt))
    if (isKept && seat.state !== 'orphan') continue
    if (!process) {
      if (seat.ageSeconds > NAMELESS_SECONDS)
        await seatSeenDead(seat.id, 'Nobody looks after it any more, and it never named its process.')
      continue
    }
    await orphanSeat(seat.id)
    if (seat.overdue && (await killTree(process)))
      await seatSeenDead(seat.id, 'An orphan past its deadline: killed and seen dead.')
  }
}
