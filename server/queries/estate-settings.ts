import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { type EstateAtWork, estateAtWork } from '@/server/store/estate-at-work'
import { type EstateSettings, settingsMark, settingsOf } from '@/server/store/estate-settings'

export type EstateToChange = {
  id: string
  name: string
  kind: 'lab' | 'live'
  switchedOn: boolean
  settings: EstateSettings
  /** Sent back with the change, so that nobody undoes what somebody else changed meanwhile. */
  mark: string
  work: EstateAtWork
}

/** An estate as the form for changing it needs it. Throws Refused('not_found') when nobody described it. */
export async function estateToChange(actor: Actor, estateId: string): Promise<EstateToChange> {
  permit(actor, 'estates.read')
  const estate = await db().estate.findUnique({
    where: { id: estateId },
    include: { credentials: { orderBy: { name: 'asc' } } },
  })
  if (!estate) throw new Refused('not_found', `There is no estate ${estateId}.`)
  const settings = settingsOf(estate)
  return {
    id: estate.id,
    name: estate.name,
    kind: estate.kind,
    switchedOn: estate.switchedOnAt !== null,
    settings,
    mark: settingsMark(settings),
    work: await estateAtWork(db(), estate.id),
  }
}
