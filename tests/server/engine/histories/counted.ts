import { db } from '@/server/store/client'

/**
 * What the numbers that are kept say otherwise than a fresh count of everybody: by wave, step, state and cluster; by
 * thousand; by time of being verified; and the words that a search finds people by.
 */
export async function wrongCounts(only: readonly (keyof typeof same)[] = countedOf): Promise<string[]> {
  const wrong: string[] = []
  for (const what of only) {
    const [kept, fresh] = same[what]
    const rows = await db().$queryRawUnsafe<object[]>(
      `(SELECT 'kept' AS "by", * FROM ((${kept}) EXCEPT ALL (${fresh})) AS k) UNION ALL (SELECT 'fresh', * FROM ((${fresh}) EXCEPT ALL (${kept})) AS f)`,
    )
    if (rows.length > 0)
      wrong.push(
        `${what} are wrong: ${rows
          .slice(0, 4)
          .map(row => JSON.stringify(row))
          .join(', ')}`,
      )
  }
  return wrong
}

const cluster = `CASE WHEN "state" = 'unknown' THEN 'unknown' WHEN "state" IN ('needs_person', 'failed')
  THEN coalesce("errorSignature", 'reason:' || nullif(split_part("reason", ':', 1), ''), 'none') ELSE '' END`
const verified = `"state" IN ('done', 'no_change')`
const pace = (seconds: number): [string, string] => [
  `SELECT * FROM (SELECT "batchId", extract(epoch FROM "at")::bigint AS "at", sum("people")::int AS n FROM (
      SELECT "batchId", "slot" AS "at", "people" FROM "item_pace" WHERE "seconds" = ${seconds}
      UNION ALL SELECT "batchId", to_timestamp(floor(extract(epoch FROM "verifiedAt") / ${seconds}) * ${seconds}), "people"
        FROM "item_change" WHERE "verifiedAt" IS NOT NULL) AS a
    GROUP BY 1, 2 HAVING sum("people") <> 0) AS p ${seconds === 10 ? `WHERE to_timestamp("at") > clock_timestamp() - interval '50 minutes'` : ''}`,
  `SELECT "batchId", (floor(extract(epoch FROM "changedAt") / ${seconds}) * ${seconds})::bigint AS "at", count(*)::int AS n FROM "item"
    WHERE ${verified} ${seconds === 10 ? `AND "changedAt" > clock_timestamp() - interval '50 minutes'` : ''} GROUP BY 1, 2`,
]

const same = {
  'numbers of people': [
    `SELECT "batchId", "waveId", "stepKey", "state", "cluster", sum("people")::int AS n, sum("unread")::int AS u, sum("withoutPool")::int AS p
      FROM (SELECT "batchId", "waveId", "stepKey", "state", "cluster", "people", "unread", "withoutPool" FROM "item_count"
        UNION ALL SELECT "batchId", "waveId", "stepKey", "state", "cluster", "people", "unread", "withoutPool" FROM "item_change") AS a
      GROUP BY 1, 2, 3, 4, 5 HAVING sum("people") <> 0 OR sum("unread") <> 0 OR sum("withoutPool") <> 0`,
    `SELECT "batchId", "waveId", coalesce("stepKey", '') AS "stepKey", "state", ${cluster} AS "cluster", count(*)::int AS n,
      (count(*) FILTER (WHERE "readAt" IS NULL))::int AS u, (count(*) FILTER (WHERE "targetPool" IS NULL))::int AS p
      FROM "item" GROUP BY 1, 2, 3, 4, 5`,
  ],
  'numbers of each thousand': [
    `SELECT "batchId", "block", "waveId", "state", "cluster", sum("people")::int AS n
      FROM (SELECT * FROM "item_block" UNION ALL SELECT "batchId", "block", "waveId", "state", "cluster", "people" FROM "item_change") AS a
      GROUP BY 1, 2, 3, 4, 5 HAVING sum("people") <> 0`,
    `SELECT "batchId", "position" / 1000 AS "block", "waveId", "state", ${cluster} AS "cluster", count(*)::int AS n
      FROM "item" GROUP BY 1, 2, 3, 4, 5`,
  ],
  'people verified in ten seconds': pace(10),
  'people verified in a minute': pace(60),
  'people verified in half an hour': pace(1_800),
  'people verified in a day': pace(86_400),
  'words of people': [
    `SELECT "batchId", "word", "position", "note" FROM "item_word"`,
    `SELECT DISTINCT "batchId", "word", "position", "note" FROM (
        SELECT "batchId", "position", false AS "note", "displayName" || ' ' || "upn" || ' ' || regexp_replace("sipAddress", '^sip:', '', 'i') AS t FROM "item"
        UNION ALL SELECT "batchId", "position", true, "reason" FROM "item" WHERE "state" IN ('needs_person', 'failed', 'unknown')) AS i,
      regexp_split_to_table(lower(t), '[\\t\\n\\v\\f\\r !-/:-@\\[-\`{-~]+') AS "word" WHERE "word" <> ''`,
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>

const countedOf = Object.keys(same) as (keyof typeof same)[]
