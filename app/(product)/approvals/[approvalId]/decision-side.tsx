import { DecisionCard } from '@/components/decision/decision-card'
import { ApprovalStateBadge } from '@/components/state/state'
import { Card, CardBody, Sheet } from '@/components/surface/card'
import { Moment } from '@/components/time/moment'
import { mayApprove, mayReject } from '@/domain/lifecycle/approval'
import { no, yes } from '@/domain/lifecycle/transitions'
import type { Actor } from '@/domain/people/actor'
import { people } from '@/domain/wording/count'
import { listOf } from '@/domain/wording/list'
import { fullMoment, momentWords } from '@/domain/wording/moment'
import { shortHash } from '@/domain/wording/short-hash'
import type { ApprovalDecision } from '@/server/queries/approval-decision'
import { whyNot } from '../../why-not'
import { approve, reject } from '../actions'

type Person = Extract<Actor, { kind: 'person' }>

/** The decision while it waits; afterwards what was decided, by whom and why. */
export function DecisionSide({ actor, decision }: { actor: Person; decision: ApprovalDecision }) {
  if (decision.state !== 'requested') return <Decided decision={decision} />
  const { now, batch, wave, estate, planHash } = decision
  const facts = { ...decision, involved: decision.involvedIds }
  const stands =
    decision.voidBecause.length === 0
      ? yes
      : no(
          'The plan has changed since it was asked for, so it cannot be approved. Ask again for the plan of now.',
        )
  const mine = !decision.involvedIds.includes(actor.personId)
  return (
    <DecisionCard
      approvalId={decision.id}
      planHash={planHash}
      total={decision.going}
      rule={`one operator, not ${listOf(decision.involved)}`}
      voidWhen="people are added, or values, target, scripts or readiness change"
      ends={`${momentWords(decision.endsAt, batch.zone, now)}, then it counts as no`}
      liveEstate={estate.kind === 'live' ? estate.name : null}
      mayApprove={whyNot(
        actor,
        'approvals.decide',
        mayApprove(facts, { personId: actor.personId, planHash, now }),
        stands,
      )}
      mayReject={whyNot(
        actor,
        'approvals.decide',
        mayReject(decision, 'a reason follows'),
        mine
          ? yes
          : no('You imported, edited or asked for this wave, so somebody else decides. You can withdraw it.'),
      )}
      approve={approve}
      reject={reject}
      next={
        wave.isPilot || wave.gateOpen
          ? 'The wave starts as soon as its window and a free session allow.'
          : 'Nothing starts at once: the wave waits until the pilot is verified or an operator opens its gate.'
      }
    />
  )
}

function Decided({ decision }: { decision: ApprovalDecision }) {
  const { batch, now } = decision
  return (
    <Card title="The decision" className="decide">
      <CardBody>
        <Sheet
          facts={[
            { term: 'Outcome', value: <ApprovalStateBadge state={decision.state} /> },
            {
              term: 'Decided',
              value: decision.decidedAt ? (
                <>
                  <Moment at={decision.decidedAt} zone={batch.zone} now={now} />
                  {decision.decidedBy && ` by ${decision.decidedBy}`}
                </>
              ) : (
                'by nobody'
              ),
            },
            ...(decision.reason ? [{ term: 'Note', value: decision.reason }] : []),
            ...(decision.voidedBecause.length > 0
              ? [{ term: 'Void because', value: decision.voidedBecause.join('; ') }]
              : []),
            {
              term: 'Asked for',
              value: `${people(decision.asked)}${decision.carvedOut > 0 ? `, ${decision.carvedOut} carved out` : ''}`,
            },
            {
              term: 'Bound to plan',
              value: <span title={decision.planHash}>{shortHash(decision.planHash)}</span>,
              mono: true,
            },
            { term: 'Open until', value: fullMoment(decision.endsAt, batch.zone) },
          ]}
        />
      </CardBody>
    </Card>
  )
}
