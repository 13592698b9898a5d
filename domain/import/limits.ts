/** What an import file may be at most. Beyond it Ferry stops reading, so that a wrong file costs nobody memory. */
export const importLimits = {
  rows: 500_000,
  bytes: 100 * 1024 * 1024,
  /** Characters in one row. A quotation mark that is never closed shows itself here, long before the end. */
  rowCharacters: 1_000_000,
  /** Characters kept of a cell that is only evidence. */
  evidenceCharacters: 4_000,
  /** Microsoft 365 takes 64 characters before the @; a DNS name has 253 at most. */
  localPart: 64,
  domain: 253,
  /** rangeUpper of Active Directory's displayName. */
  displayName: 256,
} as const

export type ImportLimits = { readonly [key in keyof typeof importLimits]: number }
