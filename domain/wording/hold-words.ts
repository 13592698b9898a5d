import { formatCount, people } from './count'

/** What a hold did: how many it keeps from beginning, and who is at work. */
export function heldWords(done: { already: boolean; touched: number; running: number }): string {
  const busy =
    done.running === 0
      ? 'Nobody is at work.'
      : done.running === 1
        ? '1 person is at work and ends by itself.'
        : `${people(done.running)} are at work and end by themselves.`
  const first = done.already ? 'It was held already; the first hold stands' : 'Held'
  return `${first}: ${people(done.touched)} ${done.touched === 1 ? 'does' : 'do'} not begin. ${busy}`
}

export type LetGoOn = {
  touched: number
  /** `why` goes on after “because”. */
  others: readonly { people: number; why: string }[]
}

/** What letting everything go on means, before it is done. */
export const releasesEverything =
  'Every lane takes up its work again. Holds on single estates, lanes, batches, waves and people stay.'

/** What a release did: who may begin, and why the others do not. */
export const releasedWords = (done: LetGoOn): string =>
  `Released: ${people(done.touched)} may begin where they stood.${othersWords(done)}`

/** What the end of a lane's stop did. */
export const resumedWords = (done: LetGoOn): string =>
  `The lane works again: ${people(done.touched)} may begin where they stood.${othersWords(done)} If the credential still fails, it stops again by itself.`

/** What the end of a breaker did. */
export const closedWords = (done: LetGoOn): string =>
  `It goes on: ${people(done.touched)} may begin as soon as a session is free.${othersWords(done)}`

/** “ 30 people do not, because …”, or with the number of each reason where there are several. */
function othersWords({ others }: LetGoOn): string {
  const [first] = others
  if (!first) return ''
  const all = others.reduce((sum, one) => sum + one.people, 0)
  const start = ` ${people(all)} ${all === 1 ? 'does' : 'do'} not`
  if (others.length === 1) return `${start}, because ${first.why}.`
  return `${start}: ${others.map(one => `${formatCount(one.people)} because ${one.why}`).join(', ')}.`
}
