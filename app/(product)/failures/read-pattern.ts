import type { Pattern } from '@/domain/failures/own-signature'
import type { ErrorPlace } from '@/server/store/seen-error'

type Read = (name: string) => string

/** How an error is recognised, as a form or an address says it; words stand one part a line. */
export const patternIn = (read: Read): Pattern => ({
  number: read('number').trim(),
  id: read('id').trim(),
  exception: read('exception').trim(),
  words: read('words')
    .split(/\r?\n/)
    .map(part => part.trim())
    .filter(part => part !== ''),
})

/** Which error record is meant. */
export const placeIn = (read: Read): ErrorPlace => ({
  attemptId: read('attempt'),
  phase: count(read('phase')),
  index: count(read('index')),
})

const count = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : 0)

/** Where the error record of an attempt is described: its script run and its record by number, from 0. */
export const describeHref = (place: ErrorPlace): string =>
  `/failures/new?attempt=${encodeURIComponent(place.attemptId)}&phase=${place.phase}&index=${place.index}`
