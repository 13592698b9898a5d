import type { BatchState } from '@/domain/lifecycle/batch'
import type { ItemCounts } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import type { RunbookDefinition } from '@/runbooks/definition'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { databaseNow } from '@/server/store/wave-lock'
import { chainsToFollow } from './live'
import { addUp, countPeople } from './people-counts'
import { personNames } from './person-names'

export type BatchLine = {
  id: string
  name: string
  state: BatchState
  estate: { name: string; kind: 'lab' | 'live' }
  runbook: string
  zone: string
  waves: number
  createdAt: Date
  createdBy: string
  endedAt: Date | null
  counts: ItemCounts
}

export type BatchPage = {
  now: Date
  /** Where a live stream of the open batches goes on. */
  heads: Record<string, number>
  batches: BatchLine[]
  next: string | null
  total: Record<BatchState, number>
}

const PAGE = 25

/**
 * Batches newest first, 25 a page. `before` is the cursor that the page before gave as `next`: creation time and id,
 * so that a batch made meanwhile moves nothing.
 */
export async function listBatches(
  actor: Actor,
  input: { state?: BatchState; search?: string; before?: string } = {},
): Promise<BatchPage> {
  permit(actor, 'batches.read')
  const database = db()
  const cursor = readCursor(input.before)
  const heads = await chainsToFollow(actor, null)
  const [found, grouped] = await Promise.all([
    database.batch.findMany({
      where: {
        ...(input.state ? { state: input.state } : {}),
        ...(input.search ? { name: { contains: input.search, mode: 'insensitive' as const } } : {}),
        ...(cursor
          ? { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] }
          : {}),
      },
      include: { estate: true, runbookVersion: true, _count: { select: { waves: true } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: PAGE + 1,
    }),
    database.batch.groupBy({ by: ['state'], _count: { _all: true } }),
  ])
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  const [now, rows, nameOf] = await Promise.all([
    databaseNow(database),
    countPeople(
      database,
      page.map(batch => batch.id),
    ),
    personNames(
      database,
      page.map(batch => batch.createdById),
    ),
  ])
  const total: Record<BatchState, number> = { draft: 0, active: 0, done: 0, cancelled: 0 }
  for (const group of grouped) total[group.state] = group._count._all
  return {
    now,
    heads,
    batches: page.map(batch => ({
      id: batch.id,
      name: batch.name,
      state: batch.state,
      estate: { name: batch.estate.name, kind: batch.estate.kind },
      runbook: (batch.runbookVersion.definition as unknown as RunbookDefinition).title,
      zone: batch.zone,
      waves: batch._count.waves,
      createdAt: batch.createdAt,
      createdBy: nameOf(batch.createdById),
      endedAt: batch.endedAt,
      counts: addUp(rows.filter(row => row.batchId === batch.id)),
    })),
    next: found.length > PAGE && last ? `${last.createdAt.getTime()}.${last.id}` : null,
    total,
  }
}

function readCursor(text: string | undefined): { at: Date; id: string } | null {
  const found = /^(\d{1,15})\.([\w-]+)$/.exec(text ?? '')
  return found?.[1] && found[2] ? { at: new Date(Number(found[1])), id: found[2] } : null
}
