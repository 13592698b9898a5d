import { isWaveAtWork, type WaveState } from '@/domain/lifecycle/wave'
import { storedWindow } from '@/domain/windows/change-window'
import { type Blackout, mayStart, type StartTimes } from '@/domain/windows/may-start'

/** When something new of a wave may start, out of its row and its estate's. */
export const startTimesOf = (
  wave: { window: unknown; cutOffAt: Date | null },
  estate: { zone: string; blackouts: readonly Blackout[] },
): StartTimes => ({
  window: storedWindow(wave.window),
  cutOffAt: wave.cutOffAt,
  blackouts: estate.blackouts,
  estateZone: estate.zone,
})

/** Whether a batch has waves at work of which nothing may start at this moment: what its pace is now says nothing. */
export function isShut(
  waves: readonly { state: WaveState; window: unknown; cutOffAt: Date | null }[],
  estate: { zone: string; blackouts: readonly Blackout[] },
  now: Date,
): boolean {
  const atWork = waves.filter(wave => isWaveAtWork(wave.state))
  return atWork.length > 0 && atWork.every(wave => !mayStart(startTimesOf(wave, estate), now).open)
}
