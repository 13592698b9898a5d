import { describe, expect, it } from 'vitest'
import type { Outlook } from '@/domain/forecast/outlook'
import { emptyCounts } from '@/domain/lifecycle/item'
import { type BatchFacts, batchSentence } from '@/domain/wording/batch-sentence'
import { forecastSentence } from '@/domain/wording/forecast-sentence'
import { type OverviewFacts, overviewSentence } from '@/domain/wording/overview-sentence'

const quiet: OverviewFacts = {
  atWork: 0,
  idle: 0,
  willMiss: [],
  toDecide: 0,
  othersDecide: 0,
  needPerson: 0,
  unknown: 0,
  held: false,
  anyBatch: true,
}

describe('the overview opens with its answer', () => {
  const cases: [string, Partial<OverviewFacts>, string][] = [
    ['nothing was ever made', { anyBatch: false }, 'Nothing is here yet. It begins with a list of people.'],
    ['all is over', {}, 'Nothing is under way, and nothing is open.'],
    ['drafts only', { idle: 2 }, 'Nothing is under way. Two batches are open.'],
    ['quietly under way', { atWork: 1 }, 'One batch under way.'],
    [
      'one will miss',
      { atWork: 2, willMiss: ['Contoso West'], needPerson: 3 },
      'Two batches under way. Contoso West will probably miss its cut-off. Three people need somebody to look.',
    ],
    [
      'the only one will miss',
      { atWork: 1, willMiss: ['Contoso West'] },
      'One batch under way. It will probably miss its cut-off.',
    ],
    [
      'everything at once',
      { atWork: 3, willMiss: ['A', 'B'], toDecide: 1, othersDecide: 2, needPerson: 1, unknown: 1 },
      'Three batches under way. Two batches will probably miss their cut-offs. One approval waits for you, two approvals wait for somebody else, one person needs somebody to look and one outcome is being read back.',
    ],
    [
      'held',
      { atWork: 1, held: true },
      'Everything is held: nothing new starts. One batch under way, standing still.',
    ],
  ]
  it.each(cases)('%s', (_name, facts, sentence) => {
    expect(overviewSentence({ ...quiet, ...facts })).toBe(sentence)
  })
})

const batch = (over: Partial<BatchFacts>, counts: Partial<BatchFacts['counts']>): BatchFacts => ({
  state: 'active',
  waveAtWork: null,
  wavesWaiting: [],
  hold: null,
  heldPart: null,
  willMiss: false,
  ...over,
  counts: { ...emptyCounts(), ...counts },
})

describe('a batch opens with its answer', () => {
  const cases: [string, BatchFacts, string][] = [
    ['empty', batch({ state: 'draft' }, {}), 'Nobody is in this batch yet.'],
    [
      'a draft',
      batch({ state: 'draft' }, { not_started: 60, left_out: 2 }),
      'A draft for 60 people; 2 left out.',
    ],
    [
      'under way with trouble',
      batch(
        { waveAtWork: 'Wave 2', wavesWaiting: ['Wave 3'] },
        {
          done: 1100,
          no_change: 84,
          not_started: 1150,
          needs_person: 21,
          failed: 6,
          unknown: 2,
          left_out: 37,
        },
      ),
      '1,184 of 2,363 people are across and verified; 37 left out. Wave 2 is under way, and Wave 3 waits for an approval. 27 people need somebody to look and two outcomes are being read back.',
    ],
    [
      'only waiting',
      batch({ wavesWaiting: ['Pilot'] }, { not_started: 5 }),
      '0 of 5 people are across and verified. Pilot waits for an approval.',
    ],
    [
      'held',
      batch({ waveAtWork: 'Pilot', hold: 'held by Lee Gu' }, { done: 1, waiting: 4 }),
      '1 of 5 people are across and verified. Nothing new starts: held by Lee Gu.',
    ],
    [
      'its wave held',
      batch(
        {
          waveAtWork: 'Wave 1',
          wavesWaiting: ['Wave 2'],
          heldPart: { where: 'in Wave 1', why: 'held by Lee Gu' },
        },
        { done: 1, waiting: 4 },
      ),
      '1 of 5 people are across and verified. Nothing new starts in Wave 1: held by Lee Gu. Wave 2 waits for an approval.',
    ],
    ['all across', batch({}, { done: 5 }), 'All 5 people are across and verified.'],
    [
      'done',
      batch({ state: 'done', waveAtWork: 'x' }, { done: 58, failed: 0, left_out: 2 }),
      'Done: 58 of 58 people are across and verified; 2 left out.',
    ],
    [
      'cancelled',
      batch({ state: 'cancelled' }, { done: 1, left_out: 4 }),
      'Cancelled: 1 person is across and verified; 4 left out.',
    ],
    [
      'late',
      batch({ willMiss: true }, { done: 1, running: 1 }),
      '1 of 2 people are across and verified. It will probably miss its cut-off.',
    ],
  ]
  it.each(cases)('%s', (_name, facts, sentence) => {
    expect(batchSentence(facts)).toBe(sentence)
  })

  it('never counts who was not attempted as across', () => {
    expect(batchSentence(batch({}, { not_started: 10 }))).toContain('0 of 10')
  })
})

