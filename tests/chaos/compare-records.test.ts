import { expect, it } from 'vitest'
import type { Entry } from '@/lab/service/journal/entries'
import { compareRecords, type Findings, type Records } from './compare-records'
import type { AttemptEvent } from './ledger-attempts'

const UPN = 'megan@contoso.example'
const start = Date.parse('2026-11-24T20:00:00Z')
const at = (seconds: number) => new Date(start + seconds * 1_000)
const who = { session: 'one', credential: 'sfb-admin', pid: 70, host: 'here' }

type Timed = { at: number; entry: Entry }
const added = (locator: string | null, person = UPN): Timed => ({
  at: 0,
  entry: { kind: 'added', store: 'ad', key: person, value: { 'msRTCSIP-DeploymentLocator': locator } },
})
const changed = (seconds: number, command: string, locator: string, pid = 70, person = UPN): Timed => ({
  at: seconds,
  entry: {
    kind: 'change',
    call: `${command} ${seconds}`,
    command,
    who: { ...who, pid },
    store: 'ad',
    key: person,
    before: {},
    after: { 'msRTCSIP-DeploymentLocator': locator },
  },
})
const enabled = changed(12, 'Enable-CsUser', 'sipfed.online.lync.com')
const moved = changed(52, 'Move-CsUser', 'SRV:')

const said = (seconds: number, type: string, data: Record<string, unknown>): AttemptEvent => ({
  itemId: 'itm_1',
  type: `attempt.${type}`,
  at: at(seconds),
  data,
})
/** A run that begins to change something two seconds after it was taken up and ends two seconds later. */
const run = (seconds: number, attemptId: string, step: string, end = 'done'): AttemptEvent[] => [
  said(seconds, 'started', { attemptId, step, kind: 'run' }),
  said(seconds + 1, 'apply_began', { attemptId, step }),
  said(seconds + 4, end, { attemptId, step }),
]
/** One that found its step done already, or that never got to change anything. */
const reading = (seconds: number, attemptId: string, step: string, end = 'no_change'): AttemptEvent[] => [
  said(seconds, 'started', { attemptId, step, kind: 'run' }),
  said(seconds + 1, end, { attemptId, step }),
]
const readBack = (seconds: number, readsBack: string, answer: string): AttemptEvent[] => [
  said(seconds, 'started', { attemptId: `back ${seconds}`, step: 'move', kind: 'readback' }),
  said(seconds + 1, 'read_back', { attemptId: `back ${seconds}`, readsBack, said: answer, settled: true }),
]

type Told = {
  journal?: readonly Timed[]
  events?: readonly AttemptEvent[]
  state?: string
  shown?: string | null
} & Partial<Pick<Records, 'brought' | 'people' | 'shells'>>

const whole = {
  journal: [added(null), enabled, moved],
  events: [...run(10, 'a1', 'enable'), ...run(50, 'a2', 'move')],
}

/** What is found of one person, whose record is in order but for what is given. */
function compared(told: Told): ReturnType<typeof compareRecords> {
  const { journal = whole.journal, events = whole.events, state = 'done', shown = 'SRV:', ...rest } = told
  return compareRecords({
    brought: [UPN],
    people: [{ id: 'itm_1', upn: UPN, state, stepKey: 'move', reason: null }],
    shells: new Map(),
    ...rest,
    events,
    journal: journal.map(({ at: seconds, entry }, seq) =>
      JSON.stringify({ seq, at: at(seconds).toISOString(), ...entry }),
    ),
    accounts: new Map([[UPN, { 'msRTCSIP-DeploymentLocator': shown }]]),
  })
}

const findings = (told: Told): Findings => compared(told).findings

const nothing: Findings = { lost: [], doubled: [], stuck: [], wrong: [] }

it.each<[string, Told]>([
  ['somebody enabled and moved once', {}],
  [
    'a change whose end nobody saw, read back as done',
    {
      events: [
        ...run(10, 'a1', 'enable'),
        ...run(50, 'a2', 'move', 'unknown'),
        ...readBack(90, 'a2', 'done'),
      ],
    },
  ],
  [
    'one that was lost before it changed anything, and one that did',
    { events: [...run(10, 'a1', 'enable'), ...reading(40, 'a2', 'move', 'lost'), ...run(50, 'a3', 'move')] },
  ],
  [
    'one whose change came to nothing, and one that did it',
    {
      events: [...run(10, 'a1', 'enable'), ...run(40, 'a2', 'move', 'retry_later'), ...run(50, 'a3', 'move')],
    },
  ],
  [
    'a change that a later attempt found',
    {
      events: [...run(10, 'a1', 'enable'), ...run(50, 'a2', 'move', 'unknown'), ...reading(90, 'a3', 'move')],
    },
  ],
  [
    'somebody who was enabled before they came',
    {
      journal: [added('sipfed.online.lync.com'), moved],
      events: [...reading(10, 'a1', 'enable'), ...run(50, 'a2', 'move')],
    },
  ],
  ['a change that came from the shell of its attempt', { shells: new Map([['a2', 70]]) }],
])('%s is in order', (_what, told) => {
  expect(findings(told)).toEqual(nothing)
})

