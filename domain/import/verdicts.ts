/** Every row read ends in exactly one of these; their counts add up to the rows read. */
export const rowVerdicts = ['ready', 'flagged', 'refused', 'left_out'] as const
export type RowVerdict = (typeof rowVerdicts)[number]

/**
 * What a finding does to its row. A `note` is shown and changes nothing. A flagged row enters only when a person accepts it
 * by name with a reason. A refused row never enters as it is. A row that is left out holds nobody to move.
 */
export const severities = ['note', 'flagged', 'refused', 'left_out'] as const
export type Severity = (typeof severities)[number]

export type VerdictTotals = { readonly rowsRead: number } & { readonly [verdict in RowVerdict]: number }

/**
 * The verdict that a row's findings add up to. Left out comes first: for a deleted account it does not matter what else is
 * wrong with the row. Then one refusal is enough, then one flag.
 */
export function verdictOf(findings: readonly { readonly severity: Severity }[]): RowVerdict {
  let verdict: RowVerdict = 'ready'
  for (const { severity } of findings) {
    if (severity === 'left_out') return 'left_out'
    if (severity === 'refused') verdict = 'refused'
    if (severity === 'flagged' && verdict === 'ready') verdict = 'flagged'
  }
  return verdict
}
