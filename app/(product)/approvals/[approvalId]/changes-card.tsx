import type { ReactNode } from 'react'
import { Card, CardBody, Sheet } from '@/components/surface/card'
import { Moment } from '@/components/time/moment'
import { formatCount, people } from '@/domain/wording/count'
import { shortHash } from '@/domain/wording/short-hash'
import type { ApprovalDecision, EarlierApproval } from '@/server/queries/approval-decision'

/** The plan that waits beside the last one that was approved: people, parameters, scripts, readiness. */
export function ChangesCard({ decision }: { decision: ApprovalDecision }) {
  const { earlier } = decision
  return (
    <Card
      title="What changed since the last approval"
      hint={
        earlier ? (
          <>
            {earlier.asks} {earlier.waveName}
            {earlier.decidedAt && (
              <>
                , <Moment at={earlier.decidedAt} zone={decision.batch.zone} now={decision.now} />
              </>
            )}
          </>
        ) : (
          'the first of this batch'
        )
      }
    >
      <CardBody>
        {earlier ? (
          <Sheet
            facts={[
              { term: 'People', value: peopleChange(earlier) },
              { term: 'Parameters', value: parameterChange(earlier) },
              { term: 'Scripts', value: scriptChange(decision, earlier) },
              ...(earlier.sameWave && earlier.sameSegment
                ? [{ term: 'Readiness', value: valueChange(earlier) }]
                : []),
              {
                term: 'Runbook',
                value: earlier.difference.runbook
                  ? `was ${earlier.difference.runbook.before}, is ${earlier.difference.runbook.after}`
                  : `${decision.runbook.title} ${decision.runbook.version}, no change`,
              },
            ]}
          />
        ) : (
          <p className="muted">
            Nothing of this batch has been approved yet, so everything on this page is new: the people, the
            target and the scripts.
          </p>
        )}
      </CardBody>
    </Card>
  )
}

function peopleChange({ sameWave, difference, waveName }: EarlierApproval): ReactNode {
  if (!sameWave) return `Another wave: none of the people of ${waveName} are in this one`
  const { added, fellOut } = difference
  if (added.length === 0 && fellOut.length === 0) return 'no change'
  return (
    <>
      {added.length > 0 && <ins>{people(added.length)} added</ins>}
      {added.length > 0 && fellOut.length > 0 && ' · '}
      {fellOut.length > 0 && <del>{people(fellOut.length)} no longer in it</del>}
    </>
  )
}

function parameterChange({ difference }: EarlierApproval): ReactNode {
  if (difference.parameters.length === 0) return 'no change'
  return difference.parameters.map(one => (
    <div key={one.name}>
      {one.name} <del className="mono">{one.before ?? 'not set'}</del>{' '}
      <ins className="mono">{one.after ?? 'not set'}</ins>
    </div>
  ))
}

function scriptChange(
  decision: ApprovalDecision,
  { sameSegment, difference, asks }: EarlierApproval,
): ReactNode {
  const names = Object.entries(decision.document.scripts)
  if (!sameSegment)
    return (
      <>
        Other steps than “{asks}”: {formatCount(names.length)} scripts that this approval is the first to
        cover
      </>
    )
  if (difference.scripts.length === 0) return `${formatCount(names.length)} scripts, no change`
  return difference.scripts.map(one => (
    <div key={one.name}>
      <span className="mono">{one.name}</span>{' '}
      {one.before && <del className="mono">{shortHash(one.before)}</del>}{' '}
      {one.after && <ins className="mono">{shortHash(one.after)}</ins>}
    </div>
  ))
}

function valueChange({ difference }: EarlierApproval): ReactNode {
  return difference.changed.length === 0
    ? 'no change'
    : `${people(difference.changed.length)} with other values, verdicts or readiness`
}
