import type pg from 'pg'

export type Table = { name: string; columns: string[] }

/**
 * What is not kept: who is signed in, tries at the door, links that open it, the outbox, which the sweeper fills again
 * from the rest, numbers and words of people, which follow from the people as they are put back, and what steps took, which
 * is measured again. The list of migrations is in the manifest.
 */
const NOT_KEPT = new Set([
  'session',
  'verification',
  'rate_limit',
  'one_time_link',
  'outbox',
  'item_change',
  'item_count',
  'item_block',
  'item_pace',
  'item_word',
  'step_time',
  '_prisma_migrations',
])

/** Ferry's tables, each after those that it refers to, so that they can be filled in this order. */
export async function tablesInOrder(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
  )
  const { rows: links } = await client.query<{ from: string; to: string }>(
    `SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint k
     JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND f.relnamespace = 'public'::regnamespace AND f.oid <> t.oid`,
  )
  const waiting = tables.filter(({ name }) => !NOT_KEPT.has(name))
  const ordered: Table[] = []
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name))
    const free = waiting.findIndex(
      ({ name }) => !links.some(({ from, to }) => from === name && names.has(to)),
    )
    const [next] = waiting.splice(free, 1)
    if (free < 0 || !next) throw new Error('The tables refer to each other in a circle.')
    ordered.push(next)
  }
  return ordered
}

/** A name as SQL takes it. Names come from the catalogue or from a manifest that was checked. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
