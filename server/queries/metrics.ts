import { Counter, Gauge, Registry } from 'prom-client'
import { batchStates } from '@/domain/lifecycle/batch'
import { itemStates } from '@/domain/lifecycle/item'
import { waveStates } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { countedPeople } from '@/server/store/counted-people'
import { pacesNow } from './paces'

type Count = { label: string; count: number }
type Steps = { step: string; state: string; count: number }
type Phases = { step: string; phase: string; count: number; seconds: number; slow: number }
type Seats = { credential: string; estate: string; state: string; count: number }
type Limits = { credential: string; estate: string; seats: number }
type Scalars = {
  outbox: number
  outboxAge: number
  events: number
  holds: number
  harmed: number
  unknown: number
  openBreakers: number
  stoppedLanes: number
  imports: number
}

/** Over which the slowest twentieth of phases is looked for. */
const RECENT = '1 hour'

/**
 * The instance in Prometheus' text form, read from the database at each call: the same whichever process answers, and
 * whole after a restart. Labels are states, steps, phases, estates and credential names, whose numbers are small;
 * never a person. Needs `workers.read`.
 */
export async function metrics(actor: Actor): Promise<{ contentType: string; text: string }> {
  permit(actor, 'workers.read')
  const registry = new Registry()
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const [[batches, waves, items, steps, phases, seats, limits, workers, scalars], paces] = await Promise.all([
    read(),
    pacesNow(actor),
  ])

  fill(gauge('ferry_batches', 'Batches by state', 'state'), batchStates, batches)
  fill(gauge('ferry_waves', 'Waves by state', 'state'), waveStates, waves)
  fill(gauge('ferry_items', 'People in batches by state', 'state'), itemStates, items)

  const attempts = counter('ferry_attempts_total', 'Attempts that ended, by step and state', 'step', 'state')
  for (const { step, state, count } of steps) attempts.inc({ step, state }, count)
  const ran = counter('ferry_phases_total', 'Script runs that ended, by step and phase', 'step', 'phase')
  const took = counter('ferry_phase_seconds_total', 'Time that script runs took', 'step', 'phase')
  const slow = gauge('ferry_phase_p95_seconds', `95 % took no longer, last ${RECENT}`, 'step', 'phase')
  for (const { step, phase, count, seconds, slow: p95 } of phases) {
    ran.inc({ step, phase }, count)
    took.inc({ step, phase }, seconds)
    if (p95 > 0) slow.set({ step, phase }, p95)
  }

  const held = gauge('ferry_sessions', 'PowerShell sessions by state', 'estate', 'credential', 'state')
  for (const { estate, credential, state, count } of seats) held.set({ estate, credential, state }, count)
  const cap = gauge('ferry_sessions_limit', 'Sessions that a credential may hold', 'estate', 'credential')
  for (const { estate, credential, seats: number } of limits) cap.set({ estate, credential }, number)
  fill(gauge('ferry_workers', 'Processes heard of lately, by kind', 'kind'), ['lane', 'coordinator'], workers)

  const allowed = gauge(
    'ferry_sessions_allowed',
    'Sessions that may work at once now: fewer than the limit while a service asks for less',
    'estate',
    'credential',
  )
  for (const { estate, credential, seats: number } of limits) {
    const pace = paces.find(one => one.estate === estate && one.credential === credential)
    allowed.set({ estate, credential }, pace ? pace.allowed : number)
  }
  gauge('ferry_stopped_lanes', 'Lanes that a failure of their credential stopped').set(scalars.stoppedLanes)

  gauge('ferry_outbox_rows', 'Wake-ups not handed to the queue yet').set(scalars.outbox)
  gauge('ferry_outbox_oldest_seconds', 'Age of the oldest of them').set(scalars.outboxAge)
  counter('ferry_ledger_events_total', 'Rows of the ledger, all chains').inc(scalars.events)
  gauge('ferry_holds', 'Holds in force').set(scalars.holds)
  gauge('ferry_harmed_items', 'People whose change began and whose state is not the wanted one').set(
    scalars.harmed,
  )
  gauge('ferry_unknown_items', 'People whose outcome is unknown and being read back').set(scalars.unknown)
  gauge('ferry_open_breakers', 'Breakers that let nothing new begin').set(scalars.openBreakers)
  gauge('ferry_imports_reading', 'Files being read').set(scalars.imports)
  return { contentType: registry.contentType, text: await registry.metrics() }
}

