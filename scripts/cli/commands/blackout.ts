import type { Command } from '../command'
import { estateNamed } from '../lane-named'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const blackout: Command = {
  does: 'Bars days on an estate: nothing new starts on them',
  acts: 'person',
  options: {
    estate: { value: 'NAME', required: true, does: 'the estate, in whose zone the days are' },
    'first-day': { value: 'YYYY-MM-DD', required: true, does: 'the first of the days' },
    'last-day': { value: 'YYYY-MM-DD', does: 'the last of them; without it one day' },
    reason: { value: 'TEXT', required: true, does: 'why, as people read it on those days' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { setBlackout } = await import('@/server/commands/set-blackout')
    const firstDay = given.text('first-day')
    const lastDay = given.maybe('last-day') ?? firstDay
    const { barredWords } = await import('@/domain/wording/barred-words')
    const barred = await setBlackout(actor, {
      estateId: await estateNamed(given.text('estate')),
      firstDay,
      lastDay,
      reason: given.text('reason'),
    })
    answer(`${barred.blackoutId}: ${barredWords(barred)}`)
    return 0
  },
}

export const blackoutRemove: Command = {
  does: 'Takes barred days back',
  acts: 'person',
  options: {
    blackout: { value: 'ID', required: true, does: 'as ferry blackout named it' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const actor = await tokenActor()
    const { removeBlackout } = await import('@/server/commands/set-blackout')
    const { freedWords } = await import('@/domain/wording/barred-words')
    const reason = given.text('reason')
    answer(freedWords(await removeBlackout(actor, { blackoutId: given.text('blackout'), reason })))
    return 0
  },
}
