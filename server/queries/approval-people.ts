import type { ItemState } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { Prisma } from '@/generated/prisma/client'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { storedPlanDocument } from '@/server/store/wave-plan'
import { searchWords } from './people-search'

export type ApprovalPerson = {
  id: string
  position: number
  displayName: string
  upn: string
  state: ItemState
  pool: string | null
  readinessCodes: string[]
  acceptedReason: string | null
  /** Why this person was carved out when the request was approved. */
  carvedOut: string | null
}

export type ApprovalPeopleFilter = {
  search?: string
  /** A readiness code. */
  code?: string
  /** Only those whose flagged import row somebody accepted. */
  accepted?: boolean
}

export type ApprovalPeople = {
  people: ApprovalPerson[]
  matching: number
  /** How many matching people stand before this page's first. */
  before: number
  back: number | null
  on: number | null
}

const PAGE = 50

/** One page of the people a request is about, in import order, after or before a position. */
export async function approvalPeople(
  actor: Actor,
  approvalId: string,
  input: ApprovalPeopleFilter & { after?: number; before?: number },
): Promise<ApprovalPeople> {
  permit(actor, 'batches.read')
  const database = db()
  const approval = await database.approval.findUnique({
    where: { id: approvalId },
    select: { planId: true, wave: { select: { batch: { select: { targetPool: true } } } } },
  })
  if (!approval) throw new Refused('not_found', 'There is no such request.')
  const ids = Object.keys((await storedPlanDocument(database, approval.planId)).items)
  const where = matches(ids, input)
  const back = input.before !== undefined && input.after === undefined
  const edge = back ? input.before : input.after
  const beyond =
    edge === undefined
      ? Prisma.empty
      : back
        ? Prisma.sql`AND i."position" < ${edge}`
        : Prisma.sql`AND i."position" > ${edge}`
  const order = back ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const [found, total] = await Promise.all([
    database.$queryRaw<ApprovalPerson[]>`
      SELECT i."id", i."position", i."displayName", i."upn", i."state"::text AS "state",
        coalesce(i."targetPool", ${approval.wave.batch.targetPool}::text) AS "pool", i."readinessCodes",
        i."acceptedReason", c."reason" AS "carvedOut"
      FROM "item" i LEFT JOIN "carve_out" c ON c."itemId" = i."id" AND c."approvalId" = ${approvalId}
      WHERE ${where} ${beyond} ORDER BY i."position" ${order} LIMIT ${PAGE}`,
    database.$queryRaw<{ matching: number }[]>`
      SELECT count(*)::int AS "matching" FROM "item" i WHERE ${where}`,
  ])
  const people = back ? found.reverse() : found
  const first = people[0]
  const last = people.at(-1)
  const matching = total[0]?.matching ?? 0
  const counted =
    first && edge !== undefined
      ? await database.$queryRaw<{ before: number }[]>`
          SELECT count(*)::int AS "before" FROM "item" i WHERE ${where} AND i."position" < ${first.position}`
      : []
  const before = counted[0]?.before ?? 0
  return {
    people,
    matching,
    before,
    back: first && before > 0 ? first.position : null,
    on: last && before + people.length < matching ? last.position : null,
  }
}

function matches(ids: readonly string[], filter: ApprovalPeopleFilter): Prisma.Sql {
  const parts = [Prisma.sql`i."id" = ANY(${[...ids]}::text[])`]
  if (filter.code) parts.push(Prisma.sql`${filter.code} = ANY(i."readinessCodes")`)
  if (filter.accepted) parts.push(Prisma.sql`i."acceptedReason" IS NOT NULL`)
  for (const word of searchWords(filter.search)) {
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    parts.push(Prisma.sql`lower(i."displayName" || ' ' || i."upn" || ' ' || i."sipAddress") LIKE ${like}`)
  }
  return Prisma.join(parts, ' AND ')
}
