import { type PhaseRecord, recordPhase } from '@/server/commands/record-phase'
import { logger } from '../logger'
import { patiently } from '../patience'

/**
 * What the scripts of one attempt wrote, kept one after the other while its shell goes on. Whoever says how the attempt
 * went waits until all of it is kept.
 */
export class Evidence {
  private position = 0
  private last: Promise<void> = Promise.resolve()

  constructor(private readonly attemptId: string) {}

  keep(record: Omit<PhaseRecord, 'attemptId'>): void {
    const position = this.position++
    this.last = this.last.then(() => this.write(record, position))
  }

  /** Resolves once everything so far is kept, or was tried for long enough. Never rejects. */
  kept(): Promise<void> {
    return this.last
  }

  private async write(record: Omit<PhaseRecord, 'attemptId'>, position: number): Promise<void> {
    const again = (error: unknown): void =>
      logger.warn({ error: String(error) }, 'The evidence cannot be kept; trying again')
    await recordPhase(
      { attemptId: this.attemptId, ...record },
      query => patiently(query, again),
      position,
    ).catch(error => logger.error({ phase: record.phase, error: String(error) }, 'Evidence was lost'))
  }
}
