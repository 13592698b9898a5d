import { setTimeout as pause } from 'node:timers/promises'
import { reason } from './given-services'
import { say, seconds } from './text'

const ROUND_MS = 5_000
/** One look that fails may be a busy moment, or a restart that is said elsewhere. */
const LOOKS_BEFORE_SAID = 2

/**
 * Asks a service again and again whether it answers, for as long as Ferry runs: says once when it does not and what that
 * means, and once when it does again. Whoever needs the service goes on by itself; this is for the people who watch.
 */
export async function watch(
  what: string,
  meaning: string,
  ask: () => Promise<void>,
  stopping: AbortSignal,
  round = ROUND_MS,
): Promise<void> {
  let failed = 0
  let since = 0
  for (;;) {
    await pause(round, undefined, { signal: stopping, ref: false }).catch(() => {})
    if (stopping.aborted) return
    const asked = performance.now()
    try {
      await ask()
      if (failed >= LOOKS_BEFORE_SAID)
        say(`${what} answers again after ${seconds(performance.now() - since)}.`)
      failed = 0
    } catch (error) {
      if (stopping.aborted) return
      if (failed === 0) since = asked
      if (++failed === LOOKS_BEFORE_SAID) say(`${what} does not answer (${reason(error)}). ${meaning}`)
    }
  }
}
