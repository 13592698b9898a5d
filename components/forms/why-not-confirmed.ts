/** Why a dangerous thing cannot be confirmed yet, as the sentence beside its button; null when it can. */
export function whyNotConfirmed({
  reasonNeeded,
  reason,
  liveEstate,
  estate,
}: {
  reasonNeeded: boolean
  reason: string
  /** The name that has to be typed; null where nothing is LIVE. */
  liveEstate: string | null
  estate: string
}): string | null {
  if (reasonNeeded && reason.trim() === '') return 'Write a reason first. It goes into the ledger.'
  if (liveEstate !== null && estate.trim() !== liveEstate)
    return `Type the estate’s name, ${liveEstate}, first. This changes a LIVE estate.`
  return null
}
