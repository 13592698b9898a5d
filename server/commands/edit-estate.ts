import type { Actor } from '@/domain/people/actor'
import { estateSettingText, estateSettingWord } from '@/domain/wording/estate-settings'
import { listOf, shortList } from '@/domain/wording/list'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { type EstateAtWork, estateAtWork } from '@/server/store/estate-at-work'
import {
  type EstateSettings,
  plannedSettings,
  settingsMark,
  settingsOf,
  waitingSettings,
} from '@/server/store/estate-settings'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { settingsFaults } from './estate-settings-faults'
import { Refused } from './refused'
import { voidChangedApprovals } from './void-changed-approvals'

export type EditEstate = {
  estateId: string
  /** What is to be different; what is left out stays. Sessions and sign-ins are named by their credential. */
  settings: Partial<EstateSettings>
  /** The mark of the settings that were looked at; where it is given, others are not overwritten. */
  seen?: string
  reason: string
  /** On a LIVE estate that is switched on: its name, typed. */
  estateName?: string
}

type Change = { before: string; after: string }

/**
 * Changes an estate after it was described. Name and kind stay: lanes are named by the one and everything approved so far
 * rests on the other. Requests and approvals whose plan holds a changed value become void, and whoever edits is not their
 * next approver. Throws Refused with the reason: not permitted, a value is wrong, it changed meanwhile, a pool or a
 * domain is in use, or waves at work rest on what would change.
 */
export async function editEstate(
  actor: Actor,
  input: EditEstate,
): Promise<{ changed: string[]; voided: number }> {
  const personId = permitPerson(actor, 'estates.write')
  const reason = input.reason.trim()
  if (reason === '')
    throw new Refused('invalid', 'Changing an estate needs a reason, which stays in the ledger.')
  return db().$transaction(
    async tx => {
      await tx.$queryRaw`SELECT "id" FROM "estate" WHERE "id" = ${input.estateId} FOR UPDATE`
      const estate = await tx.estate.findUnique({
        where: { id: input.estateId },
        include: { credentials: { orderBy: { name: 'asc' } } },
      })
      if (!estate) throw new Refused('not_found', `There is no estate ${input.estateId}.`)
      const before = settingsOf(estate)
      if (input.seen !== undefined && input.seen !== settingsMark(before))
        throw new Refused(
          'conflict',
          `${estate.name} was changed by somebody else since you opened it. Look at it as it is now, then change it.`,
        )
      const after = merged(before, input.settings)
      const faults = Object.entries(settingsFaults(after, estate.kind))
      if (faults.length > 0)
        throw new Refused(
          'invalid',
          'Nothing was changed: a value is not possible.',
          faults.map(([field, what]) => `${estateSettingWord(field)}: ${what.replace(/\.$/, '')}`),
        )
      const changes = changesOf(before, after)
      const changed = Object.keys(changes)
      if (changed.length === 0) return { changed, voided: 0 }
      if (estate.kind === 'live' && estate.switchedOnAt && input.estateName?.trim() !== estate.name)
        throw new Refused(
          'invalid',
          `${estate.name} is a LIVE estate that is switched on. Type its name to change it.`,
        )
      const work = await estateAtWork(tx, estate.id)
      refuseInMidRun(before, after, work)
      await refuseInUse(tx, estate.id, before, after)
      await store(tx, estate, before, after)
      const waveIds = work.openApprovals.map(one => one.waveId)
      if (plannedSettings.some(setting => before[setting] !== after[setting]))
        await tx.$executeRaw`
          UPDATE "wave" SET "editedByIds" = array_append(array_remove("editedByIds", ${personId}), ${personId})
          WHERE "id" = ANY(${waveIds})`
      const voided = await voidChangedApprovals(tx, waveIds)
      await recordEvent(tx, actor, {
        type: 'estate.changed',
        data: { estateId: estate.id, name: estate.name, changes, reason },
      })
      return { changed, voided }
    },
    { timeout: 60_000 },
  )
}

/** The settings with what is asked for in them; host names in lower case and once each, as when the estate is described. */
function merged(before: EstateSettings, wanted: Partial<EstateSettings>): EstateSettings {
  const names = (list: readonly string[]) => [...new Set(list.map(name => name.trim().toLowerCase()))]
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  const all: EstateSettings = { ...before, ...given }
  const named = [...Object.keys(wanted.sessions ?? {}), ...Object.keys(wanted.signIn ?? {})]
  const unknown = [...new Set(named)].filter(name => before.sessions[name] === undefined)
  if (unknown.length > 0) throw new Refused('invalid', `This estate has no credential ${listOf(unknown)}.`)
  const sessions = { ...before.sessions, ...wanted.sessions }
  const together = Object.values(sessions).reduce((sum, count) => sum + count, 0)
  return {
    ...all,
    pools: names(all.pools),
    sipDomains: names(all.sipDomains),
    // More sessions of a credential are meant to be used: where the tenant's are not named, they rise with them.
    maxSessions:
      wanted.sessions && wanted.maxSessions === undefined && Number.isInteger(together)
        ? Math.max(all.maxSessions, together)
        : all.maxSessions,
    sessions,
    signIn: { ...before.signIn, ...wanted.signIn },
  }
}

