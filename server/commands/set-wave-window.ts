import { isWaveOpen, waveWord } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { type ChangeWindow, localMoment, windowFault } from '@/domain/windows/change-window'
import { windowWords } from '@/domain/windows/window-words'
import { Prisma } from '@/generated/prisma/client'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { storedWindowWords } from '@/server/store/start-times'
import { lockWave } from '@/server/store/wave-lock'
import { Refused } from './refused'

export type WindowInput = {
  waveId: string
  /** Null: at any time. */
  window: ChangeWindow | null
  /** `2026-11-24T04:00` on a clock in the window's zone, else the batch's; null: no cut-off. */
  cutOff: string | null
  reason: string
}

/**
 * Sets when something new of a wave may start, and after when nothing does. What runs may end. Times are no part of the plan
 * (rule 4), so an approval stays; the ledger says who changed them. Answers how many people it concerns.
 */
export async function setWaveWindow(
  actor: Actor,
  input: WindowInput,
): Promise<{ touched: number; window: string | null; cutOffAt: Date | null }> {
  permitPerson(actor, 'windows.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Changing when a wave may start needs a reason.')
  const fault = input.window ? windowFault(input.window) : null
  if (fault) throw new Refused('invalid', fault)
  return db().$transaction(async tx => {
    const wave = await lockWave(tx, input.waveId)
    if (!isWaveOpen(wave.state))
      throw new Refused(
        'conflict',
        `The wave is ${waveWord(wave.state).toLowerCase()}, so nothing of it starts.`,
      )
    const cutOffAt = input.cutOff ? localMoment(input.cutOff, input.window?.zone ?? wave.batch.zone) : null
    if (input.cutOff && !cutOffAt)
      throw new Refused('invalid', `${input.cutOff} is no moment. A cut-off has the form 2026-11-24T04:00.`)
    const after = input.window ? windowWords(input.window) : null
    await tx.wave.update({
      where: { id: wave.id },
      data: {
        window: input.window ? { ...input.window, days: [...input.window.days] } : Prisma.DbNull,
        cutOffAt,
        pausedUntil: null,
        ...(wave.pausedUntil ? { stateReason: null } : {}),
        version: { increment: 1 },
      },
    })
    const touched = await tx.item.count({
      where: { waveId: wave.id, state: { in: ['not_started', 'waiting'] } },
    })
    await wake(tx, { topic: 'wave', waveId: wave.id }, { topic: 'wave-items', waveId: wave.id })
    await recordEvent(tx, actor, {
      type: 'wave.window_set',
      about: { batchId: wave.batchId, waveId: wave.id },
      data: {
        before: storedWindowWords(wave.window),
        after,
        cutOffAt: cutOffAt?.toISOString() ?? null,
        reason,
      },
    })
    return { touched, window: after, cutOffAt }
  })
}
