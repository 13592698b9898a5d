import { type AuditCursor, type AuditFilter, eventTypes } from '@/server/queries/audit-events'

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const one = (query: Query, key: string): string | undefined => {
  const value = query[key]
  return (typeof value === 'string' ? value : value?.[0])?.trim() || undefined
}

const day = (query: Query, key: string): string | undefined => {
  const text = one(query, key)
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const at = Date.parse(`${text}T00:00:00Z`)
  // 31 February would quietly become a day in March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined
}

/**
 * The ledger's filter as it stands in an address: `person`, `batch`, `type`, `text`, `from`, `to`. The page and the export
 * read the same, so that what is exported is what is on screen. A type or a day that does not exist is ignored.
 */
export function readAuditFilter(query: Query): AuditFilter {
  const person = one(query, 'person')
  const batch = one(query, 'batch')
  const type = eventTypes.find(known => known === one(query, 'type'))
  const text = one(query, 'text')
  const from = day(query, 'from')
  const to = day(query, 'to')
  return {
    ...(person ? { person } : {}),
    ...(batch ? { batch } : {}),
    ...(type ? { type } : {}),
    ...(text ? { text } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
}

/** A place in the ledger as it stands in an address. */
export const writeCursor = ({ at, chain, seq }: AuditCursor): string => `${at.getTime()}.${seq}.${chain}`

function readCursor(text: string | undefined): AuditCursor | undefined {
  const found = /^(\d{1,15})\.(\d{1,15})\.([\w-]{1,60})$/.exec(text ?? '')
  if (!found?.[1] || !found[2] || !found[3]) return undefined
  const at = new Date(Number(found[1]))
  return Number.isNaN(at.getTime()) ? undefined : { at, seq: Number(found[2]), chain: found[3] }
}

export function readAuditPage(query: Query): { after?: AuditCursor; before?: AuditCursor } {
  const after = readCursor(one(query, 'after'))
  const before = readCursor(one(query, 'before'))
  return after ? { after } : before ? { before } : {}
}
