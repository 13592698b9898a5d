import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { approveWave } from '@/server/commands/approve-wave'
import { createBatch } from '@/server/commands/create-batch'
import { importFile } from '@/server/commands/import-file'
import { requestApproval } from '@/server/commands/request-approval'
import { db } from '@/server/store/client'
import { preparePerson, storePerson } from '@/server/store/new-person'
import type { Engine } from './engine'
import { seconds } from './figure'

/** The pool everybody is moved to. */
export const POOL = 'pool01.contoso.example'

export const upnsOf = (people: number, name = 'person'): string[] =>
  Array.from({ length: people }, (_, index) => `${name}${index}@contoso.example`)

/** Puts people into the lab, in pieces that its service takes. */
export async function addPeople(engine: Pick<Engine, 'lab'>, upns: readonly string[]): Promise<void> {
  for (let from = 0; from < upns.length; from += 1_000) {
    const people = upns.slice(from, from + 1_000).map(userPrincipalName => ({ userPrincipalName }))
    await engine.lab.post('/people', { people })
  }
}

export type Crossing = {
  /** From the approval until the last person was verified, less the time in which nobody had decided. */
  ms: number
  /** How long the wave stood before its second approval: Ferry asks for it only once the people before it are through. */
  undecidedMs: number
  /** Where the time went, in words. */
  parts: string[]
}

/**
 * Brings people into the lab and takes them across in one wave without a pilot. Reading them for the plan opens and warms
 * all sessions; the clock, which is the database's, runs from the first approval on. Where only some are `read`, the others
 * count as read before.
 */
export async function crossInOneWave(engine: Engine, people: number, read = people): Promise<Crossing> {
  const [lead, operator] = [await person('lead'), await person('operator')]
  const upns = upnsOf(people)
  await addPeople(engine, upns)
  const csv = ['UserPrincipalName,SipAddress', ...upns.map(upn => `${upn},sip:${upn}`)].join('\r\n')
  const { importId } = await importFile(lead, {
    estate: 'lab',
    runbook: 'sfb-return',
    fileName: 'people.csv',
    targetPool: POOL,
    source: Readable.from(Buffer.from(csv)),
  })
  const batch = await createBatch(lead, { importId, pilotSize: 0, waveSize: people })
  const waveId = batch.waves[0]?.id ?? ''
  await db().item.updateMany({ where: { waveId, position: { gte: read } }, data: { readAt: new Date() } })
  await until(async () => (await db().item.count({ where: { readAt: null } })) === 0)
  await requestApproval(lead, { waveId })
  await until(async () => {
    const wave = await db().wave.findUniqueOrThrow({ where: { id: waveId }, select: { state: true } })
    if (wave.state === 'awaiting_approval') await approveWave(operator, { waveId })
    return wave.state === 'done'
  })
  await proveAcross(people)
  return times(waveId)
}

async function proveAcross(people: number): Promise<void> {
  const done = await db().item.count({ where: { state: 'done' } })
  if (done !== people) throw new Error(`Of ${people} people, ${done} are done: this measures nothing.`)
}

async function times(waveId: string): Promise<Crossing> {
  const approvals = await db().approval.findMany({ where: { waveId }, orderBy: { requestedAt: 'asc' } })
  const [first, ...later] = approvals
  const last = await db().attempt.aggregate({ where: { waveId, kind: 'run' }, _max: { endedAt: true } })
  if (!first?.decidedAt || !last._max.endedAt) throw new Error('The wave was not measured from end to end.')
  const undecidedMs = later.reduce(
    (sum, { requestedAt, decidedAt }) => sum + (Number(decidedAt) - Number(requestedAt)),
    0,
  )
  const ms = Number(last._max.endedAt) - Number(first.decidedAt) - undecidedMs
  return { ms, undecidedMs, parts: await partsOf(waveId, first.decidedAt) }
}

/** How long each step took from the first of its attempts to the end of the last, and what lies between. */
async function partsOf(waveId: string, from: Date): Promise<string[]> {
  const steps = await db().$queryRaw<{ step: string; began: Date; ended: Date }[]>`
    SELECT "stepKey" AS "step", min("startedAt") AS "began", max("endedAt") AS "ended" FROM "attempt"
    WHERE "waveId" = ${waveId} AND "kind" IN ('run', 'barrier') GROUP BY 1 ORDER BY 2`
  let before = from
  return steps.map(({ step, began, ended }) => {
    const said = `${step}: ${seconds(Number(ended) - Number(began))}, begun ${Number(began) - Number(before)} ms after what is before it`
    before = ended
    return said
  })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  // Times come from the database, so that looking seldom costs the measured ones nothing.
  while (!(await holds())) await sleep(250)
}

async function person(role: Role): Promise<Actor> {
  const prepared = await preparePerson({
    name: role === 'lead' ? 'Megan Bowen' : 'Alex Wilber',
    email: `${role}@contoso.example`,
    roles: [role],
  })
  await db().$transaction(tx => storePerson(tx, prepared))
  return { kind: 'person', personId: prepared.user.id, name: prepared.user.name, roles: [role], via: 'cli' }
}
