import { Card } from '@/components/surface/card'
import { Ask, AskList } from '@/components/surface/note'
import { formatCount, people } from '@/domain/wording/count'
import { readinessWords } from '@/domain/wording/readiness-words'
import type { ApprovalDecision } from '@/server/queries/approval-decision'

/** What this will mean for people, and what was found when they were read on the estate. */
export function ToKnowCard({ decision }: { decision: ApprovalDecision }) {
  const { readiness, pools, stale, accepted } = decision
  const found = readiness
    .map(one => ({ ...one, words: readinessWords(one.code) }))
    .sort((a, b) => Number(b.words.blocks) - Number(a.words.blocks))
  return (
    <Card title="What you should know">
      <AskList label="What you should know">
        {decision.runbook.toKnow.map(sentence => (
          <Ask key={sentence} look="person" title={sentence} why={null} />
        ))}
        {found.map(({ code, people: count, words }) => (
          <Ask
            key={code}
            look={words.blocks ? 'failed' : 'done'}
            title={
              <>
                <b>{people(count)}</b> {count === 1 ? words.one : words.many}
              </>
            }
            why={
              words.blocks
                ? 'Blocked as read: such people end as “needs a person”, and nothing is changed for them.'
                : null
            }
          />
        ))}
        {accepted > 0 && (
          <Ask
            look="person"
            title={
              <>
                <b>{people(accepted)}</b> came from a flagged row that somebody accepted by name
              </>
            }
            why="The reasons stand in the table below."
          />
        )}
        {stale > 0 && (
          <Ask
            look="unknown"
            title={
              <>
                <b>{people(stale)}</b> {stale === 1 ? 'was' : 'were'} read on the estate too long ago
              </>
            }
            why="Each person’s real state is read again before anything is changed."
          />
        )}
        {pools.length > 1 && (
          <Ask
            look="person"
            title={`They go to ${formatCount(pools.length)} pools`}
            why={pools.map(one => `${one.pool ?? 'no pool'}: ${people(one.people)}`).join(' · ')}
          />
        )}
      </AskList>
    </Card>
  )
}
