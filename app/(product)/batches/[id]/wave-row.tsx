import { ButtonLink } from '@/components/button/button'
import { Moment } from '@/components/time/moment'
import { totalOf } from '@/domain/lifecycle/item'
import { isWaveOpen } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { windowWords } from '@/domain/windows/window-words'
import { formatCount, people } from '@/domain/wording/count'
import { coarse } from '@/domain/wording/duration'
import { shortHash } from '@/domain/wording/short-hash'
import { reasonBeside } from '@/domain/wording/wave-reason'
import { segmentsOf } from '@/runbooks/segments'
import type { BatchApproval, BatchDetail, BatchWave } from '@/server/queries/batch'
import { WaveActions } from './wave-actions'
import { WaveBadge } from './wave-badge'

/** One wave: what it waits for, in a sentence, and what can be done about it. */
export function WaveRow({
  batch,
  wave,
  actor,
}: {
  batch: BatchDetail
  wave: BatchWave
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const request = wave.approvals.find(one => one.state === 'requested')
  return (
    <li className="grid gap-2 px-4 py-3 text-s">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="text-s font-semibold">{wave.name}</h3>
        <span className="text-muted">
          {people(totalOf(wave.counts))}
          {isWaveOpen(wave.state) && wave.startedAt && `, ${formatCount(wave.facts.people)} still to go`}
        </span>
        <span className="ml-auto">
          <WaveBadge batch={batch} wave={wave} />
        </span>
      </div>
      <p className="text-muted">
        <WaveStory batch={batch} wave={wave} />
      </p>
      {isWaveOpen(wave.state) && (
        <div className="flex flex-wrap items-center gap-2">
          {request && (
            <ButtonLink href={`/approvals/${request.id}`} tone="primary">
              Review the request
            </ButtonLink>
          )}
          <WaveActions batch={batch} wave={wave} actor={actor} />
          {totalOf(wave.counts) > 0 && <DownloadScript wave={wave} />}
        </div>
      )}
    </li>
  )
}

/** The wave's script and CSV, to be run by hand without Ferry. A plain link: nothing may fetch it ahead of a click. */
function DownloadScript({ wave }: { wave: BatchWave }) {
  return (
    <a className="btn" data-tone="quiet" href={`/api/waves/${wave.id}/script`} download>
      Download script<span className="visually-hidden"> of {wave.name}</span>
    </a>
  )
}

const askerOf = (one: BatchApproval) => (one.bySystem ? `Ferry for ${one.askedBy}` : one.askedBy)

/** What was asked, decided and done last, and what keeps the wave from going on. */
function WaveStory({ batch, wave }: { batch: BatchDetail; wave: BatchWave }) {
  const { zone, now } = batch
  const last = wave.approvals[0]
  const asks = segmentsOf(batch.runbook)[wave.segment]?.approval.asks.toLowerCase() ?? 'the next step'
  const gate = !wave.isPilot && !wave.gateOpenedAt && isWaveOpen(wave.state)
  const reason = reasonBeside({
    ...wave,
    held: batch.holds.length > 0,
    lastRequest: last?.state ?? null,
  })
  const moment = (at: Date) => <Moment at={at} zone={zone} now={now} />
  return (
    <>
      {wave.hold && (
        <>
          {wave.hold.heldBy} holds it since {moment(wave.hold.heldAt)}: {wave.hold.reason}.{' '}
        </>
      )}
      {!last && wave.state === 'draft' && `Nobody has asked to ${asks} it yet. `}
      {last?.state === 'requested' && (
        <>
          {askerOf(last)} asked to {asks} {people(last.people)} {moment(last.askedAt)}; it lapses into no in{' '}
          {coarse(last.endsAt.getTime() - now.getTime())}. Plan{' '}
          <span className="mono">{shortHash(last.planHash)}</span>.{' '}
        </>
      )}
      {(last?.state === 'approved' || last?.state === 'spent') && (
        <>
          {last.decidedBy ?? 'Somebody'} approved {people(last.people - last.carvedOut)}
          {last.carvedOut > 0 && `, ${formatCount(last.carvedOut)} carved out,`}
          {last.decidedAt && <> {moment(last.decidedAt)}</>}, asked by {askerOf(last)}. Plan{' '}
          <span className="mono">{shortHash(last.planHash)}</span>.{' '}
        </>
      )}
      {last?.state === 'rejected' && (
        <>
          {last.decidedBy ?? 'Somebody'} rejected the request: {last.reason ?? 'no reason given'}.{' '}
        </>
      )}
      {last?.state === 'withdrawn' && 'The request was withdrawn. '}
      {last?.state === 'lapsed' &&
        'Nobody decided in time, so the request lapsed, which counts as no. It can be asked again. '}
      {last?.state === 'voided' && `Void, because the plan changed: ${last.voidedBecause.join('; ')}. `}
      {gate &&
        'Its gate is closed: it opens when all of the pilot is verified, or when an operator opens it. '}
      {wave.gateReason && wave.gateOpenedAt && (
        <>
          Gate open since {moment(wave.gateOpenedAt)}: {wave.gateReason.replace(/\.$/, '')}.{' '}
        </>
      )}
      {reason && `${reason.replace(/\.$/, '')}. `}
      {wave.window && isWaveOpen(wave.state) && `Starts within ${windowWords(wave.window)}. `}
      {wave.notNow && `${wave.notNow} `}
      {wave.cutOffAt && isWaveOpen(wave.state) && <>Nothing new starts after {moment(wave.cutOffAt)}. </>}
      {wave.endedAt && <>Ended {moment(wave.endedAt)}.</>}
    </>
  )
}
