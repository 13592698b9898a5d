import { describe, expect, it } from 'vitest'
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
  const forecast = { from: new Date('2026-11-24T03:10:00Z'), to: new Date('2026-11-24T06:25:00Z') }
  const cutOff = new Date('2026-11-24T05:00:00Z')
  const zone = 'Europe/Berlin'
  it('says the range and what is at stake', () => {
    expect(forecastSentence({ now, zone, forecast, cutOff, missShare: 0.38, missPeople: 130 })).toBe(
      'Finishes between Tue 04:10 and 07:25. 38 % chance to miss the cut-off at Tue 06:00: about 130 people would wait for the next window.',
    )
  })
  it('says when it is safe, and when it is lost', () => {
    expect(forecastSentence({ now, zone, forecast, cutOff, missShare: 0 })).toContain(
      'That is before the cut-off',
    )
    expect(forecastSentence({ now, zone, forecast, cutOff, missShare: 1 })).toContain(
      'It will miss the cut-off',
    )
    expect(forecastSentence({ now: new Date('2026-11-24T05:00:01Z'), zone, forecast, cutOff })).toContain(
      'has passed',
    )
  })
  it('does not guess', () => {
    expect(forecastSentence({ now, zone, forecast: null, cutOff })).toBe(
      'Too few people are across to say when this ends. Nothing new starts after Tue 06:00.',
    )
  })
})
