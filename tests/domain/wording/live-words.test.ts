import { expect, test } from 'vitest'
import { signatureById } from '@/domain/failures/catalogue'
import { type EventType, eventVersions } from '@/domain/ledger/event-types'
import { clusterWords, plainReason } from '@/domain/wording/cluster-words'
import { eventSentence } from '@/domain/wording/event-sentence'
import { shortHash } from '@/domain/wording/short-hash'
import { waitingFor } from '@/domain/wording/waiting-for'

const anything = {
  reason: 'not-synced: the cloud shows no provider.',
  because: ['somebody was added'],
  changes: { name: {} },
  roles: ['lead'],
  before: ['lead'],
  after: ['auditor'],
  people: 1200,
  seconds: 41,
  step: 'move',
  name: 'West',
  email: 'lee.gu@contoso.example',
  identity: 'lee.gu@contoso.example',
  scope: 'wave',
  by: 'person',
  how: 'own',
  worker: 'mgmt-02',
  column: 'SipAddress',
  newName: 'Wave 5',
  what: 'batch x',
  rowsRead: 3,
  ready: 1,
  flagged: 1,
  refused: 1,
  leftOut: 0,
  row: 7,
  rows: 3,
  moved: 25,
  carvedOut: 3,
  file: 'ferry-2026-11-23.tar',
  takenAt: '2026-11-23T22:00:00.000Z',
  cause: 'the network was down',
  note: 'Ask the directory team',
  owner: 'directory team',
  title: 'Name not found',
  recognisedBy: 'hms-507',
  sessions: 4,
  set: 'Wave 2',
  settled: 12,
  released: 3,
  firstDay: '2026-12-24',
  lastDay: '2026-12-26',
}

/** Where the same field holds another kind of thing. */
const others: Partial<Record<EventType, object>> = {
  'wave.window_set': { after: 'daily from 21:00 to 06:00' },
  'lane.concurrency_set': { before: 3, after: 2 },
}

test('a breaker’s events name what stopped', () => {
  const about = { actor: 'Lee Gu', wave: 'Wave 2', batch: 'West' }
  const pool = { breakerId: 'b', scope: 'pool', targetId: 'pool01.contoso.example' }
  const opened = { ...pool, because: 'in a row', cause: '6 failures in a row', signature: null }
  expect(eventSentence('breaker.opened', opened, about)).toBe(
    'The pool pool01.contoso.example stopped by itself: 6 failures in a row',
  )
  const closed = { breakerId: 'b', scope: 'wave', targetId: 'wav_1', by: 'person' as const, reason: 'Back.' }
  expect(eventSentence('breaker.closed', closed, about)).toBe(
    'Lee Gu let Wave 2 go on after it had stopped by itself: Back',
  )
})

test('every event is a sentence that begins with a capital and has no holes', () => {
  const about = { actor: 'Alex Wilber', person: 'Lee Gu', wave: 'Wave 2', batch: 'West' }
  for (const type of Object.keys(eventVersions) as EventType[]) {
    const sentence = eventSentence(type, { ...anything, ...others[type] }, about)
    expect(sentence, type).toMatch(/^[A-Z]/)
    expect(sentence, type).not.toMatch(/undefined|null|NaN|\[object|\.$|!|please/i)
  }
  expect(eventSentence('approval.approved', anything, about)).toBe(
    'Alex Wilber approved Wave 2, 1,200 people, with 3 carved out',
  )
  expect(eventSentence('attempt.blocked', anything, about)).toBe(
    'Lee Gu needs a person: the cloud shows no provider',
  )
})

test('an event of a later Ferry is named, not hidden', () => {
  expect(eventSentence('moon.landed' as EventType, {}, { actor: 'Ferry' })).toBe('Ferry: moon.landed')
})

test('a known signature speaks from the catalogue, an unknown one with what was recorded', () => {
  const described = signatureById('hms-507') ?? null
  const known = clusterWords({
    state: 'failed',
    errorSignature: 'hms-507',
    described,
    errorClass: null,
    reason: 'x',
  })
  expect(known).toMatchObject({
    owner: 'whoever assigns licences',
    retryHint: expect.stringContaining('remedy'),
  })
  expect(known.title).toContain('507')
  const other = clusterWords({
    state: 'needs_person',
    errorSignature: null,
    described: null,
    errorClass: null,
    reason: 'not-here: nobody has this name.',
  })
  expect(other).toMatchObject({ title: 'Nobody has this name', owner: null, retryHint: null })
  expect(
    clusterWords({ state: 'unknown', errorSignature: null, described: null, errorClass: null, reason: null })
      .title,
  ).toBe('Outcome unknown')
  expect(plainReason(null)).toBeNull()
})

test('who waits knows for what', () => {
  const facts = {
    state: 'waiting',
    waveState: 'running',
    way: null,
    atWaveStep: false,
    reason: null,
    zone: 'Europe/Berlin',
    now: new Date('2026-11-30T21:00:00Z'),
  } as const
  const hold = { kind: 'hold', scope: 'batch', on: '', reason: 'A look' } as const
  const stop = { kind: 'breaker', title: 'The pool east', cause: '10 in a row', wayOn: '' } as const
  expect(waitingFor({ ...facts, state: 'done' })).toBeNull()
  expect(waitingFor(facts)).toBe('a free session')
  expect(waitingFor({ ...facts, way: hold, waveState: 'awaiting_approval' })).toBe(
    'the hold on the batch to be released',
  )
  expect(waitingFor({ ...facts, way: stop, waveState: 'awaiting_approval' })).toBe('the approval')
  expect(waitingFor({ ...facts, way: stop, reason: 'throttled: x' })).toBe(
    'what stopped by itself: The pool east',
  )
  expect(waitingFor({ ...facts, waveState: 'syncing' })).toBe('the sync')
  expect(waitingFor({ ...facts, reason: 'not-synced: x' })).toBe('the cloud to show the sync')
  expect(waitingFor({ ...facts, reason: 'throttled: x' })).toBe('the next try')
})

test('a hash is shown in groups', () => {
  expect(shortHash('7f3a91c2ffff')).toBe('7f3a·91c2')
})
