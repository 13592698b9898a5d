import { storedWindow } from '@/domain/windows/change-window'
import type { Blackout, StartTimes } from '@/domain/windows/may-start'

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
