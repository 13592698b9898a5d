'use client'

import { useState, useSyncExternalStore } from 'react'
import { formatCount, people } from '@/domain/wording/count'
import { ActionForm, SubmitButton } from '../forms/action-form'
import { ConfirmDialog } from '../forms/confirm-dialog'
import { TextArea, TextField } from '../forms/field'
import type { FormAction } from '../forms/form-result'
import { sayAbove } from '../forms/said-above'
import { Card, CardBody, Sheet } from '../surface/card'
import { useCarveOuts } from './carve-outs'
import { whyNotApprove } from './why-not-approve'

const subscribe = () => () => undefined

/**
 * The decision on one approval request: what it covers, what it is bound to, what voids it and when it ends. Approving sends
 * `approval`, `plan_hash`, `note`, `estate_name` and per carved-out person `carve_out` and `carve_out_reason`, in the same
 * order; rejecting sends `approval`, `plan_hash` and `reason`. The server decides again about all of it.
 */
export function DecisionCard({
  title = 'Your decision',
  approvalId,
  planHash,
  total,
  alreadyOut = 0,
  rule,
  voidWhen,
  ends,
  verb = 'Approve',
  liveEstate,
  mayApprove,
  mayReject,
  approve,
  reject,
  next,
}: {
  title?: string
  approvalId: string
  /** The whole hash; shown in groups of four, as much of it as one can compare by eye. */
  planHash: string
  /** People in the request before anybody is carved out here. */
  total: number
  alreadyOut?: number
  rule: string
  voidWhen: string
  ends: string
  verb?: string
  liveEstate?: string | null
  /** Why this person cannot approve, from `mayApprove`; null when they may. */
  mayApprove: string | null
  mayReject: string | null
  approve: FormAction
  reject: FormAction
  /** What happens after a yes: “Nothing starts at once: the wave waits for its window.” */
  next: string
}) {
  const { reasons } = useCarveOuts()
  const [estate, setEstate] = useState('')
  const carved = reasons.size
  const going = total - carved
  const why =
    mayApprove ??
    whyNotApprove({
      going,
      reasons: [...reasons.values()],
      liveEstate: liveEstate ?? null,
      typedEstate: estate,
    })
  const out = carved + alreadyOut
  // The card becomes the record of the decision, so what it did is said above the page. Without script the form needs the server's
  // own action, which the page's HTML then says where to send.
  const scripted = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
  const approveAndSay: FormAction = async (before, data) => {
    const result = await approve(before, data)
    if (result?.ok) sayAbove(result)
    return result
  }
  return (
    <Card title={title} className="decide">
      <CardBody>
        <Sheet
          facts={[
            {
              term: 'Approves',
              value: (
                <span className="total num" aria-live="polite">
                  <b>{formatCount(going)}</b> {going === 1 ? 'person' : 'people'}
                  {out > 0 && `, ${formatCount(out)} carved out`}
                </span>
              ),
            },
            { term: 'Bound to plan', value: <span title={planHash}>{shortHash(planHash)}</span>, mono: true },
            { term: 'Void when', value: voidWhen },
            { term: 'Rule', value: rule },
            { term: 'Ends', value: ends },
          ]}
        />
        <ActionForm action={scripted ? approveAndSay : approve}>
          <input type="hidden" name="approval" value={approvalId} />
          <input type="hidden" name="plan_hash" value={planHash} />
          {[...reasons].map(([item, reason]) => (
            <span key={item} hidden>
              <input type="hidden" name="carve_out" value={item} />
              <input type="hidden" name="carve_out_reason" value={reason} />
            </span>
          ))}
          <TextArea label="Note for the ledger" name="note" />
          {liveEstate && (
            <TextField
              label={
                <>
                  This is a LIVE estate. Type <b className="mono">{liveEstate}</b>
                </>
              }
              name="estate_name"
              autoComplete="off"
              spellCheck={false}
              value={estate}
              onChange={event => setEstate(event.target.value)}
            />
          )}
          <SubmitButton tone="primary" size="large" wide why={why} whyBelow pending="Approving…">
            {verb} {people(going)}
          </SubmitButton>
        </ActionForm>
        <ConfirmDialog
          button="Reject…"
          wide
          tone="danger"
          why={mayReject}
          title="Reject this request?"
          confirm="Reject"
          confirmTone="danger"
          action={reject}
          fields={{ approval: approvalId, plan_hash: planHash }}
          reason="required"
          reasonHint="The one who asked reads it, and it stays in the ledger."
        >
          <p>Nothing runs. The wave goes back to those who prepared it, and can be asked for again.</p>
        </ConfirmDialog>
        <p className="aside">{next}</p>
      </CardBody>
    </Card>
  )
}

/** `a81c5f20be77…` as `a81c·5f20·be77`. */
function shortHash(hash: string): string {
  return (hash.slice(0, 12).match(/.{1,4}/g) ?? []).join('·')
}