it.each<[string, keyof Findings, string, Told]>([
  [
    'somebody imported who is in no batch',
    'lost',
    'is in no batch',
    { brought: [UPN, 'nobody@contoso.example'] },
  ],
  [
    'a change of which the ledger has no result',
    'lost',
    'no result after it',
    { events: [...run(10, 'a1', 'enable'), ...run(50, 'a2', 'move', 'unknown')] },
  ],
  [
    'somebody done of whom the ledger has no result',
    'lost',
    'the ledger has no result of move',
    { events: run(10, 'a1', 'enable') },
  ],
  [
    'two changes by the same command',
    'doubled',
    'Move-CsUser changed 2 times',
    { journal: [...whole.journal, changed(53, 'Move-CsUser', 'SRV:')] },
  ],
  [
    'a result that the ledger has twice',
    'doubled',
    '2 times that move was done',
    { events: [...whole.events, ...run(70, 'a3', 'move')] },
  ],
  ['somebody who got nowhere', 'stuck', 'is waiting at move', { state: 'waiting' }],
  [
    'a move that the ledger claims and nobody made',
    'wrong',
    'the journal has no Move-CsUser of it',
    { journal: [added(null), enabled] },
  ],
  [
    'somebody done who was never moved, whatever the lab shows',
    'wrong',
    "not moved in the lab's journal",
    { journal: [added(null), enabled] },
  ],
  [
    'a journal that ends where the lab does not stand',
    'wrong',
    'stands elsewhere',
    { shown: 'sipfed.online.lync.com' },
  ],
  [
    'somebody moved who needed to be enabled and was not',
    'wrong',
    'the journal has no Enable-CsUser before it',
    { journal: [added(null), moved], events: [...reading(10, 'a1', 'enable'), ...run(50, 'a2', 'move')] },
  ],
  [
    'a change before the ledger said that it begins',
    'wrong',
    'no attempt that had begun to',
    { journal: [added(null), enabled, changed(50.5, 'Move-CsUser', 'SRV:')] },
  ],
  [
    'a change after its result',
    'lost',
    'no result after it',
    { journal: [added(null), enabled, changed(58, 'Move-CsUser', 'SRV:')] },
  ],
  [
    'a change by an attempt that says it changed nothing',
    'wrong',
    'the ledger says attempt.retry_later',
    {
      events: [
        ...run(10, 'a1', 'enable'),
        ...run(50, 'a2', 'move', 'retry_later'),
        ...reading(60, 'a3', 'move'),
      ],
    },
  ],
  [
    'a result of an attempt that never began to change anything',
    'wrong',
    'never began to change anything',
    { events: [...run(10, 'a1', 'enable'), ...reading(50, 'a2', 'move', 'done')] },
  ],
  [
    'a change from a shell that its attempt never had',
    'wrong',
    'came from process 70; attempt a2 had 71',
    { shells: new Map([['a2', 71]]) },
  ],
  [
    'no more results than changes, counted by step',
    'wrong',
    'move: 0 people in the journal, 1 in the ledger',
    { journal: [added(null), enabled] },
  ],
  [
    'a change of somebody who is in no batch',
    'wrong',
    'is nobody of a batch',
    { journal: [...whole.journal, changed(60, 'Move-CsUser', 'SRV:', 70, 'lee@contoso.example')] },
  ],
  [
    'a command that no step sends',
    'wrong',
    'which no step sends',
    { journal: [...whole.journal, changed(60, 'Disable-CsUser', 'SRV:')] },
  ],
])('%s is found', (_what, kind, sentence, told) => {
  expect(findings(told)[kind].join('\n')).toContain(sentence)
})

it('says how much was compared', () => {
  expect(compared({ shells: new Map([['a2', 70]]) }).compared).toEqual({
    changes: 2,
    results: 2,
    processes: 1,
  })
})
