import type { ImportState } from '@/domain/import/states'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { importState } from './import-state'

export type ImportListEntry = {
  id: string
  name: string
  state: ImportState
  estate: { id: string; name: string; kind: 'lab' | 'live' }
  createdBy: string
  createdAt: Date
  rowsRead: number
  ready: number
  flagged: number
  refused: number
  leftOut: number
  batchId: string | null
}

/** Imports, newest first; `before` is the id of the last one on the page before. Discarded ones only when asked for. */
export async function importList(
  actor: Actor,
  options: { before?: string; limit?: number; discarded?: boolean } = {},
): Promise<ImportListEntry[]> {
  permit(actor, 'batches.read')
  const files = await db().importFile.findMany({
    where: options.discarded ? {} : { state: { not: 'discarded' } },
    include: { estate: { select: { id: true, name: true, kind: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: Math.min(options.limit ?? 50, 200),
    ...(options.before ? { cursor: { id: options.before }, skip: 1 } : {}),
  })
  const people = await db().user.findMany({
    where: { id: { in: files.map(({ createdById }) => createdById) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return files.map(file => ({
    id: file.id,
    name: file.name,
    state: importState(file.state),
    estate: file.estate,
    createdBy: names.get(file.createdById) ?? file.createdById,
    createdAt: file.createdAt,
    rowsRead: file.rowsRead,
    ready: file.ready,
    flagged: file.flagged,
    refused: file.refused,
    leftOut: file.leftOut,
    batchId: file.batchId,
  }))
}
