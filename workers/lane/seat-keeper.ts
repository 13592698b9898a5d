import { hostSeats, orphanSeat, seatSeenDead } from '@/server/store/seats'
import { isAlive } from '@/workers/powershell/process-identity'
import { killTree } from '@/workers/powershell/process-tree'

/** A session that never told its process number is given up after this long, when its worker is gone. */
const NAMELESS_SECONDS = 60

/**
 * Looks after the seats of this host: a session whose process is seen dead frees its seat; one whose worker is gone is
 * an orphan, left to end its call, and killed only past its deadline (rules 2 and 9). Seats of other hosts are theirs.
 */
export async function keepSeats(host: string, own: { workerId: string }): Promise<void> {
  for (const seat of await hostSeats(host)) {
    const process =
      seat.pid !== null && seat.pidStartedAt !== null
        ? { pid: seat.pid, pidStartedAt: seat.pidStartedAt }
        : null
    const shellAlive = process ? await isAlive(process.pid, process.pidStartedAt) : null
    if (shellAlive === false && seat.workerId !== own.workerId) {
      await seatSeenDead(seat.id, 'Its process was seen dead on its host.')
      continue
    }
    if (seat.workerId === own.workerId && seat.state !== 'orphan') continue
    const workerAlive =
      seat.workerPidStartedAt !== null && (await isAlive(seat.workerPid, seat.workerPidStartedAt))
    if (workerAlive && seat.state !== 'orphan') continue
    if (!process) {
      if (seat.ageSeconds > NAMELESS_SECONDS)
        await seatSeenDead(seat.id, 'Its worker is gone and it never named its process.')
      continue
    }
    if (shellAlive === false) {
      await seatSeenDead(seat.id, 'Its process was seen dead on its host.')
      continue
    }
    await orphanSeat(seat.id)
    if (seat.overdue && (await killTree(process)))
      await seatSeenDead(seat.id, 'An orphan past its deadline: killed and seen dead.')
  }
}
