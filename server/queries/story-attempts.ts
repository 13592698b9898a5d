import { droppedWords } from '@/domain/export/dropped-records'
import type { Description } from '@/domain/failures/signature'
import type { AttemptKind, AttemptState } from '@/domain/lifecycle/attempt'
import type { Phase } from '@/domain/plan/phase'
import type { Prisma } from '@/generated/prisma/client'
import type { Database } from '@/server/store/client'
import { descriptionsOf } from '@/server/store/failure-signatures'

/** One run of one script: its text, what it was given, and what came back, streams kept apart. */
export type StoryPhase = {
  phase: Phase
  scriptName: string
  scriptText: string
  scriptHash: string
  values: Record<string, string>
  result: { state: string; reason: string; facts: Record<string, unknown> } | null
  streams: {
    output: unknown[]
    errors: unknown[]
    warnings: unknown[]
    verbose: unknown[]
    information: unknown[]
  }
  /** What the record did not hold any more, in words; empty where it is whole. */
  dropped: string
  loss: string | null
  startedAt: Date
  endedAt: Date | null
  durationMs: number | null
}

export type StoryAttempt = {
  id: string
  stepKey: string
  kind: AttemptKind
  number: number
  state: AttemptState
  worker: string | null
  seat: number | null
  readsBack: boolean
  reason: string | null
  errorClass: string | null
  errorSignature: string | null
  described: Description | null
  applyBeganAt: Date | null
  startedAt: Date
  endedAt: Date | null
  phases: StoryPhase[]
}

type Attempt = Prisma.AttemptGetPayload<{ include: { phases: true } }>

/** A person's attempts with all that their scripts were given and wrote, under the names of scripts, workers and seats. */
export async function storyAttempts(
  database: Database,
  attempts: readonly Attempt[],
): Promise<StoryAttempt[]> {
  const hashes = attempts.flatMap(attempt => attempt.phases.map(phase => phase.scriptHash))
  const [machines, scripts, descriptions] = await Promise.all([
    machinesOf(database, attempts),
    scriptTexts(database, hashes),
    descriptionsOf(
      database,
      attempts.map(one => one.errorSignature),
    ),
  ])
  return attempts.map(attempt => ({
    id: attempt.id,
    stepKey: attempt.stepKey,
    kind: attempt.kind,
    number: attempt.number,
    state: attempt.state,
    worker: attempt.workerId && (machines.workers.get(attempt.workerId) ?? attempt.workerId),
    seat: (attempt.seatId && machines.seats.get(attempt.seatId)) || null,
    readsBack: attempt.readsBackId !== null,
    reason: attempt.reason,
    errorClass: attempt.errorClass,
    errorSignature: attempt.errorSignature,
    described: (attempt.errorSignature && descriptions.get(attempt.errorSignature)) || null,
    applyBeganAt: attempt.applyBeganAt,
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
    phases: attempt.phases.map(phase => ({
      phase: phase.phase,
      scriptName: scripts.get(phase.scriptHash)?.name ?? `${attempt.stepKey}.${phase.phase}`,
      scriptText: scripts.get(phase.scriptHash)?.text ?? '',
      scriptHash: phase.scriptHash,
      values: Object.fromEntries(Object.entries(record(phase.values)).map(([k, v]) => [k, String(v)])),
      result: readResult(phase.result),
      streams: {
        output: list(phase.output),
        errors: list(phase.errors),
        warnings: list(phase.warnings),
        verbose: list(phase.verbose),
        information: list(phase.information),
      },
      dropped: droppedWords(phase.dropped),
      loss: phase.loss,
      startedAt: phase.startedAt,
      endedAt: phase.endedAt,
      durationMs: phase.durationMs,
    })),
  }))
}

async function machinesOf(
  database: Database,
  attempts: readonly { workerId: string | null; seatId: string | null }[],
) {
  const ids = (pick: (one: (typeof attempts)[number]) => string | null) =>
    attempts.map(pick).filter((id): id is string => id !== null)
  const [workers, seats] = await Promise.all([
    database.worker.findMany({
      where: { id: { in: ids(one => one.workerId) } },
      select: { id: true, name: true },
    }),
    database.seat.findMany({
      where: { id: { in: ids(one => one.seatId) } },
      select: { id: true, number: true },
    }),
  ])
  return {
    workers: new Map(workers.map(worker => [worker.id, worker.name])),
    seats: new Map(seats.map(seat => [seat.id, seat.number])),
  }
}

async function scriptTexts(database: Database, hashes: readonly string[]) {
  const scripts = await database.script.findMany({ where: { hash: { in: [...new Set(hashes)] } } })
  return new Map(scripts.map(script => [script.hash, script]))
}

export function record(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function readResult(value: unknown): StoryPhase['result'] {
  const found = record(value)
  if (typeof found.state !== 'string') return null
  return { state: found.state, reason: String(found.reason ?? ''), facts: record(found.facts) }
}
