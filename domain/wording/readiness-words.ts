/** What a readiness code means for the people who have it, and whether it stands in their way. */
export type ReadinessWords = {
  /** For a chip or a cell: “Born online”. */
  short: string
  /** Goes on after “12 people”: “are known to the cloud only”. One person: “is known to the cloud only”. */
  one: string
  many: string
  blocks: boolean
}

const known: Readonly<Record<string, ReadinessWords>> = {
  'born-online': words(
    'Born online',
    'was born online: enabling makes the on-premises account',
    'were',
    false,
  ),
  represented: words(
    'Known on-premises',
    'is known on-premises and homed online, as it should be',
    'are',
    false,
  ),
  'already-on-premises': words(
    'On-premises already',
    'is on-premises already and is not moved again',
    'are',
    false,
  ),
  'special-character': words(
    'Special character',
    'has an apostrophe or an ampersand in the SIP address, which some clients mishandle',
    'have',
    false,
  ),
  'not-found': words('Not in Active Directory', 'has no account in Active Directory', 'have', true),
  ambiguous: words('Ambiguous', 'shares an identity with another account', 'share', true),
  disabled: words('Disabled', 'is disabled for Skype for Business', 'are', true),
  'not-online': words('Not online', 'has no account in the cloud', 'have', true),
  'sip-mismatch': words('SIP differs', 'has another SIP address than the plan says', 'have', true),
  'not-in-sync': words('Not in sync', 'does not come from the directory synchronisation', 'do', true),
  'validation-errors': words(
    'Validation errors',
    'has errors in the attributes that the cloud reports',
    'have',
    true,
  ),
  'other-pool': words('Other pool', 'is homed on another pool than the plan says', 'are', true),
  'other-provider': words('Other provider', 'has another hosting provider than expected', 'have', true),
}

/** The words for a code; one that is not known yet keeps its own name and is taken as something to look at. */
export function readinessWords(code: string): ReadinessWords {
  return (
    known[code] ?? { short: code, one: `has the note ${code}`, many: `have the note ${code}`, blocks: true }
  )
}

function words(short: string, one: string, verb: string, blocks: boolean): ReadinessWords {
  return { short, one, many: one.replace(/^\S+/, verb), blocks }
}
