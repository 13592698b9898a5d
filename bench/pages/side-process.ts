import { once } from 'node:events'
import type pg from 'pg'
import type { Actor } from '@/domain/people/actor'
import { sfbReturn } from '@/runbooks/sfb-return/definition'
import { batchDetail } from '@/server/queries/batch'
import { batchItems } from '@/server/queries/batch-items'
import { breakersNow } from '@/server/queries/breakers'
import { frameData } from '@/server/queries/frame'
import { itemDetail } from '@/server/queries/item'
import { findAnything } from '@/server/queries/palette'
import { closeDatabase, db } from '@/server/store/client'
import { foldPeople } from '@/server/store/counted-people'
import { runbookVersionId } from '@/server/store/runbook-versions'
import { withConnection } from '../copy'
import { timed } from '../figure'
import { throwAwayDatabase } from '../throw-away-database'
import type { Asked, Ready, Size } from './side'

/**
 * One side of P6, a process with a database of its own that holds one batch and nothing else. Its parent says which question to
 * ask, by a message, and is told how long it took.
 */
/** People across in a second until now, as sixteen sessions do it; so many changes are not folded into numbers yet. */
const PACE = 16
const NOT_FOLDED = 200
const TABLES = [
  'item',
  'item_word',
  'item_count',
  'item_block',
  'item_pace',
  'attempt',
  'event',
  'wave',
  'batch',
]
const lead: Actor = {
  kind: 'person',
  personId: 'per_lead',
  name: 'Megan Bowen',
  roles: ['lead'],
  via: 'screen',
}

async function fill(
  client: pg.Client,
  { batch, name, people, events }: Size,
  runbook: string,
): Promise<void> {
  const run = (sql: string) => client.query(sql)
  await run(`INSERT INTO batch (id, name, state, "estateId", "runbookVersionId", "createdById")
    VALUES ('${batch}', '${batch}', 'active', 'west', '${runbook}', 'per_lead')`)
  await run(`INSERT INTO wave (id, "batchId", position, name, state, "startedAt")
    SELECT '${batch}_w' || n, '${batch}', n, 'Wave ' || n, 'running', now() - make_interval(secs => ${people / PACE})
    FROM generate_series(0, 9) n`)
  await run(`INSERT INTO item (id, "batchId", "waveId", "estateId", position, identity, "displayName", "sipAddress", upn, state, "stepKey", reason,
      "errorClass", "errorSignature", "changedAt", open)
    SELECT '${batch}_' || n, '${batch}', '${batch}_w' || (n * 10 / ${people}), 'west', n, '${batch}' || n || '@contoso.example',
      'Person ${name} ' || n, 'sip:person' || n || '@contoso.example', 'person' || n || '@contoso.example',
      (CASE n % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'waiting' WHEN 2 THEN 'needs_person' ELSE 'done' END)::"ItemState", 'move',
      CASE WHEN n % 20 IN (0, 2) THEN 'The service answered something else.' END, CASE WHEN n % 20 IN (0, 2) THEN 'FATAL' END,
      CASE WHEN n % 20 IN (0, 2) THEN 'hosted-migration-' || n % 3 END, now() - make_interval(secs => (${people} - n) / ${PACE}::float8), n % 20 < 3
    FROM generate_series(0, ${people - 1}) n`)
  await run(`INSERT INTO attempt (id, "batchId", "waveId", "itemId", "stepKey", number, state, "fencingToken", "leaseUntil", "errorSignature", "endedAt")
    SELECT 'att_' || id, "batchId", "waveId", id, 'move', 1, CASE WHEN state = 'done' THEN 'done' ELSE 'failed' END::"AttemptState", position, now(),
      "errorSignature", now() FROM item WHERE "batchId" = '${batch}' AND state <> 'waiting'`)
  await run(`INSERT INTO event (chain, seq, type, version, at, "actorKind", "actorName", via, "batchId", "itemId", data, canonical, "previousHash", hash)
    SELECT '${batch}', s, 'attempt.apply_began', 1, now() - make_interval(secs => ${events} - s), 'system', 'ferry', 'system', '${batch}',
      '${batch}_' || (s % ${people}), '{"attemptId":"att","step":"move","scriptHash":"x"}', '{}', md5(s::text), md5((s + 1)::text)
    FROM generate_series(1, ${events}) s`)
  await run(`INSERT INTO chain (id, seq, head) VALUES ('${batch}', ${events}, '')`)
}

