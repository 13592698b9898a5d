import type { Actor } from '@/domain/people/actor'
import { exportAudit } from '@/server/queries/export-audit'
import { closeDatabase } from '@/server/store/client'
import { copyOut, withConnection } from '../copy'
import { peakMemory, report, seconds, timed } from '../figure'
import { throwAwayDatabase } from '../throw-away-database'

/** P5: the export of 1,000,000 ledger rows, against COPY of the same columns of the same rows. */
const ROWS = 1_000_000
const CHAINS = 50
/** An export is read row by row: whatever its length, this process may hold so much more than before it, in megabytes. */
const MORE_MEMORY = 150
const auditor: Actor = { kind: 'person', personId: 'per_a', name: 'Lee Gu', roles: ['auditor'], via: 'cli' }

/** Events as a batch writes them; their hashes are not computed, since an export reads them and does not check them. */
const fill = `
  INSERT INTO event (chain, seq, type, version, at, "actorKind", "actorName", via, "batchId", "itemId", data, canonical, "previousHash", hash)
  SELECT 'bat_' || c, s, 'attempt.apply_began', 1, now() - make_interval(secs => ${ROWS} - s), 'system', 'ferry', 'system', 'bat_' || c, 'itm_' || s,
    jsonb_build_object('attemptId', 'att_' || s, 'step', 'move', 'scriptHash', md5(s::text) || md5(c::text)),
    '{"actor":{"id":null,"kind":"system","name":"ferry","via":"system"},"at":"2026-11-24T00:00:00.000Z","batchId":"bat_' || c ||
      '","chain":"bat_' || c || '","data":{"attemptId":"att_' || s || '","scriptHash":"' || md5(s::text) || md5(c::text) ||
      '","step":"move"},"itemId":"itm_' || s || '","seq":' || s || ',"type":"attempt.apply_began","version":1,"waveId":null}',
    md5(s::text) || md5((s + 1)::text), md5((s + 1)::text) || md5((s + 2)::text)
  FROM generate_series(1, ${CHAINS}) c, generate_series(1, ${ROWS / CHAINS}) s`
const columns =
  'SELECT at, chain, seq, type, "actorName", "actorId", via, "batchId", "itemId", "previousHash", hash, canonical FROM event ORDER BY at, chain, seq'

const database = await throwAwayDatabase()
process.env.DATABASE_URL = database.url
try {
  await withConnection(database.url, async client => {
    await client.query('ALTER TABLE event DISABLE TRIGGER event_tell')
    await client.query(fill)
    await client.query('VACUUM ANALYZE event')
  })
  const copied = await withConnection(database.url, client => timed(() => copyOut(client, columns)))
  const before = Math.round(process.memoryUsage().rss / 1024 ** 2)
  const { megabytes, result } = await peakMemory(() =>
    timed(async () => {
      let bytes = 0
      for await (const piece of exportAudit(auditor, {})) bytes += piece.length
      return bytes
    }),
  )
  const again = await withConnection(database.url, client => timed(() => copyOut(client, columns)))
  const base = (copied.ms + again.ms) / 2
  const more = megabytes - before
  report({
    id: 'P5',
    what: `export of ${ROWS} ledger rows as CSV`,
    value: result.ms / base,
    goal: `≤ 2, memory flat: at most ${MORE_MEMORY} MB more than before`,
    met: result.ms / base <= 2 && more <= MORE_MEMORY,
    baseline: `COPY (query) TO through the same driver: ${seconds(base)}; the export: ${seconds(result.ms)}`,
    notes: [
      `${(result.result / 1e6).toFixed(0)} MB of CSV, COPY ${(copied.result / 1e6).toFixed(0)} MB`,
      `resident memory ${before} MB before, at most ${megabytes} MB: ${more} MB more${more <= MORE_MEMORY ? '' : ', MISSED'}`,
    ],
  })
} finally {
  await closeDatabase()
  await database.end()
}
