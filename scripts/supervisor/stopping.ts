import { signalGroup } from './groups'
import type { Keeper, StopManner } from './keeper'
import { STOP_ORDER } from './leftovers'
import { killStrays } from './strays'
import { say, seconds } from './text'

/** With Ctrl-C everything is gone within 10 s; this leaves some for the last answers. */
const WHOLE = 9_500
/** How long work in the lanes may take to end by itself: 8 s with Ctrl-C and a little to write it down; 5 min draining. */
const LANE_LIMIT = { interrupt: 8_800, drain: 300_000, now: 0 }
/** What is kept back for those that stop later, so that the database always ends in order. */
const STEP_LIMIT: Record<string, number> = {
  'the web console': 2_000,
  'the coordinator': 3_000,
  'the lab': 1_500,
}
const RESERVE: Record<string, number> = { 'the coordinator': 700, 'the lab': 500, 'the database': 100 }

/** Stops everything in order: web and lanes, coordinator, lab, database; then what any of them left behind. */
export async function stopInOrder(keepers: Keeper[], mark: string, manner: StopManner): Promise<void> {
  const began = performance.now()
  if (manner === 'interrupt')
    say('Stopping. Nothing new is begun; what runs gets 8 s. Ctrl-C again stops at once.')
  if (manner === 'drain') say('Stopping. Nothing new is begun; what runs may take up to 5 min to end.')
  let deadline = began + WHOLE
  for (const names of STOP_ORDER) {
    await Promise.all(
      keepers
        .filter(keeper => names.includes(keeper.name))
        .map(keeper => {
          if (keeper.name === 'the lane worker') return keeper.stop(manner, LANE_LIMIT[manner])
          const left = deadline - performance.now() - (RESERVE[keeper.name] ?? 0)
          return keeper.stop(manner, Math.max(200, Math.min(STEP_LIMIT[keeper.name] ?? 5_000, left)))
        }),
    )
    // A drain has no limit of 10 s over all: the others get their time after the lanes are done.
    if (manner === 'drain') deadline = performance.now() + WHOLE
  }
  await killStrays(mark)
  say(`Ferry stopped (${seconds(performance.now() - began)}).`)
}

/** At once: kills every process but the database, which ends in order within a moment anyway. */
export function killAll(keepers: Keeper[]): void {
  for (const keeper of keepers) {
    const identity = keeper.identity
    if (!identity || keeper.name === 'the database') continue
    if (!signalGroup(identity.pid, 'SIGKILL')) {
      try {
        process.kill(identity.pid, 'SIGKILL')
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }
}
