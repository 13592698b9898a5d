import { approvalStates, approvalTransitions, approvalWord } from '@/domain/lifecycle/approval'
import { attemptStates, attemptTransitions, attemptWord, stateAfterLoss } from '@/domain/lifecycle/attempt'
import { batchStates, batchTransitions, batchWord } from '@/domain/lifecycle/batch'
import {
  isItemSettled,
  itemStates,
  itemTransitions,
  itemWord,
  mayReadBackItem,
  mayResolveItem,
  mayRetryItem,
  maySkipItem,
} from '@/domain/lifecycle/item'
import type { TransitionTable } from '@/domain/lifecycle/transitions'
import { isWaveAtWork, isWaveOpen, waveStates, waveTransitions, waveWord } from '@/domain/lifecycle/wave'
import { sentenceCase } from '@/domain/wording/sentence'

type Lifecycle<S extends string> = {
  title: string
  about: string
  states: readonly S[]
  table: TransitionTable<S>
  word: (state: S) => string
  /** Further columns: a heading, and what stands in it for a state. */
  more?: readonly (readonly [string, (state: S) => string])[]
}

const yesNo = (yes: boolean): string => (yes ? 'yes' : '')

/** docs/lifecycles.md: every state, its words, and where it may go, read from the code. */
export function lifecyclePage(): string {
  return [
    '# Lifecycles',
    '',
    'Made from `domain/lifecycle` by `npx tsx scripts/lifecycles.ts`; a test fails where it is not what the code says. Each change of',
    'state is a compare-and-set in one transaction with its event. Random histories over the real commands look at every change',
    'against these tables (`tests/server/engine/histories.database.test.ts`).',
    '',
    section({
      title: 'Batch',
      about: 'A retry takes a batch that is done up again.',
      states: batchStates,
      table: batchTransitions,
      word: state => sentenceCase(batchWord(state)),
    }),
    section({
      title: 'Wave',
      about:
        'Each segment of the runbook is asked for, approved and run. What is at work cannot be cancelled: it is held first.',
      states: waveStates,
      table: waveTransitions,
      word: waveWord,
      more: [
        ['open', state => yesNo(isWaveOpen(state))],
        ['at work', state => yesNo(isWaveAtWork(state))],
      ],
    }),
    section({
      title: 'Item',
      about:
        'One person in a batch. Out of unknown leads a reading, or after three that failed a person’s word; never into done by hand. A carve-out, a skip and a cancellation all end as left out, with their kind and reason beside it.',
      states: itemStates,
      table: itemTransitions,
      word: itemWord,
      more: [
        ['goes on by itself', state => yesNo(!isItemSettled(state) && state !== 'not_started')],
        ['may be retried', state => yesNo(mayRetryItem({ state }).ok)],
        ['may be skipped', state => yesNo(maySkipItem({ state, readbacksFailed: 3 }).ok)],
        ['may be read back at once', state => yesNo(mayReadBackItem({ state }).ok)],
        ['a person may decide', state => yesNo(mayResolveItem({ state, readbacksFailed: 3 }).ok)],
      ],
    }),
    section({
      title: 'Attempt',
      about: 'One execution of a step. The state is written before the thing it names begins.',
      states: attemptStates,
      table: attemptTransitions,
      word: attemptWord,
      more: [
        [
          'found after a loss',
          state => (attemptTransitions[state].length > 0 ? attemptWord(stateAfterLoss(state)) : ''),
        ],
      ],
    }),
    section({
      title: 'Approval',
      about: 'A request for one segment of one wave, bound to a plan hash. Left alone it lapses into no.',
      states: approvalStates,
      table: approvalTransitions,
      word: approvalWord,
    }),
  ].join('\n')
}

function section<S extends string>(lifecycle: Lifecycle<S>): string {
  const { states, table, word, more = [] } = lifecycle
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const headings = ['state', 'in words', 'may go to', ...more.map(([heading]) => heading)]
  return [
    `## ${lifecycle.title}`,
    '',
    lifecycle.about,
    '',
    row(headings),
    row(headings.map(() => '---')),
    ...states.map(state =>
      row([
        `\`${state}\``,
        word(state),
        table[state].map(to => `\`${to}\``).join(', ') || 'nowhere',
        ...more.map(([, cell]) => cell(state)),
      ]),
    ),
    '',
  ].join('\n')
}
