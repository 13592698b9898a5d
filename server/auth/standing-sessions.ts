import { db } from '@/server/store/client'

let asked: Map<
  string,
  { personId: string; answer: (stands: boolean) => void; fail: (error: unknown) => void }[]
> | null = null

/**
 * Whether a session still stands: it is there, not over by the database's clock, and its person is the same and not disabled.
 * All who ask in the same moment are answered by one query, since one event wakes every open page at once.
 */
export function sessionStands(session: { sessionId: string; personId: string }): Promise<boolean> {
  return new Promise((answer, fail) => {
    if (!asked) {
      asked = new Map()
      setImmediate(askAll)
    }
    const others = asked.get(session.sessionId) ?? []
    others.push({ personId: session.personId, answer, fail })
    asked.set(session.sessionId, others)
  })
}

async function askAll(): Promise<void> {
  const waiting = asked ?? new Map()
  asked = null
  const all = [...waiting.values()].flat()
  try {
    const rows = await db().$queryRaw<{ id: string; personId: string }[]>`
      SELECT s."id", p."id" AS "personId" FROM "session" s JOIN "user" p ON p."id" = s."userId"
      WHERE s."id" = ANY(${[...waiting.keys()]}) AND s."expiresAt" > now() AND p."disabledAt" IS NULL`
    const standing = new Map(rows.map(row => [row.id, row.personId]))
    for (const [sessionId, askers] of waiting)
      for (const { personId, answer } of askers) answer(standing.get(sessionId) === personId)
  } catch (error) {
    for (const { fail } of all) fail(error)
  }
}