function changesOf(before: EstateSettings, after: EstateSettings): Record<string, Change> {
  const flat = ({ sessions, signIn, ...rest }: EstateSettings): Record<string, unknown> => ({
    ...rest,
    ...Object.fromEntries(Object.entries(sessions).map(([name, count]) => [`sessions ${name}`, count])),
    ...Object.fromEntries(Object.entries(signIn).map(([name, kind]) => [`sign-in ${name}`, kind])),
  })
  const [old, now] = [flat(before), flat(after)]
  const different = Object.keys(now).filter(key => JSON.stringify(old[key]) !== JSON.stringify(now[key]))
  return Object.fromEntries(
    different.map(key => [
      key,
      { before: estateSettingText(key, old[key]), after: estateSettingText(key, now[key]) },
    ]),
  )
}

/** What runs was approved with the values of then, and its outcome is told by the deadlines of then. */
function refuseInMidRun(before: EstateSettings, after: EstateSettings, work: EstateAtWork): void {
  if (work.waves.length === 0) return
  const planned = plannedSettings.filter(setting => before[setting] !== after[setting])
  const lowered = waitingSettings.filter(setting => after[setting] < before[setting])
  const settings = [...planned, ...lowered].map(estateSettingWord)
  if (settings.length === 0) return
  throw new Refused(
    'conflict',
    `${shortList(work.waves)} ${work.waves.length === 1 ? 'is' : 'are'} at work with the present ${listOf(settings)}. Change it when nothing is under way${lowered.length > 0 ? '; a longer time can be set at any time' : ''}.`,
  )
}

/** A pool that somebody is on the way to, and a domain that somebody on the way has an address in, stay. */
async function refuseInUse(
  tx: Tx,
  estateId: string,
  before: EstateSettings,
  after: EstateSettings,
): Promise<void> {
  const pools = before.pools.filter(pool => !after.pools.includes(pool))
  const domains = before.sipDomains.filter(domain => !after.sipDomains.includes(domain))
  if (pools.length === 0 && domains.length === 0) return
  const used = await tx.$queryRaw<{ what: string; name: string; batch: string }[]>`
    SELECT DISTINCT 'pool' AS "what", lower(coalesce(i."targetPool", b."targetPool")) AS "name", b."name" AS "batch"
    FROM "item" i JOIN "batch" b ON b."id" = i."batchId"
    WHERE i."estateId" = ${estateId} AND i."open" AND lower(coalesce(i."targetPool", b."targetPool")) = ANY(${pools})
    UNION
    SELECT DISTINCT 'SIP domain', lower(split_part(i."sipAddress", '@', 2)), b."name"
    FROM "item" i JOIN "batch" b ON b."id" = i."batchId"
    WHERE i."estateId" = ${estateId} AND i."open" AND lower(split_part(i."sipAddress", '@', 2)) = ANY(${domains})
    ORDER BY 1, 2, 3`
  if (used.length === 0) return
  throw new Refused(
    'conflict',
    'Somebody in an open batch needs what would be taken away. Finish, cancel or change that batch first.',
    used.slice(0, 6).map(one => `${one.batch} needs the ${one.what} ${one.name}`),
  )
}

async function store(
  tx: Tx,
  estate: { id: string; credentials: readonly { id: string; name: string; maxSessions: number }[] },
  before: EstateSettings,
  after: EstateSettings,
): Promise<void> {
  const { sessions, signIn, ...rest } = after
  await tx.estate.update({
    where: { id: estate.id },
    data: {
      ...rest,
      pools: [...rest.pools],
      sipDomains: [...rest.sipDomains],
      domainController: rest.domainController || null,
      hostedMigrationUrl: rest.hostedMigrationUrl || null,
      executable: rest.executable || null,
    },
  })
  for (const credential of estate.credentials) {
    const kind = signIn[credential.name]
    if (kind && kind !== before.signIn[credential.name])
      await tx.credential.update({ where: { id: credential.id }, data: { signIn: kind } })
    const now = sessions[credential.name]
    const old = before.sessions[credential.name]
    if (now === undefined || now === old) continue
    await tx.credential.update({ where: { id: credential.id }, data: { maxSessions: now } })
    // A lane that used all of its credential goes on doing so; one that was set lower by itself stays there.
    await tx.lane.updateMany({
      where: { credentialId: credential.id, name: { not: 'sync' }, concurrency: old },
      data: { concurrency: now },
    })
  }
}
