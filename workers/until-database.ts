import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from './logger'

/** A process that starts before its database waits, and says so. */
export async function untilDatabase(ask: () => Promise<unknown>): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      await ask()
      return
    } catch (error) {
      if (round % 10 === 0)
        logger.warn(
          { error: error instanceof Error ? error.message : String(error) },
          'The database cannot be reached yet; waiting for it',
        )
      await sleep(1000)
    }
  }
}