describe('a forecast is a range, or an honest silence', () => {
  const now = new Date('2026-11-23T21:41:00Z')
  const forecast = {
    from: new Date('2026-11-24T03:10:00Z'),
    middle: new Date('2026-11-24T04:20:00Z'),
    to: new Date('2026-11-24T06:25:00Z'),
  }
  const last = { at: new Date('2026-11-24T05:00:00Z'), is: 'cut-off' as const }
  const zone = 'Europe/Berlin'
  const nothing: Outlook = {
    forecast: null,
    unmeasured: [],
    approvals: false,
    stranded: null,
    shut: null,
    pause: null,
    last: null,
    missed: null,
  }
  const says = (outlook: Partial<Outlook>) =>
    forecastSentence({ now, zone, outlook: { ...nothing, ...outlook } })
  const at = (text: string) => new Date(`2026-11-${text}:00Z`)

  it('says the range and what is at stake', () => {
    expect(says({ forecast, last, missed: { share: 0.38, people: 130 } })).toBe(
      'Finishes between Tue 04:10 and 07:25. 38 % chance to miss the cut-off at Tue 06:00: about 130 people would not start before it.',
    )
  })
  it('names the waves it is of, where others are still ahead', () => {
    const sentence = (of: string[]) => forecastSentence({ now, zone, outlook: { ...nothing, forecast }, of })
    expect(sentence(['Wave 1'])).toBe('Wave 1 finishes between Tue 04:10 and 07:25.')
    expect(sentence(['Wave 1', 'Wave 2'])).toBe('Wave 1 and Wave 2 finish between Tue 04:10 and 07:25.')
  })
  it('says when it is safe, and when it is lost', () => {
    expect(says({ forecast, last, missed: { share: 0, people: 1 } })).toContain('That is before the cut-off')
    expect(says({ forecast, last, missed: { share: 1, people: 12 } })).toContain(
      'About 12 people will not start before the cut-off at Tue 06:00.',
    )
    const stranded = { people: 12, by: 'cut-off' as const, since: at('23T21:00') }
    expect(says({ stranded })).toBe('The cut-off at 22:00 has passed: 12 people will not start.')
    expect(says({ stranded: { people: 1, by: 'window', since: null } })).toBe(
      'The change window does not open any more: 1 person will not start.',
    )
  })
  it('says what it waits for, and where it stops meanwhile', () => {
    const shut = { because: 'window' as const, until: at('24T21:00') }
    const later = { from: at('24T21:40'), middle: at('24T21:50'), to: at('24T22:25') }
    expect(says({ forecast: later, shut })).toBe(
      'Finishes between Tue 22:40 and 23:25, after the window opens at Tue 22:00.',
    )
    expect(says({ unmeasured: ['move'], shut: { because: 'blackout', until: at('24T23:00') } })).toBe(
      'No forecast yet: move was not measured here. Nothing starts before the barred days end at Wed 00:00.',
    )
    expect(says({ forecast: later, pause: { from: at('24T03:00'), to: at('24T21:00') } })).toBe(
      'Finishes between Tue 22:40 and 23:25. Nothing starts from Tue 04:00 to 22:00, which is counted in.',
    )
    expect(says({ last: { at: at('24T03:00'), is: 'window' }, missed: { share: 0.999, people: 40 } })).toBe(
      'About 40 people will not start before the end of the change window at Tue 04:00.',
    )
  })
  it('does not guess', () => {
    expect(says({ forecast, approvals: true })).toBe(
      'Finishes between Tue 04:10 and 07:25, without the wait for approvals.',
    )
    expect(says({ unmeasured: ['enable', 'sync', 'move'], last })).toBe(
      'No forecast yet: enable, sync and move were not measured here. Nothing new starts after the cut-off at Tue 06:00.',
    )
  })
})
