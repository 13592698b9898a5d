import type { LoggedApproval, LoggedPerson, LoggedRun } from '@/domain/export/batch-lines'
import type { ItemState } from '@/domain/lifecycle/item'
import type { Prisma } from '@/generated/prisma/client'
import type { Tx } from '@/server/store/ledger'
import { targetPoolOf } from '@/server/store/step-values'
import { personNames } from './person-names'

type Attempt = Prisma.AttemptGetPayload<{ include: { phases: true } }>
type Batch = Prisma.BatchGetPayload<{
  include: { runbookVersion: true; waves: { include: { approvals: true } } }
}>
type Script = { name: string; text: string; hash: string }

/** What the log of a batch is made of, read page by page; names and script texts are kept, since they repeat. */
export class BatchLog {
  readonly #tx: Tx
  readonly #batch: Batch
  readonly #scripts = new Map<string, Script>()
  readonly #workers = new Map<string, string>()
  readonly #importName: string | null
  readonly nameOf: (id: string | null | undefined) => string
  readonly now: Date

  private constructor(
    tx: Tx,
    read: { batch: Batch; importName: string | null; nameOf: BatchLog['nameOf']; now: Date },
  ) {
    this.#tx = tx
    this.#batch = read.batch
    this.#importName = read.importName
    this.nameOf = read.nameOf
    this.now = read.now
  }

