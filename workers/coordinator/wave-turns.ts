/** A wave that is asked for again and again stands still for so many times as long as its last round took. */
const REST = 15
const SHORTEST_REST_MS = 50
const LONGEST_REST_MS = 1_500

type Turn = { again: boolean; endRest: () => void; over: Promise<void> }

function rest(turn: Turn, ms: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    turn.endRest = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

/**
 * Moves waves on, each at most once at a time. Whoever gets on in a wave asks for it, and so do many at once: what is
 * asked meanwhile is one more round, which sees what all of them did. The more a round costs, the rarer it is; a wave of
 * ten thousand people so costs no more of a second than one of ten.
 */
export class WaveTurns {
  /** Waves at work or resting, and whether they were asked for again. */
  private readonly turns = new Map<string, Turn>()
  private stopped = false

  /** `advance` moves one wave on; what it rejects with is for it to report. */
  constructor(private readonly advance: (waveId: string) => Promise<void>) {}

  /** Who can wait for others comes `later`; anybody else ends the rest. */
  ask(waveId: string, later: boolean): void {
    const turn = this.turns.get(waveId)
    if (!turn) {
      if (!this.stopped) this.begin(waveId)
      return
    }
    turn.again = true
    if (!later) turn.endRest()
  }

  /** Begins nothing more and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const turn of this.turns.values()) turn.endRest()
    await Promise.all([...this.turns.values()].map(turn => turn.over))
  }

  private begin(waveId: string): void {
    const turn: Turn = { again: true, endRest: () => undefined, over: Promise.resolve() }
    this.turns.set(waveId, turn)
    turn.over = this.rounds(waveId, turn)
  }

  private async rounds(waveId: string, turn: Turn): Promise<void> {
    while (turn.again && !this.stopped) {
      turn.again = false
      let urgent = false
      turn.endRest = () => {
        urgent = true
      }
      const began = performance.now()
      await this.advance(waveId).catch(() => undefined)
      const took = performance.now() - began
      // Somebody who cannot wait may have asked while the round ran.
      if (!urgent) await rest(turn, Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, took * REST)))
    }
    // In one breath with the last look at `again`: whoever asks from now on begins anew.
    this.turns.delete(waveId)
  }
}
