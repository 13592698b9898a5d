import { db } from './client'
import { direct, directFollowed } from './direct'
import { newId } from './ids'

export type HeldSeat = { id: string; credentialId: string; lane: string; token: bigint }
type ShellProcess = { pid: number; pidStartedAt: string }

/** The seat is somebody else's, or was freed, by now. */
export class SeatLost extends Error {
  override readonly name = 'SeatLost'
}

/**
 * Seats of credentials as rows (rule 9), for one worker on one host. A number is taken until its session is seen dead;
 * the database's unique index holds that also when two workers ask at the same moment.
 */
export class PostgresSeats {
  private readonly numbers = new Map<string, number>()

  constructor(private readonly worker: { id: string; host: string }) {}

  /** The seat's number at its credential, from 1, as screens show it. */
  numberOf(seat: { id: string }): number {
    return this.numbers.get(seat.id) ?? 0
  }

  async acquire(credentialId: string, lane: string): Promise<HeldSeat | null> {
    return db().$transaction(async tx => {
      // The tenant counts the sessions of all credentials together; the lock makes two that ask at once take turns.
      const tenants = await tx.$queryRaw<{ maxSessions: number }[]>`
        SELECT e."maxSessions" FROM "estate" e JOIN "credential" c ON c."estateId" = e."id"
        WHERE c."id" = ${credentialId} FOR NO KEY UPDATE OF e`
      const credentials = await tx.$queryRaw<{ maxSessions: number }[]>`
        SELECT "maxSessions" FROM "credential" WHERE "id" = ${credentialId} FOR UPDATE`
      const max = credentials[0]?.maxSessions ?? 0
      const taken = await tx.$queryRaw<{ open: number }[]>`
        SELECT count(*)::int AS "open" FROM "seat" s JOIN "credential" o ON o."id" = s."credentialId"
        JOIN "credential" c ON c."estateId" = o."estateId" WHERE c."id" = ${credentialId} AND s."state" <> 'dead'`
      if ((taken[0]?.open ?? 0) >= (tenants[0]?.maxSessions ?? 0)) return null
      const id = newId('seat')
      const rows = await tx.$queryRaw<{ number: number; token: bigint }[]>`
        INSERT INTO "seat" ("id", "credentialId", "workerId", "host", "lane", "number", "fencingToken", "openedAt", "lastSeenAt")
        SELECT ${id}, ${credentialId}, ${this.worker.id}, ${this.worker.host}, ${lane}, n, nextval('fencing_token'), clock_timestamp(), clock_timestamp()
        FROM generate_series(1, ${max}::int) AS n
        WHERE NOT EXISTS (SELECT 1 FROM "seat" s WHERE s."credentialId" = ${credentialId} AND s."number" = n AND s."state" <> 'dead')
        ORDER BY n LIMIT 1
        RETURNING "number", "fencingToken" AS "token"`
      const seat = rows[0]
      if (!seat) return null
      this.numbers.set(id, seat.number)
      return { id, credentialId, lane, token: seat.token }
    })
  }

  async attach(seat: HeldSeat, shell: ShellProcess & { health: object }): Promise<void> {
    ours(
      await direct().$executeRaw`
      UPDATE "seat" SET "state" = 'idle', "pid" = ${shell.pid}, "pidStartedAt" = ${shell.pidStartedAt},
        "shell" = ${JSON.stringify(shell.health)}::jsonb, "lastSeenAt" = clock_timestamp()
      WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token} AND "state" NOT IN ('dead', 'orphan')`,
    )
  }

  async busy(seat: HeldSeat, attemptId: string): Promise<void> {
    ours(
      await directFollowed().$executeRaw`
      UPDATE "seat" SET "state" = 'busy', "attemptId" = ${attemptId}, "busySince" = clock_timestamp(), "calls" = "calls" + 1,
        "lastSeenAt" = clock_timestamp()
      WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token} AND "state" NOT IN ('dead', 'orphan')`,
    )
  }

  async idle(seat: HeldSeat): Promise<void> {
    ours(
      await directFollowed().$executeRaw`
      UPDATE "seat" SET "state" = 'idle', "attemptId" = NULL, "busySince" = NULL, "lastSeenAt" = clock_timestamp()
      WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token} AND "state" NOT IN ('dead', 'orphan')`,
    )
  }

  /** Which attempt the session works for from now on; known only once the lease was taken. */
  async workFor(seat: { id: string; token: bigint }, attemptId: string): Promise<void> {
    await directFollowed().$executeRaw`
      UPDATE "seat" SET "attemptId" = ${attemptId}, "busySince" = clock_timestamp() WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token}`
  }

  async release(seat: HeldSeat, why: string): Promise<void> {
    this.numbers.delete(seat.id)
    await db().$executeRaw`
      UPDATE "seat" SET "state" = 'dead', "deadAt" = clock_timestamp(), "deadWhy" = ${why}
      WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token} AND "state" <> 'dead'`
  }

  async lost(seat: HeldSeat, why: string): Promise<void> {
    await db().$executeRaw`
      UPDATE "seat" SET "state" = 'orphan', "deadWhy" = ${why} WHERE "id" = ${seat.id} AND "fencingToken" = ${seat.token} AND "state" <> 'dead'`
  }
}

function ours(changed: number): void {
  if (changed === 0) throw new SeatLost('This seat is no longer ours.')
}

export type HostSeat = {
  id: string
  pid: number | null
  pidStartedAt: string | null
  state: string
  workerId: string
  workerPid: number
  workerPidStartedAt: string | null
  overdue: boolean
  ageSeconds: number
}

/** Seats of this host that are not dead, with the process that keeps them: what a worker on the host looks after. */
export async function hostSeats(host: string): Promise<HostSeat[]> {
  return db().$queryRaw<HostSeat[]>`
    SELECT s."id", s."pid", s."pidStartedAt", s."state"::text AS "state", s."workerId", w."pid" AS "workerPid",
      w."pidStartedAt" AS "workerPidStartedAt",
      coalesce(s."busySince" + make_interval(secs => e."applyDeadlineSeconds") < clock_timestamp(), false) AS "overdue",
      extract(epoch FROM clock_timestamp() - s."openedAt")::float8 AS "ageSeconds"
    FROM "seat" s JOIN "worker" w ON w."id" = s."workerId"
    JOIN "credential" c ON c."id" = s."credentialId" JOIN "estate" e ON e."id" = c."estateId"
    WHERE s."host" = ${host} AND s."state" <> 'dead'`
}

/** A worker's process is gone: its session is an orphan until it is seen dead. */
export async function orphanSeat(seatId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "seat" SET "state" = 'orphan', "deadWhy" = 'Its worker is gone.' WHERE "id" = ${seatId} AND "state" NOT IN ('dead', 'orphan')`
}

/** The session's process was seen dead on its host: the seat is free. */
export async function seatSeenDead(seatId: string, why: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "seat" SET "state" = 'dead', "deadAt" = clock_timestamp(), "deadWhy" = ${why} WHERE "id" = ${seatId} AND "state" <> 'dead'`
}
