import { resumedWords } from '@/domain/wording/hold-words'
import type { Command } from '../command'
import { laneNamed } from '../lane-named'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const laneResume: Command = {
  does: 'Lets a lane go on that its credential stopped, after that was put right',
  acts: 'person',
  options: {
    lane: { value: 'ESTATE.LANE', required: true, does: 'the lane, such as west.sfb' },
    reason: { value: 'TEXT', required: true, does: 'what was put right' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { resumeLane } = await import('@/server/commands/resume-lane')
    const laneId = await laneNamed(given.text('lane'))
    answer(resumedWords(await resumeLane(actor, { laneId, reason: given.text('reason') })))
    return 0
  },
}
