import type { Database } from '@/server/store/client'

/** Names by person id. Somebody who is no longer in the table keeps the id, so that nothing is said by nobody. */
export async function personNames(
  database: Database,
  ids: Iterable<string | null | undefined>,
): Promise<(id: string | null | undefined) => string> {
  const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))]
  const people =
    wanted.length === 0
      ? []
      : await database.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  const byId = new Map(people.map(person => [person.id, person.name]))
  return id => (id ? (byId.get(id) ?? id) : 'Ferry')
}
