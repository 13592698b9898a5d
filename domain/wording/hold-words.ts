import { people } from './count'

/** What a hold did: how many it keeps from beginning, and who is at work. */
export function heldWords(done: { already: boolean; touched: number; running: number }): string {
  if (done.already) return 'It was held already; the first hold stands.'
  const busy =
    done.running === 0
      ? 'Nobody is at work.'
      : done.running === 1
        ? '1 person is at work and ends by itself.'
        : `${people(done.running)} are at work and end by themselves.`
  return `Held: ${people(done.touched)} ${done.touched === 1 ? 'does' : 'do'} not begin. ${busy}`
}

/** What a release did, or the end of a lane's stop: who may begin, and whom another hold keeps. */
export function releasedWords(done: { touched: number; stillHeld: number }): string {
  const rest =
    done.stillHeld === 0
      ? ''
      : ` ${people(done.stillHeld)} ${done.stillHeld === 1 ? 'stays' : 'stay'} held: another hold is in force for them.`
  return `Released: ${people(done.touched)} may begin where they stood.${rest}`
}