/** Sets every label, also those that count nothing: an absent series is no zero. */
function fill(gauge: Gauge, labels: readonly string[], counts: readonly Count[]): void {
  const found = new Map(counts.map(({ label, count }) => [label, count]))
  for (const label of labels) gauge.labels(label).set(found.get(label) ?? 0)
}

async function read() {
  const database = db()
  return Promise.all([
    database.$queryRaw<
      Count[]
    >`SELECT "state"::text AS "label", count(*)::int AS "count" FROM "batch" GROUP BY 1`,
    database.$queryRaw<
      Count[]
    >`SELECT "state"::text AS "label", count(*)::int AS "count" FROM "wave" GROUP BY 1`,
    database.$queryRaw<
      Count[]
    >`SELECT "state"::text AS "label", sum("people")::int AS "count" FROM ${countedPeople(Prisma.sql`true`)} AS c GROUP BY 1`,
    database.$queryRaw<Steps[]>`
      SELECT "stepKey" AS "step", "state"::text AS "state", count(*)::int AS "count" FROM "attempt"
      WHERE "endedAt" IS NOT NULL GROUP BY 1, 2`,
    database.$queryRaw<Phases[]>`
      SELECT a."stepKey" AS "step", p."phase"::text AS "phase", count(*)::int AS "count",
        coalesce(sum(p."durationMs"), 0)::float8 / 1000 AS "seconds",
        coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY p."durationMs")
          FILTER (WHERE p."startedAt" > clock_timestamp() - interval '1 hour'), 0)::float8 / 1000 AS "slow"
      FROM "attempt_phase" p JOIN "attempt" a ON a."id" = p."attemptId" WHERE p."durationMs" IS NOT NULL GROUP BY 1, 2`,
    database.$queryRaw<Seats[]>`
      SELECT e."name" AS "estate", c."name" AS "credential", s."state"::text AS "state", count(*)::int AS "count"
      FROM "seat" s JOIN "credential" c ON c."id" = s."credentialId" JOIN "estate" e ON e."id" = c."estateId"
      WHERE s."state" <> 'dead' GROUP BY 1, 2, 3`,
    database.$queryRaw<Limits[]>`
      SELECT e."name" AS "estate", c."name" AS "credential", c."maxSessions" AS "seats"
      FROM "credential" c JOIN "estate" e ON e."id" = c."estateId"`,
    database.$queryRaw<Count[]>`
      SELECT "kind" AS "label", count(*)::int AS "count" FROM "worker" WHERE "stoppedAt" IS NULL
        AND "lastSeenAt" > clock_timestamp() - interval '30 seconds' GROUP BY 1`,
    database.$queryRaw<Scalars[]>`
      SELECT (SELECT count(*)::int FROM "outbox") AS "outbox",
        (SELECT coalesce(extract(epoch FROM clock_timestamp() - min("createdAt")), 0)::float8 FROM "outbox") AS "outboxAge",
        (SELECT coalesce(sum("seq"), 0)::float8 FROM "chain") AS "events",
        (SELECT count(*)::int FROM "hold" WHERE "releasedAt" IS NULL) AS "holds",
        (SELECT count(*)::int FROM "item" WHERE "harmed") AS "harmed",
        (SELECT coalesce(sum("people"), 0)::int FROM ${countedPeople(Prisma.sql`"state" = 'unknown'`)} AS c) AS "unknown",
        (SELECT count(*)::int FROM "breaker" WHERE "state" <> 'closed') AS "openBreakers",
        (SELECT count(*)::int FROM "lane" WHERE "stoppedAt" IS NOT NULL) AS "stoppedLanes",
        (SELECT count(*)::int FROM "import_file" WHERE "state" = 'reading') AS "imports"`.then(
      ([one]) =>
        one ?? {
          outbox: 0,
          outboxAge: 0,
          events: 0,
          holds: 0,
          harmed: 0,
          unknown: 0,
          openBreakers: 0,
          stoppedLanes: 0,
          imports: 0,
        },
    ),
  ] as const)
}
