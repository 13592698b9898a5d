/**
 * What node-powershell 5.0.1, and the shells behind it, can do to a program that trusts them, and the test that shows that
 * it cannot reach Ferry. `docs/powershell.md` explains each under the same id.
 */
export type Hazard = {
  readonly id: string
  readonly what: string
  /** A test file in this project, and the name of the test in it. */
  readonly shownBy: readonly { readonly file: string; readonly test: string }[]
}

const session = 'tests/powershell/session.test.ts'
const hazards = 'tests/powershell/hazards.test.ts'
const pool = 'tests/powershell/pool.test.ts'
const recycling = 'tests/powershell/recycling.test.ts'
const travel = 'tests/domain/script/travel.test.ts'
const table = 'tests/powershell/hazard-table.test.ts'

export const hazardTable: readonly Hazard[] = [
  {
    id: 'template',
    what: 'Its tagged template turns values into code',
    shownBy: [
      { file: session, test: 'carries %j there and back exactly' },
      { file: table, test: 'uses no tagged template and no process per call anywhere' },
    ],
  },
  {
    id: 'timeout-runs-on',
    what: 'A timeout leaves the command running',
    shownBy: [
      { file: hazards, test: 'is a timeout when it hangs, and the shell is dead and never used again' },
    ],
  },
  {
    id: 'queued-runs-later',
    what: 'Commands queued behind a timeout are reported failed and run all the same',
    shownBy: [
      { file: hazards, test: 'refuses a second call while one runs' },
      { file: recycling, test: 'after a call that ended in %s, whatever is asked of it' },
    ],
  },
  {
    id: 'swallowed-markers',
    what: 'An unbalanced quote or an open block swallows the markers of this and all later calls',
    shownBy: [
      { file: session, test: 'survives a script that does not parse' },
      { file: travel, test: 'is one line of ASCII with no value in it as code' },
    ],
  },
  {
    id: 'leaks',
    what: 'Listeners and the history of every command stay for ever',
    shownBy: [
      { file: hazards, test: 'remembers no command and leaves no listener behind, call after call' },
      { file: session, test: 'does not remember values from one call to the next' },
    ],
  },
  {
    id: 'large-output',
    what: 'Output without an end fills the memory',
    shownBy: [
      { file: hazards, test: 'is cut off at the output cap' },
      { file: hazards, test: 'reads an answer behind 10 MB of output where the cap allows it' },
    ],
  },
  {
    id: 'encodings',
    what: 'Code pages garble what is not ASCII',
    shownBy: [
      { file: session, test: 'carries %j there and back exactly' },
      { file: session, test: 'says what it is' },
    ],
  },
  {
    id: 'old-errors',
    what: 'Errors of before, and whatever is on standard error, count as errors of this call',
    shownBy: [
      { file: session, test: 'shows errors of one call in that call alone' },
      { file: hazards, test: 'answers through noise on both streams, many times, in one process' },
    ],
  },
  {
    id: 'late-events',
    what: 'What an event writes later is taken for the next answer',
    shownBy: [{ file: hazards, test: 'is not confused by output that an event writes into the next call' }],
  },
  {
    id: 'events',
    what: 'Asynchronous events let a call hang',
    shownBy: [
      { file: hazards, test: 'does not hang while events write all the time, within calls and between them' },
      { file: session, test: 'answers while the events of its own script go on' },
    ],
  },
  {
    id: 'missing-executable',
    what: 'A missing executable ends Node',
    shownBy: [{ file: hazards, test: 'says so when the executable is missing' }],
  },
  {
    id: 'early-death',
    what: 'A death before the first call ends Node',
    shownBy: [{ file: hazards, test: 'says so when it dies at once' }],
  },
  {
    id: 'silent-death',
    what: 'A death between two calls is silent until the next one fails',
    shownBy: [
      { file: pool, test: 'notices the death of an idle shell by itself' },
      { file: recycling, test: 'is asked whether it still answers, and replaced when it does not' },
    ],
  },
  {
    id: 'write-after-end',
    what: 'A call after the end is an unhandled error',
    shownBy: [{ file: hazards, test: 'answers a call made after its end with a loss, and writes nothing' }],
  },
  {
    id: 'incomplete-dispose',
    what: 'Disposing ends in the middle of a command, or does not end the process',
    shownBy: [
      { file: hazards, test: 'ends politely on dispose' },
      { file: pool, test: 'drains: leases nothing more, gives running calls their time, then kills' },
    ],
  },
  {
    id: 'another-executable',
    what: 'NODE_POWERSHELL and a name such as pwsh-preview start another program',
    shownBy: [
      { file: hazards, test: 'ignores NODE_POWERSHELL, which would start something else' },
      { file: hazards, test: 'starts exactly the program it is given, whatever that is called' },
    ],
  },
  {
    id: 'constrained-language',
    what: 'Under constrained language its markers are refused, and it waits for ever',
    shownBy: [
      {
        file: hazards,
        test: 'is refused under constrained language, before node-powershell waits for its marker',
      },
    ],
  },
  {
    id: 'children',
    what: 'A kill ends one process and leaves what it started',
    shownBy: [
      { file: hazards, test: 'takes what the shell started down with it, also out of its process group' },
      {
        file: hazards,
        test: 'leads its own process group, so that Ctrl-C at Ferry does not reach it',
      },
    ],
  },
  {
    id: 'prompt',
    what: 'A lost implicit session asks for a password that nobody types',
    shownBy: [{ file: hazards, test: 'is given up before an implicit remoting prompt can hang it' }],
  },
  {
    id: 'growth',
    what: 'Modules that sign in again and again take ever more memory',
    shownBy: [{ file: recycling, test: 'when it and what it started hold too much memory, and not before' }],
  },
]
