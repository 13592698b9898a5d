import { setTimeout as sleep } from 'node:timers/promises'
import { NOT_READ_YET } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import type { Requested } from '@/server/commands/request-approval'
import type { Command } from '../command'
import { answer, note, people } from '../say'
import { tokenActor } from '../token-actor'

const PATIENCE_MS = 120_000
const PAUSE_MS = 1_000

export const requestApprovalCommand: Command = {
  does: 'Asks for a wave’s next steps; waits up to 120 s while its people are being read',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    note: { value: 'TEXT', does: 'what the approver should know' },
    reason: { value: 'TEXT', does: 'the same as --note' },
  },
  async run(given) {
    const actor = await tokenActor()
    const waveId = given.text('wave')
    const asked = await untilRead(actor, waveId, given.maybe('note') ?? given.maybe('reason'))
    answer(
      asked.already
        ? `This was asked for already: ${people(asked.people)}, plan ${asked.planHash}`
        : `Asked for ${people(asked.people)}, plan ${asked.planHash}. Somebody else decides.`,
    )
    return 0
  },
}

/** Asks again while the only thing in the way is that people have not been read. */
async function untilRead(actor: Actor, waveId: string, text: string | undefined): Promise<Requested> {
  const { requestApproval } = await import('@/server/commands/request-approval')
  const { Refused } = await import('@/server/commands/refused')
  const deadline = performance.now() + PATIENCE_MS
  for (let said = ''; ; ) {
    try {
      return await requestApproval(actor, { waveId, note: text })
    } catch (error) {
      const reading = error instanceof Refused && error.message.includes(NOT_READ_YET)
      if (!reading || performance.now() > deadline) throw error
      const [where = ''] = error.message.split('. ')
      if (where !== said) note(`${where}; waiting …`)
      said = where
      await sleep(PAUSE_MS)
    }
  }
}
