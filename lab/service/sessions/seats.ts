import { hostname } from 'node:os'
import type { Who } from '../journal/entries'
import type { Scenario } from '../scenario/scenario'

export type Seat = { who: Who; openedAt: number; lastUsedAt: number; running: number; connected: boolean }
type Note = (event: 'opened' | 'closed' | 'refused', who: Who, reason: string) => void

/**
 * The sessions that Microsoft 365 lets an administrator and a tenant hold. A shell takes a seat with its first
 * call and keeps it until it says goodbye, is seen dead on this host, or has been idle too long. A call still
 * running keeps the seat of a dead shell.
 */
export class Seats {
  private readonly seats = new Map<string, Seat>()

  constructor(
    private readonly limits: () => Scenario['limits'],
    private readonly note: Note,
  ) {}

  /** Takes or renews a seat; the name of the error when there is none left. */
  take(who: Who): 'sessions-per-admin' | 'sessions-per-tenant' | null {
    const known = this.seats.get(who.session)
    if (known) {
      known.lastUsedAt = Date.now()
      return null
    }
    this.sweep()
    const { perAdmin, perTenant } = this.limits()
    const same = [...this.seats.values()].filter(seat => seat.who.credential === who.credential)
    if (same.length >= perAdmin) {
      this.note('refused', who, `${same.length} of ${perAdmin} sessions of ${who.credential} are open`)
      return 'sessions-per-admin'
    }
    if (this.seats.size >= perTenant) {
      this.note('refused', who, `${this.seats.size} of ${perTenant} sessions of the tenant are open`)
      return 'sessions-per-tenant'
    }
    const now = Date.now()
    this.seats.set(who.session, { who, openedAt: now, lastUsedAt: now, running: 0, connected: false })
    this.note('opened', who, 'first call')
    return null
  }

  running(session: string, by: 1 | -1): void {
    const seat = this.seats.get(session)
    if (!seat) return
    seat.running += by
    seat.lastUsedAt = Date.now()
  }

  /** Signs a session in: from now on it works under this account. */
  connect(session: string, account: string): void {
    const seat = this.seats.get(session)
    if (!seat) return
    seat.connected = true
    seat.who = { ...seat.who, credential: account }
  }

  /** The account that a session signed in with, or worked under when it took its seat. */
  accountOf(session: string): string | undefined {
    return this.seats.get(session)?.who.credential
  }

  isConnected(session: string): boolean {
    return this.seats.get(session)?.connected ?? false
  }

  /** Gives a seat back. False when the session holds none. */
  close(session: string, reason: string): boolean {
    const seat = this.seats.get(session)
    if (!seat) return false
    this.seats.delete(session)
    this.note('closed', seat.who, reason)
    return true
  }

  /** Gives back every seat. */
  closeAll(reason: string): void {
    for (const session of [...this.seats.keys()]) this.close(session, reason)
  }

  /** Frees the seats of shells that are dead or have been idle too long. */
  sweep(): void {
    const { idleMinutes, freeWhenSeenDead } = this.limits()
    const now = Date.now()
    for (const seat of [...this.seats.values()]) {
      if (seat.running > 0) continue
      if (freeWhenSeenDead && isDead(seat.who)) this.close(seat.who.session, 'the shell is gone')
      else if (now - seat.lastUsedAt >= idleMinutes * 60_000) this.close(seat.who.session, 'idle too long')
    }
  }

  list(): Seat[] {
    return [...this.seats.values()]
  }
}

/** Only a process of this host can be seen dead. */
function isDead(who: Who): boolean {
  if (who.pid === null || who.host !== hostname()) return false
  try {
    process.kill(who.pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
