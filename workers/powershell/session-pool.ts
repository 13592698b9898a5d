import type { Seat, Seats } from './seats'
import type { RunOutcome, ScriptCall, Session, SessionOptions } from './session'

export type Launch = SessionOptions & {
  /** What a new session does before it is lent out, such as signing in. Where it rejects, the session is ended. */
  readonly prepare?: (session: Session) => Promise<void>
}

export type PoolOptions = {
  readonly seats: Seats
  /** How shells of this credential are started. Asked anew for each shell. */
  readonly launch: (credentialId: string) => Promise<Launch>
  readonly maxAgeMs?: number
  readonly maxCalls?: number
  /** Resident bytes of a shell and all it started, beyond which it is not used again. */
  readonly maxMemoryBytes?: number
  /** Milliseconds between two looks at one shell's memory; 0 looks whenever it is given back. */
  readonly memoryEveryMs?: number
  /** Milliseconds after which an idle shell is asked whether it still answers; 0 for never. */
  readonly keepAliveMs?: number
  /**
   * Milliseconds that a session may be free before its seat's keeper is told; 0 tells at once. Where one piece of work
   * follows the other, the keeper need not hear of the moment between them.
   */
  readonly idleAfterMs?: number
  /** A call went past its soft deadline, in a session of this seat. Must not throw. */
  readonly onSlow?: (seat: Seat) => void
}

/** A session on loan for one attempt. */
export interface Lease {
  readonly seat: Seat
  readonly session: Session
  /** Whether a new shell was started for this lease. */
  readonly fresh: boolean
  run(call: ScriptCall): Promise<RunOutcome>
  /** Gives the session back: kept warm, or retired when it is old, worn or lost. Safe to call twice. */
  giveBack(): Promise<void>
}

/** The shells of one worker process, per credential. Never more alive than seats. */
export interface SessionPool {
  /**
   * A warm session of this credential, or a new one where a seat is free; null where all seats are taken.
   * @throws SessionLost when a shell could not be opened (its seat has been given back, or marked lost).
   */
  lease(request: { credentialId: string; lane: string; attemptId: string }): Promise<Lease | null>
  /** Ends one idle shell (of this credential), so that somebody else can have the seat. Answers how many it ended: 0 or 1. */
  yieldIdle(credentialId?: string): Promise<number>
  /** Leases nothing more and ends idle shells; busy ones get this many milliseconds, then are killed. */
  drain(graceMs: number): Promise<void>
  /** Whether this pool still looks after that seat; one that it does not is free as soon as its shell is seen dead. */
  holds(seatId: string): boolean
  /** What is alive now. */
  sessions(): readonly {
    credentialId: string
    seat: Seat
    pid: number
    busyWith: string | null
    calls: number
    ageMs: number
  }[]
}
