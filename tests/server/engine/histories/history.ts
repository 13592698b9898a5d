import { workSteps } from '@/runbooks/segments'
import { sfbReturn } from '@/runbooks/sfb-return/definition'
import { advanceWave } from '@/server/commands/advance-wave'
import { approveWave } from '@/server/commands/approve-wave'
import type { ReadbackOutcome, RunOutcome } from '@/server/commands/attempt-outcome'
import type { Work } from '@/server/commands/begin-attempt'
import { cancelBatch } from '@/server/commands/cancel-batch'
import { cancelWave } from '@/server/commands/cancel-wave'
import { closeBreaker } from '@/server/commands/close-breaker'
import { createBatch } from '@/server/commands/create-batch'
import { expireLeases } from '@/server/commands/expire-leases'
import { finishAttempt } from '@/server/commands/finish-attempt'
import { finishReadback } from '@/server/commands/finish-readback'
import { beginApply, beginVerify } from '@/server/commands/hold-lease'
import { holdWork } from '@/server/commands/hold-work'
import { importFile } from '@/server/commands/import-file'
import { openGate } from '@/server/commands/open-gate'
import { rejectWave } from '@/server/commands/reject-wave'
import { releaseWork } from '@/server/commands/release-work'
import { requestApproval } from '@/server/commands/request-approval'
import { resolveUnknown } from '@/server/commands/resolve-unknown'
import { resumeLane } from '@/server/commands/resume-lane'
import { retryItems } from '@/server/commands/retry-items'
import {
  beginSync,
  endSync,
  markSyncLooking,
  markSyncStarted,
  postponeSync,
  type SyncWork,
} from '@/server/commands/run-sync'
import { skipItem } from '@/server/commands/skip-item'
import { breakersNow } from '@/server/queries/breakers'
import { dueSyncs } from '@/server/queries/due-work'
import { db } from '@/server/store/client'
import { bytesOf } from '../../import/instance'
import { begin, type Engine, makeDue, phase } from '../instance'
import type { Dice } from './dice'
import { isHeld } from './invariants'

/** A worker's piece of work, and how far it has come. A stale one stays in the list: what it writes must not count. */
type Flight = { work: Work; stage: 'probing' | 'applying' | 'verifying' }

const before = { HostingProvider: 'sipfed', RegistrarPool: '' }
const reason = 'By dice'
const ownSteps = workSteps(sfbReturn).flatMap(({ step }) => (step.kind === 'item' ? [step.key] : []))

/** People, workers and commands, moved by dice. One call of `step` is one command or one phase of a worker's work. */
export class History {
  private readonly flights: Flight[] = []
  private sync: { work: SyncWork; stage: number } | null = null
  people = 0

  constructor(
    private readonly engine: Engine,
    private readonly dice: Dice,
  ) {}

  async addBatch(name: string, people: number): Promise<void> {
    const rows = Array.from({ length: people }, (_, n) => {
      const who = `${name}${n}`
      return `sip:${who}@contoso.example,Person ${who},${who}@contoso.example`
    })
    const { importId } = await importFile(this.engine.lead, {
      estate: 'lab',
      runbook: 'sfb-return',
      fileName: `${name}.csv`,
      source: bytesOf(['SipAddress,DisplayName,UserPrincipalName', ...rows].join('\n')),
    })
    await createBatch(this.engine.lead, {
      importId,
      targetPool: 'pool01.contoso.example',
      pilotSize: 2,
      waveSize: 4,
    })
    await db().item.updateMany({ data: { readAt: new Date() } })
    this.people += people
  }

  /** Does one thing and answers what; a refusal is an answer like any other. Throws where the engine broke a promise. */
  async step(): Promise<string> {
    const move = this.dice.weighed<() => Promise<string>>([
      [24, () => this.beginSomebody()],
      [34, () => this.proceed()],
      [3, () => this.loseWorker()],
      [14, () => this.advance()],
      [10, () => this.decide()],
      [12, () => this.moveSync()],
      [1.5, () => this.holdOrRelease()],
      [4, () => this.retry()],
      [1, () => this.skip()],
      [2, () => this.resolve()],
      [2, () => this.reopen()],
      [6, () => this.passTime()],
      [0.3, () => this.cancel()],
      [0.15, () => this.cancelAll()],
    ])
    return move()
  }

