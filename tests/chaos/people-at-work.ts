import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { approveWave } from '@/server/commands/approve-wave'
import { closeBreaker } from '@/server/commands/close-breaker'
import { createBatch } from '@/server/commands/create-batch'
import { importFile } from '@/server/commands/import-file'
import { openGate } from '@/server/commands/open-gate'
import { Refused } from '@/server/commands/refused'
import { requestApproval } from '@/server/commands/request-approval'
import { retryItems } from '@/server/commands/retry-items'
import { db } from '@/server/store/client'
import { preparePerson, storePerson } from '@/server/store/new-person'
import type { LabUnderTest } from './lab'
import { patiently } from './patience'

const POOL = 'pool01.contoso.example'
const PILOT = 3
const REASON = 'The fault is over.'

/**
 * A lead who brings batch after batch, and an operator who approves, opens gates and retries what failed: what people
 * would do, by the commands that their screens call.
 */
export class PeopleAtWork {
  /** User principal names of everybody who was brought. */
  readonly brought: string[] = []
  #batches = 0

  private constructor(
    private readonly lab: LabUnderTest,
    private readonly lead: Actor,
    private readonly operator: Actor,
  ) {}

  static async arrive(lab: LabUnderTest): Promise<PeopleAtWork> {
    return new PeopleAtWork(lab, await person('lead'), await person('operator'))
  }

  /** Brings one more batch of `people`, in a pilot and two waves. */
  async bring(people: number): Promise<void> {
    const number = ++this.#batches
    const rows = Array.from({ length: people }, (_, index) => `person${number}.${index}@contoso.example`)
    await this.lab.addPeople(rows.map(userPrincipalName => ({ userPrincipalName })))
    const csv = ['UserPrincipalName,SipAddress', ...rows.map(upn => `${upn},sip:${upn}`)].join('\r\n')
    await patiently(async () => {
      const name = `Batch ${number}`
      if (await db().batch.findFirst({ where: { name } })) return
      const judged = await importFile(this.lead, {
        estate: 'lab',
        runbook: 'sfb-return',
        fileName: `batch-${number}.csv`,
        targetPool: POOL,
        source: Readable.from(Buffer.from(csv)),
        again: true,
      })
      await createBatch(this.lead, {
        importId: judged.importId,
        name,
        pilotSize: PILOT,
        waveSize: Math.ceil((people - PILOT) / 2),
      })
    })
    this.brought.push(...rows)
  }

  /** One look at the screens: asks for approval, approves, opens gates, closes breakers, retries. Failures come again at the next look. */
  async look(): Promise<void> {
    try {
      await this.#askForApproval()
      await this.#approve()
      await this.#openGates()
      await this.#closeBreakers()
      await this.#retry()
    } catch {
      await sleep(500)
    }
  }

  async open(): Promise<number> {
    return patiently(() =>
      db().item.count({ where: { state: { notIn: ['done', 'no_change', 'left_out'] } } }),
    )
  }

  async #askForApproval(): Promise<void> {
    const waves = await db().$queryRaw<{ id: string }[]>`
      SELECT w."id" FROM "wave" w WHERE w."state" = 'draft'
        AND NOT EXISTS (SELECT 1 FROM "item" i WHERE i."waveId" = w."id" AND i."readAt" IS NULL AND i."state" = 'not_started')`
    for (const { id } of waves) await this.#try(() => requestApproval(this.lead, { waveId: id }))
  }

  async #approve(): Promise<void> {
    const waves = await db().wave.findMany({ where: { state: 'awaiting_approval' }, select: { id: true } })
    for (const { id } of waves) await this.#try(() => approveWave(this.operator, { waveId: id }))
  }

  /** A pilot of which somebody failed holds the rest back until a person says otherwise. */
  async #openGates(): Promise<void> {
    const waves = await db().$queryRaw<{ id: string }[]>`
      SELECT w."id" FROM "wave" w WHERE w."isPilot" AND w."gateOpenedAt" IS NULL AND w."startedAt" IS NOT NULL
        AND EXISTS (SELECT 1 FROM "item" i WHERE i."waveId" = w."id" AND i."state" IN ('failed', 'needs_person'))`
    for (const { id } of waves) await this.#try(() => openGate(this.operator, { waveId: id, reason: REASON }))
  }

  /** Only the breakers that try nobody by themselves: harmed people, and a credential that was refused. */
  async #closeBreakers(): Promise<void> {
    const open = await db().breaker.findMany({
      where: { state: 'open', probeAt: null },
      select: { id: true },
    })
    for (const { id } of open)
      await this.#try(() => closeBreaker(this.operator, { breakerId: id, reason: REASON }))
  }

  async #retry(): Promise<void> {
    const items = await db().item.findMany({
      where: { state: { in: ['failed', 'needs_person'] } },
      select: { id: true, batchId: true },
    })
    const batches = new Map<string, string[]>()
    for (const { id, batchId } of items) batches.set(batchId, [...(batches.get(batchId) ?? []), id])
    for (const [batchId, itemIds] of batches)
      await this.#try(() => retryItems(this.operator, { batchId, itemIds, reason: REASON }))
  }

  /** What is refused now may be granted later; anything else ends this look. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
    })
  }
}

async function person(role: Role): Promise<Actor> {
  const prepared = await preparePerson({
    name: role === 'lead' ? 'Megan Bowen' : 'Alex Wilber',
    email: `${role}@contoso.example`,
    roles: [role],
  })
  await patiently(() => db().$transaction(tx => storePerson(tx, prepared)))
  return { kind: 'person', personId: prepared.user.id, name: prepared.user.name, roles: [role], via: 'cli' }
}
