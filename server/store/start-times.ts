import { storedWindow } from '@/domain/windows/change-window'
import { mayStart } from '@/domain/windows/may-start'
import { notNowWords, windowWords } from '@/domain/windows/window-words'
import type { Tx } from './ledger'
import { databaseNow } from './wave-lock'

/** Why nothing new of a wave starts at this moment, by its window, cut-off and the estate's barred days. */
export type Pause = { why: string; until: Date }

/** A stored window in words; null where none is set. */
export function storedWindowWords(json: unknown): string | null {
  const window = storedWindow(json)
  return window ? windowWords(window) : null
}

/** A wave is looked at again after this, also where nothing opens by itself. */
const LOOK_AGAIN_MS = 3_600_000

/** The pause a wave is in by the database's clock; null while something new may start. */
export async function pauseNow(
  tx: Tx,
  wave: { window: unknown; cutOffAt: Date | null; batch: { estateId: string; zone: string } },
): Promise<Pause | null> {
  const window = storedWindow(wave.window)
  const estate = await tx.estate.findUniqueOrThrow({
    where: { id: wave.batch.estateId },
    select: { zone: true, blackouts: { where: { removedAt: null } } },
  })
  if (!window && !wave.cutOffAt && estate.blackouts.length === 0) return null
  const now = await databaseNow(tx)
  const may = mayStart(
    { window, cutOffAt: wave.cutOffAt, blackouts: estate.blackouts, estateZone: estate.zone },
    now,
  )
  const why = notNowWords(may, window?.zone ?? wave.batch.zone, now)
  if (may.open || !why) return null
  const latest = new Date(now.getTime() + LOOK_AGAIN_MS)
  return { why, until: may.until && may.until < latest ? may.until : latest }
}