  private async anItem(where: object): Promise<string | null> {
    const items = await db().item.findMany({ where, select: { id: true }, orderBy: { identity: 'asc' } })
    return this.dice.pick(items)?.id ?? null
  }

  private async aWave(where: object = {}): Promise<string | null> {
    const waves = await db().wave.findMany({
      where,
      select: { id: true },
      orderBy: [{ batch: { name: 'asc' } }, { position: 'asc' }],
    })
    return this.dice.pick(waves)?.id ?? null
  }

  private async beginSomebody(): Promise<string> {
    // Mostly those who are due at a step of their own, and now and then somebody who is not.
    const due = { state: { in: ['waiting' as const, 'unknown' as const] }, stepKey: { in: ownSteps } }
    const somebody = this.dice.roll() < 0.95 ? due : {}
    if (this.dice.roll() < 0.3) await this.passTime()
    const id = await this.anItem(somebody)
    if (!id) return 'nobody to begin'
    const held = await isHeld(id, this.engine.sfb.laneId)
    const item = await db().item.findUniqueOrThrow({ where: { id } })
    const stopped = await db().breaker.count({
      where: { state: { not: 'closed' }, scope: 'harmed', targetId: item.batchId },
    })
    const harmed = await db().item.count({ where: { batchId: item.batchId, harmed: true } })
    const lane = await db().lane.findUniqueOrThrow({ where: { id: this.engine.sfb.laneId } })
    const work = await begin(this.engine, id)
    if ('skip' in work) return `begin ${id}: ${work.skip}`
    if (work.kind === 'run' && held) throw new Error(`${id} began although it was held`)
    if (work.kind === 'run' && stopped > 0 && harmed >= 3)
      throw new Error(`${id} began although too many were harmed`)
    if (lane.stoppedAt) throw new Error(`${id} began on a stopped lane`)
    if ((work.kind === 'readback') !== (item.state === 'unknown'))
      throw new Error(`${id} began as ${work.kind}`)
    this.flights.push({ work, stage: 'probing' })
    return `begin ${work.kind} of ${id}`
  }

