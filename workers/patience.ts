import { setTimeout as sleep } from 'node:timers/promises'
import { LeaseLost } from '@/server/commands/hold-lease'
import { Refused } from '@/server/commands/refused'
import { SeatLost } from '@/server/store/seats'

/** Errors that say something about the work; any other error of a command means that the database cannot be reached. */
export const isVerdict = (error: unknown): boolean =>
  error instanceof LeaseLost || error instanceof Refused || error instanceof SeatLost

/**
 * Tries a database write again while the database is away: what a worker saw must not be lost because Postgres restarts.
 * Gives up after about a minute; then the lease runs out, and the sweeper and a probe find out the truth.
 */
export async function patiently<T>(write: () => Promise<T>, onRetry: (error: unknown) => void): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (isVerdict(error) || attempt >= 30) throw error
      onRetry(error)
      await sleep(Math.min(3000, 200 * attempt))
    }
  }
}
