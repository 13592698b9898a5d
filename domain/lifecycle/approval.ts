import { type May, no, type TransitionTable, yes } from './transitions'

/**
 * A request for one segment of one wave, bound to a plan hash. Left alone it lapses into no. An approved one is
 * spent when its segment starts, and void when the plan it was bound to is no longer the plan.
 */
export const approvalStates = [
  'requested',
  'approved',
  'rejected',
  'withdrawn',
  'lapsed',
  'voided',
  'spent',
] as const
export type ApprovalState = (typeof approvalStates)[number]

export const approvalTransitions: TransitionTable<ApprovalState> = {
  requested: ['approved', 'rejected', 'withdrawn', 'lapsed', 'voided'],
  approved: ['spent', 'voided', 'lapsed'],
  rejected: [],
  withdrawn: [],
  lapsed: [],
  voided: [],
  spent: [],
}

export type ApprovalFacts = {
  state: ApprovalState
  /** Everybody who imported, edited or requested since the wave's last approval (rule 7). */
  involved: readonly string[]
  planHash: string
  endsAt: Date
}

/** Rule 7: whoever imported, edited or requested since the last approval is not its approver. */
export function mayApprove(
  approval: ApprovalFacts,
  who: { personId: string; planHash: string; now: Date },
): May {
  if (approval.state !== 'requested')
    return no(`This request is ${approvalWord(approval.state).toLowerCase()}.`)
  if (who.now >= approval.endsAt)
    return no('This request has lapsed, which counts as no. It can be asked again.')
  if (approval.involved.includes(who.personId))
    return no('You imported, edited or asked for this wave, so somebody else decides.')
  if (approval.planHash !== who.planHash)
    return no('The plan has changed since you opened it. Look at what changed, then decide again.')
  return yes
}

export function mayReject(approval: { state: ApprovalState }, reason: string): May {
  if (approval.state !== 'requested')
    return no(`This request is ${approvalWord(approval.state).toLowerCase()}.`)
  if (reason.trim() === '')
    return no('A rejection needs a reason, so that the one who asked knows what to change.')
  return yes
}

export function approvalWord(state: ApprovalState): string {
  switch (state) {
    case 'requested':
      return 'Waiting for a decision'
    case 'approved':
      return 'Approved'
    case 'rejected':
      return 'Rejected'
    case 'withdrawn':
      return 'Withdrawn'
    case 'lapsed':
      return 'Lapsed, counts as no'
    case 'voided':
      return 'Void, the plan changed'
    case 'spent':
      return 'Approved and started'
    default:
      return state satisfies never
  }
}
