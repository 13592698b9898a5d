import { mayCancelBatch } from '@/domain/lifecycle/batch'
import { isWaveOpen } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { lockWave } from '@/server/store/wave-lock'
import { cancelLockedWave } from './cancel-wave'
import { Refused } from './refused'

/** Cancels every wave that has not ended; what is done stays done. */
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
      let people = 0
      for (const waveId of batch.waveIds) {
        const wave = await lockWave(tx, waveId)
        if (isWaveOpen(wave.state)) people += await cancelLockedWave(tx, actor, personId, wave, reason)
      }
      await tx.$executeRaw`
        UPDATE "batch" SET "state" = 'cancelled', "endedAt" = clock_timestamp(), "version" = "version" + 1 WHERE "id" = ${batch.id}`
      await recordEvent(tx, actor, {
        type: 'batch.cancelled',
        about: { batchId: batch.id },
        data: { reason, people },
      })
      return { people }
    },
    { timeout: 60_000 },
  )
}
