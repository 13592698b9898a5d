import { delayedMs } from '@/domain/pacing/budget'
import type { Phase } from '@/domain/plan/phase'
import type { Prisma } from '@/generated/prisma/client'
import { db } from '@/server/store/client'
import { slowDown } from '@/server/store/pace'

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
 * is the database's time, its begin that minus the measured duration. `patiently` tries each of the two queries again
 * while the database is away; a write whose answer was lost is then found and not written twice.
 */
export async function recordPhase(
  record: PhaseRecord,
  patiently: <T>(query: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const { now, position } = await patiently(() => endOf(record.attemptId))
  await patiently(() =>
    db().attemptPhase.createMany({
      skipDuplicates: true,
      data: [
        {
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
          startedAt: new Date(now.getTime() - (record.durationMs ?? 0)),
          endedAt: now,
          durationMs: record.durationMs === null ? null : Math.round(record.durationMs),
        },
      ],
    }),
  )
  const delayed = delayedMs(record.warnings)
  if (delayed > 0)
    await patiently(() =>
      db().$transaction(tx =>
        slowDown(
          tx,
          record.attemptId,
          { kind: 'delayed', milliseconds: delayed },
          `The service delayed a call by ${(delayed / 1000).toFixed(1)} s.`,
        ),
      ),
    )
}

/** The database's time, and the number of the attempt's next run: only its lease's holder writes them. */
async function endOf(attemptId: string): Promise<{ now: Date; position: number }> {
  const rows = await db().$queryRaw<{ now: Date; position: number }[]>`
    SELECT clock_timestamp() AS "now", count(*)::int AS "position" FROM "attempt_phase" WHERE "attemptId" = ${attemptId}`
  const [end] = rows
  if (!end) throw new Error('The database did not say what time it is.')
  return end
}
