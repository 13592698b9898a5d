import { db } from '@/server/store/client'
import { digest } from './secret'

/** Tries at one e-mail address before it has to wait, and for how long. A sign-in that works starts the count anew. */
export const TRIES_PER_ADDRESS = 10
export const WINDOW_SECONDS = 300

/**
 * Counts one try at an address, in one statement, so that tries at the same moment are all counted. The limit by
 * network address alone would not do: who asks can claim another one with every request.
 * Answers 0 when the try may go on, else the seconds to wait. An address that nobody has counts the same.
 */
export async function countTry(email: string): Promise<number> {
  // `lastRequest` holds the end of the window, in milliseconds: expired rows are swept by that column.
  const rows = await db().$queryRaw<{ count: number; seconds: number }[]>`
    INSERT INTO "rate_limit" ("id", "key", "count", "lastRequest")
    VALUES (gen_random_uuid()::text, ${keyOf(email)}, 1,
            (extract(epoch FROM now()) * 1000)::bigint + ${WINDOW_SECONDS * 1000})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "rate_limit"."lastRequest" <= (extract(epoch FROM now()) * 1000)::bigint
                     THEN 1 ELSE "rate_limit"."count" + 1 END,
      "lastRequest" = CASE WHEN "rate_limit"."lastRequest" <= (extract(epoch FROM now()) * 1000)::bigint
                     THEN excluded."lastRequest" ELSE "rate_limit"."lastRequest" END
    RETURNING "count",
      ceil(("lastRequest" - extract(epoch FROM now()) * 1000) / 1000.0)::int AS "seconds"`
  const row = rows[0]
  return row && row.count > TRIES_PER_ADDRESS ? Math.max(1, row.seconds) : 0
}

/** Forgets the tries at an address, after a sign-in that worked. */
export async function forgetTries(email: string): Promise<void> {
  await db().rateLimit.deleteMany({ where: { key: keyOf(email) } })
}

const keyOf = (email: string) => `sign-in-address|${digest(email.trim().toLowerCase())}`
