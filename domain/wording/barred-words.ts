import { people } from './count'

export type BarredDays = {
  /** Both included, as `2026-12-24`. */
  firstDay: string
  lastDay: string
  /** People of the estate's open waves who have not ended. */
  people: number
}

/** “2026-12-24 to 2027-01-01”; a single day is named once. */
export const daysSpan = ({ firstDay, lastDay }: Pick<BarredDays, 'firstDay' | 'lastDay'>): string =>
  firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`

/** What barring days did. */
export function barredWords(days: BarredDays): string {
  const span =
    days.firstDay === days.lastDay
      ? `on ${days.firstDay}`
      : `from ${days.firstDay} to ${days.lastDay}, both included`
  return `Nothing new starts ${span}. ${concerned(days.people)}`
}

/** What taking barred days back did. */
export const freedWords = (days: BarredDays): string =>
  `${daysSpan(days)}: something may start again. ${concerned(days.people)}`

const concerned = (count: number): string => {
  if (count === 0) return 'Nobody on this estate is on their way now.'
  return `${people(count)} on this estate ${count === 1 ? 'is' : 'are'} still on their way.`
}
