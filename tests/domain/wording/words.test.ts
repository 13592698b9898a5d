import { describe, expect, it } from 'vitest'
import { itemStates } from '@/domain/lifecycle/item'
import { countWord, formatCount, people, percent } from '@/domain/wording/count'
import { agoWords, coarse, durationBeside, durationWords, isSlow, shortAge } from '@/domain/wording/duration'
import { itemPhrase, partWord } from '@/domain/wording/item-state'
import { listOf, shortList } from '@/domain/wording/list'
import { momentWords } from '@/domain/wording/moment'

describe('counts', () => {
  it('groups digits and fits the noun', () => {
    expect(formatCount(1184)).toBe('1,184')
    expect([people(0), people(1), people(212)]).toEqual(['0 people', '1 person', '212 people'])
    expect([countWord(0), countWord(2), countWord(13)]).toEqual(['no', 'two', '13'])
  })
  it('never rounds a share to nothing or all', () => {
    expect([percent(0), percent(0.001), percent(0.382), percent(0.999), percent(1)]).toEqual([
      '0 %',
      '1 %',
      '38 %',
      '99 %',
      '100 %',
    ])
  })
})

describe('durations', () => {
  it('uses the units that fit', () => {
    const cases: [number, string][] = [
      [0, '0 s'],
      [420, '0.4 s'],
      [9_960, '10 s'],
      [41_000, '41 s'],
      [59_700, '1 min'],
      [204_000, '3 min 24 s'],
      [600_000, '10 min'],
      [9_600_000, '2 h 40 min'],
      [86_400_000, '1 day'],
      [5 * 86_400_000, '5 days'],
      [-5, '0 s'],
    ]
    for (const [ms, words] of cases) expect(durationWords(ms)).toBe(words)
  })
  it('says what is usual only when that is known', () => {
    expect(durationBeside(41_000, 38_000)).toBe('41 s, usual 38 s')
    expect(durationBeside(41_000, null)).toBe('41 s')
  })
  it('calls slow what is much slower, not what is merely quick three times over', () => {
    expect(isSlow(204_000, 38_000)).toBe(true)
    expect(isSlow(41_000, 38_000)).toBe(false)
    expect(isSlow(4_000, 1_000)).toBe(false)
    expect(isSlow(1e9, null)).toBe(false)
  })
  it('fits a seat and a sentence', () => {
    expect([41_900, 204_000, 7_200_000, 2 * 86_400_000].map(shortAge)).toEqual(['41', '3m', '2h', '2d'])
    expect([agoWords(2_000), agoWords(22 * 60_000), coarse(49 * 3_600_000)]).toEqual([
      'just now',
      '22 min ago',
      '2 days',
    ])
  })
})

describe('lists', () => {
  it('joins names', () => {
    expect([listOf([]), listOf(['A']), listOf(['A', 'B']), listOf(['A', 'B', 'C'])]).toEqual([
      '',
      'A',
      'A and B',
      'A, B and C',
    ])
  })
  it('shortens a long one, but never to “and 1 more”', () => {
    expect(shortList(['A', 'B', 'C', 'D', 'E'])).toBe('A, B and 3 more')
    expect(shortList(['A', 'B', 'C'])).toBe('A, B and C')
    expect(shortList(['A', 'B'], 2, 210)).toBe('A, B and 208 more')
    expect(shortList(['A', 'B'], 2, 3)).toBe('A, B and 1 more')
  })
})

describe('moments', () => {
  const now = new Date('2026-11-23T22:30:00Z')
  it('say as much of the day as is needed, in the zone of the batch', () => {
    expect(momentWords(new Date('2026-11-23T21:41:07Z'), 'Europe/Berlin', now, true)).toBe('22:41:07')
    expect(momentWords(new Date('2026-11-23T23:41:07Z'), 'Europe/Berlin', now)).toBe('Tue 00:41')
    expect(momentWords(new Date('2026-11-20T15:02:00Z'), 'Europe/Berlin', now)).toBe('Fri 16:02')
    expect(momentWords(new Date('2026-10-02T15:02:00Z'), 'Europe/Berlin', now)).toBe('2 Oct 17:02')
    expect(momentWords(new Date('2025-10-02T15:02:00Z'), 'UTC', now)).toBe('2 Oct 2025 15:02')
  })
})

describe('people’s states', () => {
  it('say the step’s own verb, and what is waited for since when', () => {
    expect(itemPhrase({ state: 'running', verb: 'Moving' })).toBe('Moving')
    expect(itemPhrase({ state: 'running' })).toBe('Running')
    expect(itemPhrase({ state: 'waiting', waitingFor: 'the sync', since: '22:36' })).toBe(
      'Waiting for the sync since 22:36',
    )
    expect(itemPhrase({ state: 'done', verb: 'Moving' })).toBe('Moved and verified')
  })
  it('have words of their own in a bar', () => {
    expect(new Set(itemStates.map(state => partWord(state, 2))).size).toBe(itemStates.length)
    expect(partWord('needs_person', 1)).toBe('needs a person')
  })
})
