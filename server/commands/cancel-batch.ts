import { mayCancelBatch } from '@/domain/lifecycle/batch'
import { isWaveOpen } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { people } from '@/domain/wording/count'
import { permitPerson } from '@/server/auth/permit'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { lockWave } from '@/server/store/wave-lock'
import { cancelLockedWave } from './cancel-wave'
import { leaveOutRest } from './end-wave'
import { Refused } from './refused'

/**
 * Cancels every wave that has not ended; what is done stays done. Whoever stands in front of a person in a wave that has
 * ended is left out as well: nobody could go on in a cancelled batch, and another batch may take them up.
 */
export async function cancelBatch(
  actor: Actor,
  input: { batchId: string; reason: string },
): Promise<{ people: number }> {
  const personId = permitPerson(actor, 'batches.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Cancelling a batch needs a reason.')
  return db().$transaction(
    async tx => {
      const batch = await lockBatch(tx, input.batchId)
      const may = mayCancelBatch(batch)
      if (!may.ok) throw new Refused('conflict', may.why)
      let left = 0
      for (const waveId of batch.waveIds) {
        const wave = await lockWave(tx, waveId)
        left += isWaveOpen(wave.state)
          ? await cancelLockedWave(tx, actor, personId, wave, reason)
          : await leaveOutEnded(tx, waveId, reason)
      }
      await tx.$executeRaw`
        UPDATE "batch" SET "state" = 'cancelled', "endedAt" = clock_timestamp(), "version" = "version" + 1 WHERE "id" = ${batch.id}`
      await recordEvent(tx, actor, {
        type: 'batch.cancelled',
        about: { batchId: batch.id },
        data: { reason, people: left },
      })
      return { people: left }
    },
    { timeout: 60_000 },
  )
}

/** @throws Refused while somebody's outcome is unknown: nobody is left out whose state nobody knows. */
async function leaveOutEnded(tx: Tx, waveId: string, reason: string): Promise<number> {
  const unknown = await tx.item.count({ where: { waveId, state: 'unknown' } })
  if (unknown > 0)
    throw new Refused(
      'conflict',
      `The outcome of ${people(unknown)} is unknown. Ferry reads it back; after three readings failed somebody can decide. Then cancel.`,
    )
  return leaveOutRest(tx, waveId, reason)
}
