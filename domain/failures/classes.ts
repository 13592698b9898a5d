/**
 * Classes of failures, and what the runner does about each. NEEDS_PERSON is for everything that nobody has described:
 * it is shown with the raw record and never repeated by itself.
 */
export const failureClasses = [
  'ALREADY_DONE',
  'TRANSIENT',
  'THROTTLED',
  'SESSION_LOST',
  'BUSY',
  'PRECONDITION',
  'AUTH',
  'FATAL',
  'UNKNOWN_OUTCOME',
  'NEEDS_PERSON',
] as const
export type FailureClass = (typeof failureClasses)[number]

/** Whom a failure concerns: this item; all that uses the credential (only this stops a lane); all on the estate. */
export const failureScopes = ['item', 'credential', 'estate'] as const
export type FailureScope = (typeof failureScopes)[number]

/**
 * What happens by itself. none: nothing · retry: probe again and repeat after the delays · wait: as retry, with fewer
 * shells at work · poll: look until it is over, which is no failure · reopen: a new shell, then probe · probe: only
 * read, until the state is known.
 */
export const reactions = ['none', 'retry', 'wait', 'poll', 'reopen', 'probe'] as const
export type Reaction = (typeof reactions)[number]

export type Behaviour = {
  readonly word: string
  readonly reaction: Reaction
  /** Seconds before each further try; after the last one a person is needed. */
  readonly delaysSeconds: readonly number[]
  /** Whether a person has to act before anything goes on for this item. */
  readonly needsPerson: boolean
  /** One plain sentence for people. */
  readonly sentence: string
}

export const behaviours: Readonly<Record<FailureClass, Behaviour>> = {
  ALREADY_DONE: {
    word: 'Already done',
    reaction: 'none',
    delaysSeconds: [],
    needsPerson: false,
    sentence: 'The wanted state was there already. Counts as done with no change.',
  },
  TRANSIENT: {
    word: 'Passing fault',
    reaction: 'retry',
    delaysSeconds: [60, 120, 300, 600, 1200],
    needsPerson: false,
    sentence: 'Ferry reads the state and tries again, each time after a longer pause.',
  },
  THROTTLED: {
    word: 'Slowed down',
    reaction: 'wait',
    delaysSeconds: [60, 120, 300, 300, 300],
    needsPerson: false,
    sentence:
      'The service asks for less. Ferry waits as long as it says and uses fewer sessions of this credential.',
  },
  SESSION_LOST: {
    word: 'Session lost',
    reaction: 'reopen',
    delaysSeconds: [0, 60, 300],
    needsPerson: false,
    sentence: 'Ferry opens a new session, reads the state, and decides by what it finds.',
  },
  BUSY: {
    word: 'Busy',
    reaction: 'poll',
    delaysSeconds: [20],
    needsPerson: false,
    sentence: 'Another cycle is running. Ferry waits for its end and then starts one more.',
  },
  PRECONDITION: {
    word: 'Something is missing first',
    reaction: 'none',
    delaysSeconds: [],
    needsPerson: true,
    sentence:
      'Data, directory or licence stand in the way. A person puts it right; Ferry does not try blindly.',
  },
  AUTH: {
    word: 'Not allowed',
    reaction: 'none',
    delaysSeconds: [],
    needsPerson: true,
    sentence:
      'Rights, password or sign-in rules are in the way. A person puts it right before anything is tried again.',
  },
  FATAL: {
    word: 'Cannot work like this',
    reaction: 'none',
    delaysSeconds: [],
    needsPerson: true,
    sentence:
      'The environment or the script is at fault, so the next one would fail too. Ferry stops and asks.',
  },
  UNKNOWN_OUTCOME: {
    word: 'Outcome unknown',
    reaction: 'probe',
    delaysSeconds: [0, 60, 300, 600],
    needsPerson: false,
    sentence:
      'The change may have happened. Ferry only reads until the state is known, and repeats nothing before.',
  },
  NEEDS_PERSON: {
    word: 'Needs a person',
    reaction: 'none',
    delaysSeconds: [],
    needsPerson: true,
    sentence: 'Nobody has described this error yet. Read the raw record, then say what it is.',
  },
}
