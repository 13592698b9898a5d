import { countedInWords } from './count'
import { listOf } from './list'
import { paragraph, sentenceCase } from './sentence'

export type OverviewFacts = {
  /** Batches with a wave that is approved, running or syncing. */
  atWork: number
  /** Open batches where nothing is at work: drafts, and those whose waves wait for a decision. */
  idle: number
  /** Batches that will probably miss their cut-off, by name. */
  willMiss: readonly string[]
  /** Waves that wait for an approval which this person may decide. */
  toDecide: number
  /** Waves that wait for an approval by somebody else. */
  othersDecide: number
  /** People who failed or need a person. */
  needPerson: number
  /** People whose outcome is unknown. */
  unknown: number
  /** Everything is held. */
  held: boolean
  /** Any batch was ever made. */
  anyBatch: boolean
}

/**
 * The answer the Overview opens with, in one to three sentences: what is under way, whether it will be in time, and what waits
 * for a person. Never more than matters: what is zero is not said.
 */
export function overviewSentence(facts: OverviewFacts): string {
  if (!facts.anyBatch) return 'Nothing is here yet. It begins with a list of people.'
  return paragraph(
    facts.held && 'Everything is held: nothing new starts.',
    underWay(facts),
    missing(facts.willMiss, facts.atWork),
    waiting(facts),
  )
}

function underWay({ atWork, idle, held }: OverviewFacts): string | null {
  if (atWork > 0)
    return sentenceCase(
      `${countedInWords(atWork, 'batch', 'batches')} under way${held ? ', standing still' : ''}.`,
    )
  if (idle > 0)
    return `Nothing is under way. ${sentenceCase(countedInWords(idle, 'batch is', 'batches are'))} open.`
  return 'Nothing is under way, and nothing is open.'
}

function missing(names: readonly string[], atWork: number): string | null {
  const first = names[0]
  if (first === undefined) return null
  if (names.length === 1)
    return atWork === 1 ? 'It will probably miss its cut-off.' : `${first} will probably miss its cut-off.`
  return `${sentenceCase(countedInWords(names.length, 'batch', 'batches'))} will probably miss their cut-offs.`
}

function waiting({ toDecide, othersDecide, needPerson, unknown }: OverviewFacts): string | null {
  const asks = [
    toDecide > 0 && `${countedInWords(toDecide, 'approval waits', 'approvals wait')} for you`,
    othersDecide > 0 &&
      `${countedInWords(othersDecide, 'approval waits', 'approvals wait')} for somebody else`,
    needPerson > 0 && `${countedInWords(needPerson, 'person needs', 'people need')} somebody to look`,
    unknown > 0 && `${countedInWords(unknown, 'outcome is', 'outcomes are')} being read back`,
  ].filter(ask => ask !== false)
  return asks.length > 0 ? `${sentenceCase(listOf(asks))}.` : null
}
