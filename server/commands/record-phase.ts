import type { Phase } from '@/domain/plan/phase'
import type { Prisma } from '@/generated/prisma/client'
import { db } from '@/server/store/client'

export type PhaseRecord = {
  attemptId: string
  phase: Phase
  scriptHash: string
  values: Readonly<Record<string, string>>
  result: {
    state: string
    reason: string
    facts: Readonly<Record<string, string | number | boolean | null>>
  } | null
  output: readonly string[]
  errors: readonly unknown[]
  warnings: readonly string[]
  verbose: readonly string[]
  information: readonly string[]
  /** Why the shell gave no answer, where it gave none. */
  loss: string | null
  durationMs: number | null
}

const asJson = (value: unknown): Prisma.InputJsonValue =>
  JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue

/**
 * Keeps one script run of an attempt with its streams apart: evidence, written also where the outcome is a loss. Its end
 * is the database's time, its begin that minus the measured duration.
 */
export async function recordPhase(record: PhaseRecord): Promise<void> {
  const clock = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`
  const endedAt = clock[0]?.now ?? new Date(0)
  const position = await db().attemptPhase.count({ where: { attemptId: record.attemptId } })
  await db().attemptPhase.create({
    data: {
      attemptId: record.attemptId,
      phase: record.phase,
      position,
      scriptHash: record.scriptHash,
      values: asJson(record.values),
      ...(record.result ? { result: asJson(record.result) } : {}),
      output: asJson(record.output),
      errors: asJson(record.errors),
      warnings: asJson(record.warnings),
      verbose: asJson(record.verbose),
      information: asJson(record.information),
      loss: record.loss,
      startedAt: new Date(endedAt.getTime() - (record.durationMs ?? 0)),
      endedAt,
      durationMs: record.durationMs === null ? null : Math.round(record.durationMs),
    },
  })
}