  private async proceed(): Promise<string> {
    const flight = this.dice.pick(this.flights)
    if (!flight) return this.beginSomebody()
    try {
      return await this.proceedWith(flight)
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'LeaseLost') throw error
      this.land(flight)
      return `${flight.work.itemId}: stale, nothing written`
    }
  }

  private async proceedWith(flight: Flight): Promise<string> {
    const { work } = flight
    if (work.kind === 'readback') {
      this.land(flight)
      const said = this.dice.weighed<ReadbackOutcome['said']>([
        [4, 'done'],
        [4, 'needed'],
        [2, 'failed'],
        [1, 'blocked'],
      ])
      await finishReadback(work, { said, reason: 'By dice.', facts: before })
      return `read back ${work.itemId}: ${said}`
    }
    if (flight.stage === 'probing') {
      if (this.dice.roll() < 0.3) {
        this.land(flight)
        return this.finish(work, this.harmless())
      }
      const go = await beginApply(work, work.scripts.apply ?? '')
      if (go.go) {
        flight.stage = 'applying'
        return `change of ${work.itemId} sent`
      }
      this.land(flight)
      return this.finish(work, { kind: 'lost', reason: go.why })
    }
    if (flight.stage === 'applying') {
      await beginVerify(work)
      flight.stage = 'verifying'
      return `change of ${work.itemId} answered`
    }
    this.land(flight)
    const after = this.dice.roll() < 0.8 ? before : { ...before, HostingProvider: 'SRV:' }
    const told = { reason: 'By dice.', errorClass: 'PRECONDITION', signature: 'dice', before }
    const refused = { ...told, errorClass: 'FATAL', scope: 'estate', askedSeconds: null } as const
    const outcome = this.dice.weighed<RunOutcome>([
      [8, { kind: 'done', reason: 'Seen.', before, after: null, seconds: 1 }],
      [2, { kind: 'unknown', reason: 'The shell was lost.', before }],
      [0.5, { kind: 'unknown', reason: 'The script was refused.', before, failure: refused }],
      [1, { kind: 'failed', scope: 'item', ...told }],
      [0.2, { kind: 'failed', scope: 'credential', ...told, errorClass: 'AUTH' }],
      [1, { kind: 'blocked', ...told }],
      [1, { kind: 'retry', delaySeconds: 1, counts: true, ...told, errorClass: 'TRANSIENT' }],
    ])
    if (outcome.kind !== 'done' && outcome.kind !== 'unknown')
      await phase(work, 'verify', { state: 'needed', reason: 'half: between', facts: after })
    return this.finish(work, outcome)
  }

  private harmless(): RunOutcome {
    const told = { reason: 'By dice.', signature: 'dice', before }
    return this.dice.weighed<RunOutcome>([
      [3, { kind: 'no_change', reason: 'There already.', before }],
      [2, { kind: 'blocked', errorClass: 'PRECONDITION', ...told }],
      [2, { kind: 'retry', errorClass: 'SESSION_LOST', delaySeconds: 1, counts: true, ...told }],
      [
        1,
        { kind: 'retry', errorClass: 'THROTTLED', delaySeconds: 1, counts: true, askedSeconds: 1, ...told },
      ],
      [1, { kind: 'lost', reason: 'A hold came.' }],
    ])
  }

  private async finish(work: Work, outcome: RunOutcome): Promise<string> {
    await finishAttempt(work, outcome)
    return `${work.itemId} ended ${outcome.kind}`
  }

  private land(flight: Flight): void {
    this.flights.splice(this.flights.indexOf(flight), 1)
  }

  private async loseWorker(): Promise<string> {
    const flight = this.dice.pick(this.flights)
    if (!flight) return 'no worker to lose'
    await db().$executeRaw`
      UPDATE "attempt" SET "leaseUntil" = clock_timestamp() - interval '1 second' WHERE "id" = ${flight.work.attemptId} AND "endedAt" IS NULL`
    return `${await expireLeases()} leases expired`
  }

  private async advance(): Promise<string> {
    // Mostly one that is under way.
    const id = await this.aWave(
      this.dice.roll() < 0.8 ? { state: { in: ['approved', 'running', 'syncing'] } } : {},
    )
    if (id) await advanceWave(id)
    return `advance ${id}`
  }

  private async decide(): Promise<string> {
    const asked = await this.aWave({ state: 'awaiting_approval' })
    if (asked && this.dice.roll() < 0.6) {
      if (this.dice.roll() < 0.1) await rejectWave(this.engine.operator, { waveId: asked, reason })
      else await approveWave(this.engine.operator, { waveId: asked, carveOuts: await this.carved(asked) })
      return `decided ${asked}`
    }
    const draft = await this.aWave({ state: 'draft' })
    if (!draft) return this.advance()
    await requestApproval(this.engine.lead, { waveId: draft })
    return `asked for ${draft}`
  }

  /** Now and then an approval leaves somebody out. */
  private async carved(waveId: string): Promise<{ upn: string; reason: string }[]> {
    if (this.dice.roll() < 0.7) return []
    const items = await db().item.findMany({
      where: { waveId, state: { in: ['not_started', 'waiting'] } },
      orderBy: { identity: 'asc' },
    })
    const upn = this.dice.pick(items)?.upn
    return items.length > 1 && upn ? [{ upn, reason }] : []
  }

  private async moveSync(): Promise<string> {
    await db().$executeRaw`UPDATE "sync_run" SET "dueAt" = NULL`
    if (!this.sync) {
      const due = this.dice.pick(await dueSyncs())
      if (!due) return this.advance()
      const work = await beginSync({ syncRunId: due.syncRunId, workerId: 'wrk_test', seatId: 'set_sync' })
      if ('skip' in work) return `sync: ${work.skip}`
      this.sync = { work, stage: 0 }
      return 'sync begun'
    }
    const { work, stage } = this.sync
    if (this.dice.roll() < 0.1) {
      this.sync = null
      await postponeSync(work, { reason: 'By dice.', seconds: 0, as: 'poll' })
      return 'sync put off'
    }
    this.sync.stage++
    if (stage === 0) {
      const start = await markSyncStarted(work)
      if (typeof start === 'object') {
        this.sync = null
        await postponeSync(work, { reason: start.held, seconds: 0, as: 'poll' })
        return 'sync held'
      }
    }
    if (stage === 1) await markSyncLooking(work)
    else {
      this.sync = null
      await endSync(work)
    }
    return `sync at ${stage}`
  }

  private async holdOrRelease(): Promise<string> {
    const standing = this.dice.pick(
      await db().hold.findMany({ where: { releasedAt: null }, orderBy: { heldAt: 'asc' } }),
    )
    if (standing && this.dice.roll() < 0.85) {
      await releaseWork(this.engine.operator, { scope: standing.scope, targetId: standing.targetId, reason })
      return `released ${standing.scope}`
    }
    const item = await db().item.findUniqueOrThrow({ where: { id: (await this.anItem({})) ?? '' } })
    const on = this.dice.pick([
      { scope: 'everything' as const },
      { scope: 'lane' as const, targetId: this.engine.sfb.laneId },
      { scope: 'batch' as const, targetId: item.batchId },
      { scope: 'wave' as const, targetId: item.waveId },
      { scope: 'item' as const, targetId: item.id },
    ])
    if (on) await holdWork(this.engine.operator, { ...on, reason })
    return `held ${on?.scope}`
  }

  private async retry(): Promise<string> {
    const stuck = await db().item.findMany({
      where: { state: { in: ['needs_person', 'failed'] } },
      orderBy: { identity: 'asc' },
    })
    const one = this.dice.pick(stuck)
    if (!one) return this.advance()
    const filter = { states: ['needs_person' as const, 'failed' as const] }
    const whom = this.dice.roll() < 0.5 ? { itemIds: [one.id] } : { filter }
    const { touched } = await retryItems(this.engine.operator, { batchId: one.batchId, ...whom, reason })
    return `retried ${touched}`
  }

  private async skip(): Promise<string> {
    const itemId = await this.anItem({})
    if (itemId) await skipItem(this.engine.operator, { itemId, reason })
    return `skipped ${itemId}`
  }

  private async resolve(): Promise<string> {
    const itemId = await this.anItem({ state: 'unknown' })
    if (itemId) await resolveUnknown(this.engine.operator, { itemId, reason })
    return `resolved ${itemId}`
  }

  /** What only a person lets go on: gates, breakers, stopped lanes. */
  private async reopen(): Promise<string> {
    const breaker = this.dice.pick(await breakersNow(this.engine.operator))
    if (breaker) await closeBreaker(this.engine.operator, { breakerId: breaker.id, reason })
    const lane = await db().lane.findFirst({ where: { stoppedAt: { not: null } } })
    if (lane) await resumeLane(this.engine.operator, { laneId: lane.id, reason })
    const waveId = await this.aWave({ isPilot: false, gateOpenedAt: null })
    if (waveId) await openGate(this.engine.operator, { waveId, reason })
    return 'reopened'
  }

  private async passTime(): Promise<string> {
    await makeDue()
    await db()
      .$executeRaw`UPDATE "breaker" SET "probeAt" = clock_timestamp() - interval '1 second' WHERE "probeAt" IS NOT NULL`
    await db()
      .$executeRaw`UPDATE "pace" SET "notBefore" = "notBefore" - interval '1 minute', "changedAt" = "changedAt" - interval '1 minute'`
    await db().$executeRaw`UPDATE "sync_run" SET "dueAt" = NULL`
    return 'time passed'
  }

  private async cancel(): Promise<string> {
    const waveId = await this.aWave({ isPilot: false })
    if (waveId) await cancelWave(this.engine.lead, { waveId, reason })
    return `cancelled ${waveId}`
  }

  /** Only where somebody is across already: an end right after the beginning would leave little to look at. */
  private async cancelAll(): Promise<string> {
    const begun = { waves: { some: { items: { some: { state: 'done' as const } } } } }
    const batch = this.dice.pick(await db().batch.findMany({ where: begun, orderBy: { name: 'asc' } }))
    if (batch) await cancelBatch(this.engine.lead, { batchId: batch.id, reason })
    return `cancelled all of ${batch?.name}`
  }
}
