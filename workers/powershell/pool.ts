import { setTimeout as sleep } from 'node:timers/promises'
import { SessionLost } from './loss'
import { openSession } from './open-session'
import type { Seat } from './seats'
import type { Session } from './session'
import type { Launch, Lease, PoolOptions, SessionPool } from './session-pool'

/** Tokens and remote sessions die at about an hour; a shell is retired well before, and between calls only. */
const defaultMaxAgeMs = 45 * 60_000
/** What a shell gathers over its calls shows in its memory; this is for what does not. A new one costs as much as a hundred calls. */
const defaultMaxCalls = 1_000
/** A PowerShell with the modules of Teams and Exchange takes 300 to 500 MB; repeated sign-ins make it grow. */
const defaultMaxMemoryBytes = 1024 ** 3
/** Well within the quarter of an hour after which servers drop what is idle. */
const defaultKeepAliveMs = 120_000
const keepAliveDeadlineMs = 20_000
/** Looking at a shell's memory reads the host's whole list of processes, and it grows over many calls. */
const defaultMemoryEveryMs = 10_000

/** A seat with its shell. `ending` is set once, by whoever retires it; all others wait for the same end. */
type Place = {
  readonly seat: Seat
  readonly session: Session
  busyWith: string | null
  idleSince: number
  memorySeenAt: number
  /** Set while the seat's keeper is told, or soon will be, that the session is free. */
  idle: { timer: NodeJS.Timeout | undefined; told: Promise<void> | null } | null
  ending: Promise<void> | null
}

/**
 * A pool of sessions. Invariant: every live shell has a place, every place a seat that was acquired before the shell was
 * started and is released only after the shell was seen dead; so there are never more shells alive than seats.
 */
