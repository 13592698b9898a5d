import { setTimeout as sleep } from 'node:timers/promises'

/** A wave that is asked for again and again stands still for so many times as long as its last round took. */
const REST = 15
const SHORTEST_REST_MS = 50
const LONGEST_REST_MS = 1_500

/**
 * Moves waves on, each at most once at a time. Whoever gets on in a wave asks for it, and so do many at once: what is
 * asked meanwhile is one more round, which sees what all of them did. The more a round costs, the rarer it is; a wave of
 * ten thousand people so costs no more of a second than one of ten.
 */
export class WaveTurns {
  /** Waves at work or resting, and whether they were asked for again. */
  private readonly turns = new Map<string, { again: boolean; over: Promise<void> }>()
  private stopped = false

  /** `advance` moves one wave on; what it rejects with is for it to report. */
  constructor(private readonly advance: (waveId: string) => Promise<void>) {}

  ask(waveId: string): void {
    const turn = this.turns.get(waveId)
    if (turn) turn.again = true
    else if (!this.stopped) this.begin(waveId)
  }

  /** Begins nothing more and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all([...this.turns.values()].map(turn => turn.over))
  }

  private begin(waveId: string): void {
    const turn = { again: true, over: Promise.resolve() }
    this.turns.set(waveId, turn)
    turn.over = this.rounds(waveId, turn).finally(() => this.turns.delete(waveId))
  }

  private async rounds(waveId: string, turn: { again: boolean }): Promise<void> {
    while (turn.again && !this.stopped) {
      turn.again = false
      const began = performance.now()
      await this.advance(waveId).catch(() => undefined)
      const took = performance.now() - began
      await sleep(Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, took * REST)))
    }
  }
}
