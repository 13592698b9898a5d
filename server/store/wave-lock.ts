import type { ApprovalState, BatchState, WaveState } from '@/generated/prisma/enums'
import { Refused } from '@/server/commands/refused'
import type { Tx } from './ledger'

export type LockedWave = {
  id: string
  batchId: string
  position: number
  name: string
  isPilot: boolean
  state: WaveState
  segment: number
  gateOpenedAt: Date | null
  editedByIds: string[]
  syncRunId: string | null
  syncingSince: Date | null
  startedAt: Date | null
  window: unknown
  cutOffAt: Date | null
  pausedUntil: Date | null
  batch: {
    id: string
    name: string
    state: BatchState
    estateId: string
    zone: string
    runbookVersionId: string
    targetPool: string | null
    importId: string | null
    createdById: string
  }
}

/** The wave with its row locked until the transaction ends; what every change of a wave begins with. */
export async function lockWave(tx: Tx, waveId: string): Promise<LockedWave> {
  const locked = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "wave" WHERE "id" = ${waveId} FOR UPDATE`
  if (!locked[0]) throw new Refused('not_found', `There is no wave ${waveId}.`)
  return tx.wave.findUniqueOrThrow({ where: { id: waveId }, include: { batch: true } })
}

export type OpenApproval = {
  id: string
  segment: number
  planId: string
  planHash: string
  people: number
  state: ApprovalState
  requestedById: string
  involvedIds: string[]
  endsAt: Date
}

/** The wave's open request or unspent approval, if there is one; its row is locked. */
export async function lockOpenApproval(tx: Tx, waveId: string): Promise<OpenApproval | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "approval" WHERE "waveId" = ${waveId} AND "state" IN ('requested', 'approved') FOR UPDATE`
  const id = rows[0]?.id
  return id ? tx.approval.findUniqueOrThrow({ where: { id } }) : null
}

/** The database's clock (rule 19). */
export async function databaseNow(tx: Tx): Promise<Date> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`
  const now = rows[0]?.now
  if (!now) throw new Error('The database did not say what time it is.')
  return now
}
