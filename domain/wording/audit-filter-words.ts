type Filter = { person?: string; batch?: string; type?: string; text?: string; from?: string; to?: string }

/** A filter of the ledger in words, as an export states it. */
export function auditFilterWords(filter: Filter): string {
  const parts = [
    filter.person && `person “${filter.person}”`,
    filter.batch && `batch “${filter.batch}”`,
    filter.type && `type ${filter.type}`,
    filter.text && `text “${filter.text}”`,
    filter.from && `from ${filter.from}`,
    filter.to && `to ${filter.to}`,
  ].filter(Boolean)
  return parts.length === 0 ? 'none, the whole ledger' : `${parts.join(', ')} (days in UTC)`
}
