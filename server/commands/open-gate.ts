import { mayOpenGate } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { wake } from '@/server/store/outbox'
import { lockWave } from '@/server/store/wave-lock'
import { Refused } from './refused'

/**
 * A person opens a wave's gate although the pilot is not all verified, with a reason (rule 14). Answers how many people stand
 * behind it, and whether their wave is approved.
 */
export async function openGate(
  actor: Actor,
  input: { waveId: string; reason: string },
): Promise<{ people: number; approved: boolean }> {
  const personId = permitPerson(actor, 'gates.open')
  const reason = input.reason.trim()
  if (reason === '')
    throw new Refused('invalid', 'Opening the gate before the pilot is verified needs a reason.')
  return db().$transaction(async tx => {
    const wave = await lockWave(tx, input.waveId)
    const may = mayOpenGate({
      isPilot: wave.isPilot,
      state: wave.state,
      gateOpen: wave.gateOpenedAt !== null,
    })
    if (!may.ok) throw new Refused('conflict', may.why)
    await tx.$executeRaw`
      UPDATE "wave" SET "gateOpenedAt" = clock_timestamp(), "gateOpenedById" = ${personId}, "gateReason" = ${reason}, "version" = "version" + 1
      WHERE "id" = ${wave.id}`
    await wake(tx, { topic: 'wave', waveId: wave.id })
    await recordEvent(tx, actor, {
      type: 'gate.opened',
      about: { batchId: wave.batchId, waveId: wave.id },
      data: { by: 'person', reason },
    })
    const people = await tx.item.count({ where: { waveId: wave.id, state: { not: 'left_out' } } })
    return { people, approved: wave.state === 'approved' }
  })
}