/** The batch page whole, with the given part of its people's table: what app/(product)/batches/[id]/page.tsx asks. */
const page = (size: Size, table: object = {}) =>
  Promise.all([
    frameData(lead),
    batchDetail(lead, size.batch),
    batchItems(lead, { batchId: size.batch, ...table }),
    breakersNow(lead, size.batch),
  ])

const asked: Record<string, (size: Size) => Promise<unknown>> = {
  'batch page': size => page(size),
  'batch page, searching for one person': size => page(size, { search: `person${size.people - 7}` }),
  'people, first page': size => batchItems(lead, { batchId: size.batch }),
  'people, a page in the middle': size => batchItems(lead, { batchId: size.batch, after: size.people / 2 }),
  'people, the last page': size => batchItems(lead, { batchId: size.batch, before: size.people }),
  'people of the last wave': size => batchItems(lead, { batchId: size.batch, waveId: `${size.batch}_w9` }),
  'people who failed': size => batchItems(lead, { batchId: size.batch, states: ['failed'] }),
  'people who failed or wait, the last page': size =>
    batchItems(lead, { batchId: size.batch, states: ['failed', 'waiting'], before: size.people }),
  'people of a cluster': size => batchItems(lead, { batchId: size.batch, cluster: 'hosted-migration-1' }),
  'search for one person': size =>
    batchItems(lead, { batchId: size.batch, search: `person${size.people - 7}` }),
  'search for a frequent and a rare word': size =>
    batchItems(lead, { batchId: size.batch, search: `person ${size.people - 7}` }),
  'search for what everybody has': size => batchItems(lead, { batchId: size.batch, search: 'contoso' }),
  'search for what nobody has': size => batchItems(lead, { batchId: size.batch, search: 'fabrikam' }),
  'search for an address, over all batches': size => findAnything(lead, `${size.name} ${size.people - 7}`),
  'the page of one person': size => itemDetail(lead, size.batch, `${size.batch}_${size.people / 2 + 10}`),
}

const size = JSON.parse(process.argv[2] ?? '') as Size
const database = await throwAwayDatabase()
process.env.DATABASE_URL = database.url
try {
  await db().estate.create({ data: { id: 'west', name: 'West', kind: 'lab' } })
  const runbook = await runbookVersionId(db(), sfbReturn)
  await db().$executeRawUnsafe('ALTER TABLE event DISABLE TRIGGER event_tell')
  await withConnection(database.url, client => fill(client, size, runbook))
  // As the coordinator does every second.
  await foldPeople()
  await db().$executeRawUnsafe(`UPDATE item SET state = CASE WHEN state = 'waiting' THEN 'running' ELSE 'waiting' END::"ItemState"
    WHERE position % 20 = 1 AND position < ${NOT_FOLDED * 20}`)
  for (const table of TABLES) await db().$executeRawUnsafe(`VACUUM ANALYZE ${table}`)
  process.on('message', async (name: string) => {
    try {
      tell({ ms: (await timed(() => asked[name]?.(size) ?? Promise.reject(new Error(name)))).ms })
    } catch (error) {
      tell({ failed: String(error) })
    }
  })
  tell({ questions: Object.keys(asked) })
  // Until the parent has what it wants, or is gone.
  await once(process, 'disconnect')
} finally {
  await closeDatabase()
  await database.end()
}

function tell(what: Ready | Asked): void {
  process.send?.(what)
}