export function createSessionPool(options: PoolOptions): SessionPool {
  const { seats } = options
  const maxAgeMs = options.maxAgeMs ?? defaultMaxAgeMs
  const maxCalls = options.maxCalls ?? defaultMaxCalls
  const maxMemoryBytes = options.maxMemoryBytes ?? defaultMaxMemoryBytes
  const memoryEveryMs = options.memoryEveryMs ?? defaultMemoryEveryMs
  const idleAfterMs = options.idleAfterMs ?? 0
  const keepAliveMs = options.keepAliveMs ?? defaultKeepAliveMs
  const places = new Set<Place>()
  const opening = new Set<Promise<unknown>>()
  /** Seats that were acquired and not settled yet. */
  const held = new Set<string>()
  let draining = false

  /** Why this place's shell is not used again, or null. */
  function wornBy({ session }: Place): string | null {
    if (!session.usable) return 'its shell was lost'
    if (session.slow) return 'recycled: a call went past its soft deadline'
    if (session.ageMs >= maxAgeMs) return 'recycled by age'
    return session.calls >= maxCalls ? 'recycled by calls' : null
  }

  /** The same with a look at its memory, now and then. */
  async function wornOrHeavy(place: Place): Promise<string | null> {
    const worn = wornBy(place)
    const now = performance.now()
    if (worn || now - place.memorySeenAt < memoryEveryMs) return worn
    place.memorySeenAt = now
    const bytes = await place.session.memoryBytes().catch(() => null)
    if (bytes === null || bytes < maxMemoryBytes) return wornBy(place)
    return `recycled by memory, ${Math.round(bytes / 1024 ** 2)} MB`
  }

  /** Asks shells that have been idle for a while whether they are still there, and retires those that grew old. */
  function keepAlive(): void {
    const since = performance.now() - keepAliveMs
    for (const place of places) {
      if (place.busyWith !== null || place.ending || place.idleSince > since) continue
      place.busyWith = 'keep-alive'
      void (async () => {
        const worn = await wornOrHeavy(place)
        const why =
          worn ?? ((await place.session.stillAnswers(keepAliveDeadlineMs)) ? null : 'it did not answer')
        if (why !== null) return retire(place, why)
        place.idleSince = performance.now()
        place.busyWith = null
        if (draining || !place.session.usable) await retire(place, 'ended while it was asked')
      })()
    }
  }
  const beat = keepAliveMs > 0 ? setInterval(keepAlive, Math.max(50, keepAliveMs / 2)) : undefined
  beat?.unref()

  /** Ends a place's shell and settles its seat. Never rejects, and does it once however often it is asked. */
  function retire(place: Place, why: string): Promise<void> {
    place.ending ??= (async () => {
      clearTimeout(place.idle?.timer)
      const seenDead = await place.session.dispose().catch(() => false)
      await settleSeat(place.seat, seenDead, why)
      places.delete(place)
    })()
    return place.ending
  }

  async function settleSeat(seat: Seat, seenDead: boolean, why: string): Promise<void> {
    try {
      await (seenDead ? seats.release(seat, why) : seats.lost(seat, why))
    } catch {
      // The keeper could not be reached or has taken the seat away: whoever sweeps seats frees one that is not held any more.
    } finally {
      held.delete(seat.id)
    }
  }

  async function open(credentialId: string, lane: string): Promise<Place | null> {
    const seat = await seats.acquire(credentialId, lane)
    if (seat === null) return null
    held.add(seat.id)
    let launch: Launch
    let session: Session
    try {
      launch = await options.launch(credentialId)
      session = await openSession(launch)
    } catch (error) {
      const seenDead = error instanceof SessionLost ? error.loss.seenDead : true
      await settleSeat(seat, seenDead, error instanceof Error ? error.message : String(error))
      throw error
    }
    const place: Place = {
      seat,
      session,
      busyWith: 'starting',
      idleSince: 0,
      memorySeenAt: 0,
      idle: null,
      ending: null,
    }
    places.add(place)
    try {
      await seats.attach(seat, { ...session.process, health: session.health })
    } catch (error) {
      await retire(place, 'the seat was taken away while the shell was started')
      throw error
    }
    try {
      await launch.prepare?.(session)
    } catch (error) {
      await retire(place, error instanceof Error ? error.message : String(error))
      throw error
    }
    void session.ended.then(() => {
      if (place.busyWith === null) void retire(place, 'the shell ended while it was idle')
    })
    return place
  }

  /** Takes a warm place, at once marked busy so that nobody else can; prefers one that served this lane before. */
  async function takeWarm(credentialId: string, lane: string, attemptId: string): Promise<Place | null> {
    for (;;) {
      const warm = [...places].filter(
        place => place.busyWith === null && !place.ending && place.seat.credentialId === credentialId,
      )
      const place = warm.find(({ seat }) => seat.lane === lane) ?? warm[0]
      if (!place) return null
      place.busyWith = attemptId
      await endIdle(place)
      if (place.ending) continue
      const worn = wornBy(place)
      if (worn !== null) {
        await retire(place, worn)
        continue
      }
      try {
        await seats.busy(place.seat, attemptId)
        return place
      } catch {
        await retire(place, 'the seat was taken away')
      }
    }
  }

  function lend(place: Place, fresh: boolean): Lease {
    let returned: Promise<void> | null = null
    return {
      seat: place.seat,
      session: place.session,
      fresh,
      run: call => {
        if (returned) return Promise.reject(new Error('This lease was given back; lease a session again.'))
        const onSlow = () => {
          call.onSlow?.()
          options.onSlow?.(place.seat)
        }
        return place.session.run({ ...call, onSlow })
      },
      giveBack: () => {
        returned ??= takeBack(place)
        return returned
      },
    }
  }

  function tellIdleLater(place: Place): void {
    const idle: Place['idle'] = { timer: undefined, told: null }
    idle.timer = setTimeout(() => {
      idle.told = seats.idle(place.seat).catch(() => retire(place, 'the seat was taken away'))
    }, idleAfterMs)
    idle.timer.unref()
    place.idle = idle
  }

  /** The keeper hears of what comes next, not of both in the wrong order. */
  async function endIdle(place: Place): Promise<void> {
    clearTimeout(place.idle?.timer)
    const told = place.idle?.told
    place.idle = null
    await told
  }

  async function takeBack(place: Place): Promise<void> {
    if (place.ending) return place.ending
    const worn = draining ? 'the worker stops' : await wornOrHeavy(place)
    if (worn !== null) return retire(place, worn)
    if (idleAfterMs === 0) {
      try {
        await seats.idle(place.seat)
      } catch {
        return retire(place, 'the seat was taken away')
      }
    }
    place.busyWith = null
    place.idleSince = performance.now()
    if (idleAfterMs > 0) tellIdleLater(place)
    // It can have died, or the worker can have begun to stop, while the keeper was told.
    if (draining || !place.session.usable) await retire(place, 'ended while it was given back')
  }

  return {
    async lease({ credentialId, lane, attemptId }) {
      if (draining) return null
      const warm = await takeWarm(credentialId, lane, attemptId)
      if (warm) return lend(warm, false)
      if (draining) return null
      const started = open(credentialId, lane)
      opening.add(started)
      try {
        const place = await started
        if (place === null) return null
        place.busyWith = attemptId
        if (draining) {
          await retire(place, 'the worker stops')
          return null
        }
        try {
          await seats.busy(place.seat, attemptId)
        } catch (error) {
          await retire(place, 'the seat was taken away')
          throw error
        }
        return lend(place, true)
      } finally {
        opening.delete(started)
      }
    },

    async yieldIdle(credentialId) {
      const idle = [...places]
        .filter(place => place.busyWith === null && !place.ending)
        .filter(place => credentialId === undefined || place.seat.credentialId === credentialId)
        .sort((a, b) => a.idleSince - b.idleSince)[0]
      if (!idle) return 0
      await retire(idle, 'made room for another lane')
      return 1
    },

    async drain(graceMs) {
      draining = true
      clearInterval(beat)
      const until = performance.now() + graceMs
      while (places.size > 0 || opening.size > 0) {
        for (const place of places) if (place.busyWith === null) void retire(place, 'the worker stops')
        if (performance.now() >= until) break
        await sleep(20)
      }
      await Promise.allSettled([...opening])
      await Promise.all(
        [...places].map(async place => {
          await place.session.kill()
          await retire(place, 'the worker stopped before the call was over')
        }),
      )
    },

    holds: seatId => held.has(seatId),

    sessions: () =>
      [...places].map(({ seat, session, busyWith }) => ({
        credentialId: seat.credentialId,
        seat,
        pid: session.process.pid,
        busyWith,
        calls: session.calls,
        ageMs: Math.round(session.ageMs),
      })),
  }
}
