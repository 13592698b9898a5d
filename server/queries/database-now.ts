import { db } from '@/server/store/client'

/** The database's clock, which decides what “now” is on every screen (rule 19). */
export async function databaseNow(): Promise<Date> {
  const rows = await db().$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`
  const row = rows[0]
  if (!row) throw new Error('The database did not say what time it is.')
  return row.now
}
