import { type DroppedRecords, droppedAny } from '@/domain/export/dropped-records'
import { delayedMs } from '@/domain/pacing/budget'
import type { Phase } from '@/domain/plan/phase'
import { directFollowed, directly } from '@/server/store/direct'
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
  /** How many records of each stream the answer did not hold any more. */
  dropped?: DroppedRecords | null
  /** Why the shell gave no answer, where it gave none. */
  loss: string | null
  durationMs: number | null
}

/**
 * Keeps one script run of an attempt with its streams apart: evidence, written also where the outcome is a loss, and on disk
 * at the latest with what the attempt's next state or end writes. Its end
 * is the database's time, its begin that minus the measured duration. `patiently` tries each query again while the
 * database is away. `position` counts the attempt's runs from 0: with it, a write whose answer was lost is not written
 * twice; without it, the run comes after those that are stored.
 */
export async function recordPhase(
  record: PhaseRecord,
  patiently: <T>(query: () => Promise<T>) => Promise<T>,
  position: number | null = null,
): Promise<void> {
  const place = position ?? (await patiently(() => nextPosition(record.attemptId)))
  const text = JSON.stringify
  await patiently(
    () => directFollowed().$executeRaw`
      INSERT INTO "attempt_phase" ("attemptId", "phase", "position", "scriptHash", "values", "result", "output", "errors", "warnings",
        "verbose", "information", "dropped", "loss", "startedAt", "endedAt", "durationMs")
      SELECT ${record.attemptId}, ${record.phase}::"Phase", ${place}::int, ${record.scriptHash}, ${text(record.values)}::jsonb,
        ${record.result && text(record.result)}::jsonb, ${text(record.output)}::jsonb, ${text(record.errors)}::jsonb,
        ${text(record.warnings)}::jsonb, ${text(record.verbose)}::jsonb, ${text(record.information)}::jsonb,
        ${droppedAny(record.dropped) ? text(record.dropped) : null}::jsonb, ${record.loss},
        now - make_interval(secs => ${(record.durationMs ?? 0) / 1000}::float8), now,
        ${record.durationMs === null ? null : Math.round(record.durationMs)}::int
      FROM (SELECT clock_timestamp() AS now) AS clock ON CONFLICT DO NOTHING`,
  )
  const delayed = delayedMs(record.warnings)
  if (delayed > 0)
    await patiently(() =>
      directly(tx =>
        slowDown(
          tx,
          record.attemptId,
          { kind: 'delayed', milliseconds: delayed },
          `The service delayed a call by ${(delayed / 1000).toFixed(1)} s.`,
        ),
      ),
    )
}

/** The number of the attempt's next run: only its lease's holder writes them. */
async function nextPosition(attemptId: string): Promise<number> {
  const rows = await directFollowed().$queryRaw<{ position: number }[]>`
    SELECT count(*)::int AS "position" FROM "attempt_phase" WHERE "attemptId" = ${attemptId}`
  return rows[0]?.position ?? 0
}
