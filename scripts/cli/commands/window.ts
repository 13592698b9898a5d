import type { Command } from '../command'
import { Misuse } from '../given'
import { answer, people } from '../say'
import { tokenActor } from '../token-actor'

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export const windowCommand: Command = {
  does: 'Sets when a wave may start something new, and after when it may not; what runs may end',
  acts: 'person',
  options: {
    wave: { value: 'ID', required: true, does: 'the wave' },
    times: { value: 'HH:MM-HH:MM', does: 'each night or day; without it, at any time' },
    zone: { value: 'ZONE', does: 'whose clock that is, such as Europe/Berlin' },
    days: { value: 'mon,…', does: 'weekdays on which it opens; without it, every day' },
    'first-day': { value: 'YYYY-MM-DD', does: 'the first day on which it opens' },
    'last-day': { value: 'YYYY-MM-DD', does: 'the last day on which it opens' },
    'cut-off': { value: 'YYYY-MM-DDTHH:MM', does: 'nothing new starts after this' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const times = given.maybe('times')
    const [from = '', to = ''] = (times ?? '').split('-')
    const zone = given.maybe('zone')
    if (times && !zone) throw new Misuse('--zone is missing: a time of day needs a clock.')
    const names = given.list('days')
    const days = names.map(name => dayNames.indexOf(name.toLowerCase().slice(0, 3)) + 1)
    if (days.includes(0)) throw new Misuse('--days takes mon, tue, wed, thu, fri, sat and sun.')
    const actor = await tokenActor()
    const { setWaveWindow } = await import('@/server/commands/set-wave-window')
    const done = await setWaveWindow(actor, {
      waveId: given.text('wave'),
      window: times
        ? {
            zone: zone ?? '',
            from,
            to,
            days: days.length > 0 ? days : [1, 2, 3, 4, 5, 6, 7],
            firstDay: given.maybe('first-day') ?? null,
            lastDay: given.maybe('last-day') ?? null,
          }
        : null,
      cutOff: given.maybe('cut-off') ?? null,
      reason: given.text('reason'),
    })
    answer(`${people(done.touched)} may start ${done.window ?? 'at any time'}.`)
    return 0
  },
}
