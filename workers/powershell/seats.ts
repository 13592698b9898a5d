/**
 * The seats of a credential: how many shells may be alive for it, over every lane, worker process and machine (rule 9).
 * The pool asks before it starts a shell and says what became of it; where seats are kept is not the pool's affair.
 */
export type Seat = {
  readonly id: string
  readonly credentialId: string
  readonly lane: string
  /** Fencing token: a call made with an outdated one must be refused by the keeper. */
  readonly token: bigint
}

/** A process on this host, told apart from a later process that got the same number. */
export type ShellProcess = {
  readonly pid: number
  /** Opaque: when the process started, as the host says it. Only compared for equality, on the same host. */
  readonly pidStartedAt: string
}

export type Seats = {
  /** Takes a free seat, or answers null where all are taken (by whom does not matter). */
  acquire(credentialId: string, lane: string): Promise<Seat | null>
  /** The shell of this seat is alive and answered its health probe. */
  attach(seat: Seat, shell: ShellProcess & { readonly health: ShellHealth }): Promise<void>
  /** The seat's shell works for this attempt. Throws when the seat is no longer ours. */
  busy(seat: Seat, attemptId: string): Promise<void>
  /** The seat's shell waits, warm. Throws when the seat is no longer ours. */
  idle(seat: Seat): Promise<void>
  /** The seat's shell was seen dead, or never started: the seat is free. */
  release(seat: Seat, why: string): Promise<void>
  /** The shell could not be seen dead: the seat stays taken until somebody sees it dead on this host. */
  lost(seat: Seat, why: string): Promise<void>
}

/** What a shell says of itself when it is opened. */
export type ShellHealth = {
  /** Path of the program that was started. */
  readonly executable: string
  readonly version: string
  readonly edition: string
  readonly languageMode: string
  readonly culture: string
  readonly uiCulture: string
  readonly inputEncoding: string
  readonly outputEncoding: string
  /** Version by name of the modules that bring the estate's cmdlets. */
  readonly modules: Readonly<Record<string, string>>
  /** Cmdlets of the estate's scripts that no module here brings. */
  readonly missing: readonly string[]
}
