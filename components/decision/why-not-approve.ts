/** Why “Approve” cannot be pressed with what stands on the card now; null when it can. */
export function whyNotApprove({
  going,
  reasons,
  liveEstate,
  typedEstate,
}: {
  /** People left after the carve-outs. */
  going: number
  /** The reasons of those carved out, as typed so far. */
  reasons: readonly string[]
  liveEstate: string | null
  typedEstate: string
}): string | null {
  if (going <= 0) return 'Everybody is carved out. Reject the request instead, with a reason.'
  const without = reasons.filter(reason => reason.trim() === '').length
  if (without > 0)
    return without === 1
      ? 'One person is carved out without a reason.'
      : `${without} people are carved out without a reason.`
  if (liveEstate !== null && typedEstate.trim() !== liveEstate)
    return `Type the estate’s name, ${liveEstate}, first. This changes a LIVE estate.`
  return null
}
