import type { Actor } from '@/domain/people/actor'
import { sfbReturn } from '@/runbooks/sfb-return/definition'
import { batchDetail } from '@/server/queries/batch'
import { batchItems } from '@/server/queries/batch-items'
import { closeDatabase, db } from '@/server/store/client'
import { runbookVersionId } from '@/server/store/runbook-versions'
import { quantile, report, timed } from '../figure'
import { throwAwayDatabase } from '../throw-away-database'

/** P6: what a batch page asks, at 100,000 people and 1,000,000 events, against the same at 100 people. */
const SMALL = { batch: 'bat_small', people: 100, events: 1_000 }
const LARGE = { batch: 'bat_large', people: 100_000, events: 1_000_000 }
const ROUNDS = 40
const lead: Actor = {
  kind: 'person',
  personId: 'per_lead',
  name: 'Megan Bowen',
  roles: ['lead'],
  via: 'screen',
}

async function fill({ batch, people, events }: typeof SMALL, runbook: string): Promise<void> {
  const run = (sql: string) => db().$executeRawUnsafe(sql)
  await run(`INSERT INTO batch (id, name, state, "estateId", "runbookVersionId", "createdById")
    VALUES ('${batch}', '${batch}', 'active', 'west', '${runbook}', 'per_lead')`)
  await run(`INSERT INTO wave (id, "batchId", position, name, state, "startedAt")
    SELECT '${batch}_w' || n, '${batch}', n, 'Wave ' || n, 'running', now() FROM generate_series(0, 9) n`)
  await run(`INSERT INTO item (id, "batchId", "waveId", "estateId", position, identity, "displayName", "sipAddress", upn, state, "stepKey", reason, "errorClass", "errorSignature")
    SELECT '${batch}_' || n, '${batch}', '${batch}_w' || (n * 10 / ${people}), 'west', n, '${batch}' || n || '@contoso.example', 'Person number ' || n,
      'sip:person' || n || '@contoso.example', 'person' || n || '@contoso.example',
      (CASE n % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'waiting' WHEN 2 THEN 'needs_person' ELSE 'done' END)::"ItemState", 'move',
      CASE WHEN n % 20 IN (0, 2) THEN 'The service answered something else.' END, CASE WHEN n % 20 IN (0, 2) THEN 'FATAL' END,
      CASE WHEN n % 20 IN (0, 2) THEN 'hosted-migration-506' END
    FROM generate_series(0, ${people - 1}) n`)
  await run(`INSERT INTO event (chain, seq, type, version, at, "actorKind", "actorName", via, "batchId", "itemId", data, canonical, "previousHash", hash)
    SELECT '${batch}', s, 'attempt.apply_began', 1, now() - make_interval(secs => ${events} - s), 'system', 'ferry', 'system', '${batch}',
      '${batch}_' || (s % ${people}), '{"attemptId":"att","step":"move","scriptHash":"x"}', '{}', md5(s::text), md5((s + 1)::text)
    FROM generate_series(1, ${events}) s`)
  await run(`INSERT INTO chain (id, seq, head) VALUES ('${batch}', ${events}, '')`)
}

const database = await throwAwayDatabase()
process.env.DATABASE_URL = database.url
try {
  await db().estate.create({ data: { id: 'west', name: 'West', kind: 'lab' } })
  const runbook = await runbookVersionId(db(), sfbReturn)
  await db().$executeRawUnsafe('ALTER TABLE event DISABLE TRIGGER event_tell')
  for (const size of [SMALL, LARGE]) await fill(size, runbook)
  for (const table of ['item', 'event', 'wave', 'batch'])
    await db().$executeRawUnsafe(`VACUUM ANALYZE ${table}`)

  const asked: Record<string, (size: typeof SMALL) => Promise<unknown>> = {
    'batch page': size => batchDetail(lead, size.batch),
    'first page of people': size => batchItems(lead, { batchId: size.batch }),
    'a page in the middle': size => batchItems(lead, { batchId: size.batch, after: size.people / 2 }),
    'people who failed': size => batchItems(lead, { batchId: size.batch, states: ['failed'] }),
    'search for a name': size =>
      batchItems(lead, { batchId: size.batch, search: `person ${size.people - 7}` }),
  }
  const ratios: { name: string; ratio: number; large: number; small: number }[] = []
  for (const [name, ask] of Object.entries(asked)) {
    const times = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < ROUNDS + 5; round++) {
      const small = (await timed(() => ask(SMALL))).ms
      const large = (await timed(() => ask(LARGE))).ms
      // The first rounds warm connections and plans of both.
      if (round < 5) continue
      times.small.push(small)
      times.large.push(large)
    }
    const [small, large] = [quantile(times.small, 0.95), quantile(times.large, 0.95)]
    ratios.push({ name, ratio: large / small, large, small })
  }
  const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0]
  const value = worst?.ratio ?? Number.NaN
  report({
    id: 'P6',
    what: `p95 of the batch page, its people and a search at ${LARGE.people} people and ${LARGE.events} events`,
    value,
    goal: '≤ 2, the worst of them',
    met: value <= 2,
    baseline: `the same at ${SMALL.people} people, asked in turn`,
    notes: ratios.map(
      ({ name, ratio, large, small }) =>
        `${name}: ${ratio.toFixed(2)} (${large.toFixed(1)} ms against ${small.toFixed(1)} ms)`,
    ),
  })
} finally {
  await closeDatabase()
  await database.end()
}