  static async open(tx: Tx, batchId: string): Promise<BatchLog> {
    const batch = await tx.batch.findUniqueOrThrow({
      where: { id: batchId },
      include: {
        runbookVersion: true,
        waves: {
          include: { approvals: { orderBy: { requestedAt: 'asc' } } },
          orderBy: { position: 'asc' },
        },
      },
    })
    const file = batch.importId
      ? await tx.importFile.findUnique({ where: { id: batch.importId }, select: { name: true } })
      : null
    // All people with an account: few, and every name in the log is one of them.
    const everybody = await tx.user.findMany({ select: { id: true } })
    const nameOf = await personNames(
      tx,
      everybody.map(({ id }) => id),
    )
    const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS "now"`
    return new BatchLog(tx, {
      batch,
      importName: file?.name ?? null,
      nameOf,
      now: rows[0]?.now ?? new Date(Number.NaN),
    })
  }

  get runbook(): string {
    return `${this.#batch.runbookVersion.runbook} ${this.#batch.runbookVersion.version}`
  }

  /** The next people in the order of the batch, after a position. */
  async people(
    where: Prisma.Sql,
    after: number,
    limit: number,
  ): Promise<(Omit<LoggedPerson, 'attempts'> & { id: string; state: ItemState })[]> {
    const found = await this.#tx.$queryRaw<{ id: string }[]>`
      SELECT i."id" FROM "item" i WHERE ${where} AND i."position" > ${after} ORDER BY i."position" LIMIT ${limit}`
    const ids = found.map(({ id }) => id)
    const [items, carved] = await Promise.all([
      this.#tx.item.findMany({
        where: { id: { in: ids } },
        include: { snapshots: true },
        orderBy: { position: 'asc' },
      }),
      this.#tx.carveOut.findMany({ where: { itemId: { in: ids } }, orderBy: { at: 'asc' } }),
    ])
    const carveOuts = new Map(carved.map(one => [one.itemId, one]))
    return items.map(item => {
      const wave = this.#batch.waves.find(({ id }) => id === item.waveId)
      const out = carveOuts.get(item.id)
      return {
        id: item.id,
        position: item.position,
        wave: wave?.name ?? item.waveId,
        displayName: item.displayName,
        sipAddress: item.sipAddress,
        upn: item.upn,
        targetPool: targetPoolOf({ item, batch: this.#batch }),
        state: item.state,
        reason: item.reason,
        importedFrom:
          item.importRow === null ? null : `${this.#importName ?? 'import'}, row ${item.importRow}`,
        accepted: item.acceptedById
          ? { by: this.nameOf(item.acceptedById), reason: item.acceptedReason }
          : null,
        carvedOut: out ? { by: this.nameOf(out.byId), reason: out.reason, at: out.at } : null,
        approvals: this.#approvalsOf(item.waveId),
        snapshots: item.snapshots,
      }
    })
  }

  /** What ran for each of the people, in the order it ran. */
  async runsOf(attempts: ReadonlyMap<string, Attempt[]>): Promise<Map<string, LoggedRun[]>> {
    await this.#readScripts([...attempts.values()].flat())
    return new Map([...attempts].map(([id, list]) => [id, list.flatMap(attempt => this.#runs(attempt))]))
  }

  /** What waves ran for everybody in them, such as a sync cycle: by the wave's name. */
  async waveRuns(waveId: string | undefined): Promise<[string, LoggedRun[]][]> {
    const runs: [string, LoggedRun[]][] = []
    for (const wave of this.#batch.waves) {
      if (waveId !== undefined && wave.id !== waveId) continue
      const attempts = await this.#tx.attempt.findMany({
        where: { waveId: wave.id, itemId: null },
        include: { phases: { orderBy: { position: 'asc' } } },
        orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
      })
      await this.#readScripts(attempts)
      runs.push([wave.name, attempts.flatMap(attempt => this.#runs(attempt))])
    }
    return runs
  }

  #approvalsOf(waveId: string): LoggedApproval[] {
    const wave = this.#batch.waves.find(({ id }) => id === waveId)
    return (wave?.approvals ?? []).map(one => ({
      segment: one.segment,
      state: one.state,
      askedBy: `${this.nameOf(one.requestedById)}${one.requestedBySystem ? ' (asked by Ferry on their behalf)' : ''}`,
      askedAt: one.requestedAt,
      note: one.requestNote,
      decidedBy: one.decidedById ? this.nameOf(one.decidedById) : null,
      decidedAt: one.decidedAt,
      decidedVia: one.decidedVia,
      reason: one.reason,
      planHash: one.planHash,
    }))
  }

  /** An attempt that was lost before a script ran still has its line. */
  #runs(attempt: Attempt): LoggedRun[] {
    const common = {
      step: attempt.stepKey,
      attempt: attempt.number,
      kind: attempt.kind,
      attemptState: attempt.state,
      attemptReason: attempt.reason,
      worker: attempt.workerId && (this.#workers.get(attempt.workerId) ?? attempt.workerId),
    }
    if (attempt.phases.length === 0) {
      return [
        {
          ...common,
          phase: null,
          startedAt: attempt.startedAt,
          endedAt: attempt.endedAt,
          script: null,
          values: {},
          result: null,
          loss: null,
          errors: [],
          warnings: [],
          verbose: [],
          information: [],
          dropped: null,
        },
      ]
    }
    return attempt.phases.map(phase => ({
      ...common,
      phase: phase.phase,
      startedAt: phase.startedAt,
      endedAt: phase.endedAt,
      script: this.#scripts.get(phase.scriptHash) ?? null,
      values: phase.values as Record<string, unknown>,
      result: phase.result,
      loss: phase.loss,
      errors: phase.errors,
      warnings: phase.warnings,
      verbose: phase.verbose,
      information: phase.information,
      dropped: phase.dropped,
    }))
  }

  async #readScripts(attempts: readonly Attempt[]): Promise<void> {
    const hashes = new Set(attempts.flatMap(({ phases }) => phases.map(({ scriptHash }) => scriptHash)))
    const missing = [...hashes].filter(hash => !this.#scripts.has(hash))
    const workers = new Set(attempts.flatMap(({ workerId }) => (workerId ? [workerId] : [])))
    const unknown = [...workers].filter(id => !this.#workers.has(id))
    if (missing.length > 0) {
      const found = await this.#tx.script.findMany({ where: { hash: { in: missing } } })
      for (const script of found) this.#scripts.set(script.hash, script)
    }
    if (unknown.length > 0) {
      const found = await this.#tx.worker.findMany({ where: { id: { in: unknown } } })
      for (const worker of found) this.#workers.set(worker.id, worker.name)
    }
  }
}

/** Every attempt on these people with its script runs, oldest first. */
export async function attemptsOf(tx: Tx, itemIds: readonly string[]): Promise<Map<string, Attempt[]>> {
  const attempts = await tx.attempt.findMany({
    where: { itemId: { in: [...itemIds] } },
    include: { phases: { orderBy: { position: 'asc' } } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  })
  const byItem = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    if (attempt.itemId === null) continue
    const list = byItem.get(attempt.itemId) ?? []
    list.push(attempt)
    byItem.set(attempt.itemId, list)
  }
  return byItem
}
