import { instanceChain } from '@/domain/ledger/chain'
import type { ApprovalState } from '@/domain/lifecycle/approval'
import type { Actor } from '@/domain/people/actor'
import type { RunbookDefinition } from '@/runbooks/definition'
import { segmentsOf } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { databaseNow } from '@/server/store/wave-lock'
import { chainHeads } from './live'
import { personNames } from './person-names'

export type ApprovalLine = {
  id: string
  state: ApprovalState
  /** The runbook's word for what is asked: “Enable”, “Move”. */
  asks: string
  people: number
  planHash: string
  batch: { id: string; name: string; zone: string }
  wave: { id: string; name: string }
  estate: { name: string; kind: 'lab' | 'live' }
  askedBy: string
  /** Ferry asked for a later segment on behalf of `askedBy`. */
  bySystem: boolean
  askedAt: Date
  endsAt: Date
  note: string | null
  involvedIds: string[]
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  carvedOut: number
}

export type ApprovalInbox = {
  now: Date
  /** Where a live stream of the open batches goes on. */
  heads: Record<string, number>
  /** Every request that waits for a decision, the one that ends first on top. */
  open: ApprovalLine[]
  /** One page of what has been decided or has ended, newest first. */
  decided: ApprovalLine[]
  /** Give it as `before` for older ones; null when there are none. */
  next: string | null
}

const PAGE = 25

/** The approvals' inbox. `before` is the id of the last decided one on the page before. */
export async function listApprovals(actor: Actor, input: { before?: string } = {}): Promise<ApprovalInbox> {
  permit(actor, 'batches.read')
  const database = db()
  const batches = await database.batch.findMany({
    where: { state: { in: ['draft', 'active'] } },
    select: { id: true },
  })
  const heads = await chainHeads(database, [instanceChain, ...batches.map(batch => batch.id)])
  const include = {
    wave: { include: { batch: { include: { estate: true, runbookVersion: true } } } },
    _count: { select: { carveOuts: true } },
  } as const
  // A cursor that names no row would make an empty page out of a mistyped address.
  const from = input.before ? await database.approval.findUnique({ where: { id: input.before } }) : null
  const [now, open, found] = await Promise.all([
    databaseNow(database),
    database.approval.findMany({ where: { state: 'requested' }, include, orderBy: { endsAt: 'asc' } }),
    database.approval.findMany({
      where: { state: { not: 'requested' } },
      include,
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      take: PAGE + 1,
      ...(from ? { cursor: { id: from.id }, skip: 1 } : {}),
    }),
  ])
  const decided = found.slice(0, PAGE)
  const rows = [...open, ...decided]
  const nameOf = await personNames(
    database,
    rows.flatMap(row => [row.requestedById, row.decidedById]),
  )
  const line = (row: (typeof rows)[number]): ApprovalLine => {
    const { wave } = row
    const runbook = wave.batch.runbookVersion.definition as unknown as RunbookDefinition
    return {
      id: row.id,
      state: row.state,
      asks: segmentsOf(runbook)[row.segment]?.approval.asks ?? '',
      people: row.people,
      planHash: row.planHash,
      batch: { id: wave.batch.id, name: wave.batch.name, zone: wave.batch.zone },
      wave: { id: wave.id, name: wave.name },
      estate: { name: wave.batch.estate.name, kind: wave.batch.estate.kind },
      askedBy: nameOf(row.requestedById),
      bySystem: row.requestedBySystem,
      askedAt: row.requestedAt,
      endsAt: row.endsAt,
      note: row.requestNote,
      involvedIds: row.involvedIds,
      decidedBy: row.decidedById ? nameOf(row.decidedById) : null,
      decidedAt: row.decidedAt,
      reason: row.reason,
      carvedOut: row._count.carveOuts,
    }
  }
  return {
    now,
    heads,
    open: open.map(line),
    decided: decided.map(line),
    next: found.length > PAGE ? (decided.at(-1)?.id ?? null) : null,
  }
}

/** The wave of a request that still waits; refuses one that has been decided, withdrawn or has lapsed meanwhile. */
export async function waveOfOpenRequest(actor: Actor, approvalId: string): Promise<string> {
  permit(actor, 'batches.read')
  const row = await db().approval.findUnique({
    where: { id: approvalId },
    select: { waveId: true, state: true },
  })
  if (!row) throw new Refused('not_found', 'There is no such request.')
  if (row.state !== 'requested')
    throw new Refused('conflict', 'This request does not wait for a decision any more, so nothing was done.')
  return row.waveId
}
