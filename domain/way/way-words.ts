import { formatCount } from '../wording/count'
import { durationWords } from '../wording/duration'
import { momentWords } from '../wording/moment'
import type { HoldScope, InTheWay } from './in-the-way'

/** What is waited for, as it goes on after “Waiting for”. Times are written in `zone`. */
export function awaitedWords(way: InTheWay, zone: string, now: Date): string {
  switch (way.kind) {
    case 'hold':
      return `the hold on ${heldWhat(way.scope, way.on, 'the')} to be released`
    case 'lane-stopped':
      return `the stopped lane ${way.lane} to be resumed`
    case 'switched-off':
      return `${way.estate} to be switched on`
    case 'times':
      return timesAwaited(way.may, zone, now)
    case 'unserved':
      return `a worker: none serves the lane ${way.lane}`
    case 'harmed':
      return 'a look at those who may be harmed'
    case 'breaker':
      return `what stopped by itself: ${way.title}`
    case 'pause':
      return `the service’s pause, ${durationWords(way.seconds * 1000)} more`
    case 'slowed':
      return way.allowed === 1
        ? 'the one session that the service allows'
        : `one of the ${formatCount(way.allowed)} sessions that the service allows`
    default:
      return way satisfies never
  }
}

function timesAwaited(may: Extract<InTheWay, { kind: 'times' }>['may'], zone: string, now: Date): string {
  switch (may.because) {
    case 'cut-off':
      return 'a later cut-off'
    case 'blackout':
      return may.until
        ? `the end of the barred days, ${momentWords(may.until, zone, now)}`
        : 'the end of the barred days'
    case 'window':
      return may.until ? `the change window from ${momentWords(may.until, zone, now)}` : 'the change window'
    case 'window-over':
      return 'another change window'
    default:
      return may.because satisfies never
  }
}

/** Why several people do not begin, as it goes on after “because”. */
export function becauseWords(way: InTheWay): string {
  switch (way.kind) {
    case 'hold':
      return `the hold on ${heldWhat(way.scope, way.on, 'their')} stays`
    case 'lane-stopped':
      return `the lane ${way.lane} is stopped`
    case 'switched-off':
      return `${way.estate} is LIVE and has not been switched on`
    case 'times':
      return timesWhy(way.may)
    case 'unserved':
      return `no worker serves the lane ${way.lane}`
    case 'harmed':
      return 'too many people of their batch may be harmed'
    case 'breaker':
      return `something else has stopped by itself: ${way.title}`
    case 'pause':
      return 'the service asked for a pause'
    case 'slowed':
      return 'the service asked for less'
    default:
      return way satisfies never
  }
}

function timesWhy(may: Extract<InTheWay, { kind: 'times' }>['may']): string {
  switch (may.because) {
    case 'cut-off':
      return 'the cut-off of their wave has passed'
    case 'blackout':
      return 'nothing starts on this day'
    case 'window':
      return 'the change window of their wave is closed'
    case 'window-over':
      return 'the change window of their wave does not open any more'
    default:
      return may.because satisfies never
  }
}

function heldWhat(scope: HoldScope, on: string, article: 'the' | 'their'): string {
  switch (scope) {
    case 'everything':
      return 'everything'
    case 'estate':
      return on
    case 'lane':
      return `the lane ${on}`
    case 'batch':
    case 'wave':
      return `${article} ${scope}`
    case 'item':
      return article === 'the' ? 'this person' : 'them'
    default:
      return scope satisfies never
  }
}
