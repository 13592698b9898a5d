import { fairRanks } from '@/domain/pacing/fair-order'
import { findStep } from '@/runbooks/segments'
import {
  type DueItem,
  type DueSync,
  dueItem,
  dueItems,
  dueSyncs,
  markQueued,
  queueStanding,
  unmarkQueued,
  unreadItems,
} from '@/server/queries/due-work'
import { db } from '@/server/store/client'
import type { WakeUp } from '@/server/store/outbox'
import { batchRunbook } from '@/server/store/runbook-versions'
import type { JobQueue, QueueBackend } from './backend'
import { type LaneJob, laneQueue, type WaveJob, waveQueue } from './names'

const BATCH = 500
/** Rows of the outbox that one round takes at most; a round that took as many may have left some. */
export const HANDED_ON_AT_ONCE = BATCH
/** Steps of people whose turn it is come before readings of people whose turn is later. */
const BEHIND = 90_000

/**
 * Hands what was committed to the queue: outbox rows, and people whom the sweeper finds due. At least once; what comes
 * twice finds its item leased or over and does nothing.
 */
export class Relay {
  private readonly queues = new Map<string, JobQueue<LaneJob | WaveJob>>()

  constructor(private readonly backend: QueueBackend) {}

  /** Takes a batch of outbox rows, hands it on and deletes it. Answers how many rows there were. */
  async handOn(): Promise<number> {
    return db().$transaction(
      async tx => {
        const rows = await tx.$queryRaw<
          { id: bigint; topic: WakeUp['topic']; payload: Record<string, string> }[]
        >`
          SELECT "id", "topic", "payload" FROM "outbox" WHERE "dueAt" IS NULL OR "dueAt" <= clock_timestamp()
          ORDER BY "id" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
        if (rows.length === 0) return 0
        const wakeUps = rows.map(row => ({ topic: row.topic, ...row.payload }) as WakeUp)
        await this.deliver(distinct(wakeUps))
        await tx.$executeRaw`DELETE FROM "outbox" WHERE "id" = ANY(${rows.map(row => row.id)}::bigint[])`
        return rows.length
      },
      { timeout: 60_000 },
    )
  }

  /** Queues people who are due or unread and have no wake-up on its way. Answers how many. */
  async queueDue(limit = BATCH): Promise<number> {
    const due = await dueItems(limit)
    const unread = await unreadItems(limit)
    await this.queueItems([...due, ...unread])
    return due.length + unread.length
  }

  async queueWave(waveId: string, later = false): Promise<void> {
    await this.add(waveQueue, [{ name: 'wave', data: { kind: 'wave', waveId, later } }])
  }

  /** Queues cycles that are wanted and due. */
  async queueSyncs(): Promise<void> {
    for (const sync of await dueSyncs()) await this.queueSync(sync)
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map(queue => queue.close().catch(() => undefined)))
  }

  private async queueSync({ syncRunId, estateId, round }: DueSync): Promise<void> {
    await this.add(laneQueue(estateId, 'sync'), [
      { name: 'sync', data: { kind: 'sync', syncRunId }, jobId: `sync-${syncRunId}-${round}`, priority: 1 },
    ])
  }

  private async deliver(wakeUps: readonly WakeUp[]): Promise<void> {
    for (const wakeUp of wakeUps) {
      switch (wakeUp.topic) {
        case 'wave':
          await this.queueWave(wakeUp.waveId)
          break
        case 'wave-later':
          await this.queueWave(wakeUp.waveId, true)
          break
        case 'wave-items':
          await this.drainWave(() => dueItems(BATCH, wakeUp.waveId))
          break
        case 'wave-readiness':
          await this.drainWave(() => unreadItems(BATCH, wakeUp.waveId))
          break
        case 'item':
          await this.queueItems(await dueItem(wakeUp.itemId))
          break
        case 'sync':
          for (const sync of await dueSyncs(wakeUp.syncRunId)) await this.queueSync(sync)
          break
        default:
          wakeUp satisfies never
      }
    }
  }

  private async drainWave(next: () => Promise<DueItem[]>): Promise<void> {
    for (;;) {
      const items = await next()
      await this.queueItems(items)
      if (items.length < BATCH) return
    }
  }

  private async queueItems(items: readonly DueItem[]): Promise<void> {
    if (items.length === 0) return
    const lanes = await laneNames(items)
    const byQueue = new Map<string, DueItem[]>()
    for (const item of items) {
      const lane = lanes.get(item.itemId)
      if (!lane) continue
      const name = laneQueue(item.estateId, lane)
      byQueue.set(name, [...(byQueue.get(name) ?? []), item])
    }
    for (const [name, group] of byQueue)
      for (const purpose of ['work', 'readiness'] as const)
        await this.queueInTurn(
          name,
          purpose,
          group.filter(item => item.purpose === purpose),
        )
  }

  /** Batches take turns in a lane; pilots and people put back by hand go ahead, readings for later stand behind. */
  private async queueInTurn(
    name: string,
    purpose: DueItem['purpose'],
    items: readonly DueItem[],
  ): Promise<void> {
    const [first] = items
    if (!first) return
    const ranks = fairRanks(
      items.map(item => ({ id: item.itemId, batchId: item.batchId, ahead: item.ahead })),
      await queueStanding(first.estateId, purpose === 'readiness'),
    )
    // Marked first: a worker may have begun before a mark that comes later, and would be marked for nothing.
    await markQueued(ranks)
    await this.add(
      name,
      items.map(item => ({
        name: item.purpose,
        data: { kind: 'item' as const, itemId: item.itemId, purpose: item.purpose },
        jobId: `${item.purpose}-${item.itemId}-${item.version}-${item.round}`,
        priority: (ranks.get(item.itemId) ?? 1) + (purpose === 'readiness' ? BEHIND : 0),
      })),
    ).catch(async (error: unknown) => {
      await unmarkQueued([...ranks.keys()])
      throw error
    })
  }

  private async add(
    name: string,
    jobs: Parameters<JobQueue<LaneJob | WaveJob>['addMany']>[0],
  ): Promise<void> {
    const queue = this.queues.get(name) ?? this.backend.queue<LaneJob | WaveJob>(name)
    this.queues.set(name, queue)
    await queue.addMany(jobs)
  }
}

function distinct(wakeUps: readonly WakeUp[]): WakeUp[] {
  return [...new Map(wakeUps.map(wakeUp => [JSON.stringify(wakeUp), wakeUp])).values()]
}

/** The lane each person's next step runs on; nobody for whom no step of a lane is due. */
async function laneNames(items: readonly DueItem[]): Promise<Map<string, string>> {
  const rows = await db().$queryRaw<{ id: string; runbookVersionId: string }[]>`
    SELECT i."id", b."runbookVersionId" FROM "item" i JOIN "batch" b ON b."id" = i."batchId" WHERE i."id" = ANY(${items.map(item => item.itemId)})`
  const versions = new Map(rows.map(row => [row.id, row.runbookVersionId]))
  const lanes = new Map<string, string>()
  for (const item of items) {
    const version = versions.get(item.itemId)
    if (!version) continue
    const runbook = await batchRunbook(db(), version)
    const step = item.stepKey === null ? null : findStep(runbook, item.stepKey)
    if (item.purpose === 'readiness') lanes.set(item.itemId, runbook.readiness.lane)
    else if (step?.kind === 'item') lanes.set(item.itemId, step.lane)
  }
  return lanes
}
