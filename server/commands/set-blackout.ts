import type { Actor } from '@/domain/people/actor'
import { isDay } from '@/domain/windows/change-window'
import type { BarredDays } from '@/domain/wording/barred-words'
import { permitPerson } from '@/server/auth/permit'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { wakeEstate } from '@/server/store/wake-estate'
import { peopleWithin } from './people-within'
import { Refused } from './refused'

/** Bars days on an estate, both ends included, in its zone: nothing new starts on them; what runs may end. Answers whom it concerns. */
export async function setBlackout(
  actor: Actor,
  input: { estateId: string; firstDay: string; lastDay: string; reason: string },
): Promise<{ blackoutId: string } & BarredDays> {
  const personId = permitPerson(actor, 'windows.write')
  const reason = input.reason.trim()
  if (reason === '')
    throw new Refused('invalid', 'Barring days needs a reason, which people read on those days.')
  const { estateId, firstDay, lastDay } = input
  for (const day of [firstDay, lastDay])
    if (!isDay(day))
      throw new Refused('invalid', `${day || 'Nothing'} is no day. Days have the form 2026-11-24.`)
  if (lastDay < firstDay) throw new Refused('invalid', 'The last day comes before the first.')
  return db().$transaction(async tx => {
    if (!(await tx.estate.findUnique({ where: { id: estateId } })))
      throw new Refused('not_found', `There is no estate ${estateId}.`)
    const id = newId('blackout')
    await tx.blackout.create({ data: { id, estateId, firstDay, lastDay, reason, createdById: personId } })
    await recordEvent(tx, actor, {
      type: 'estate.blackout_set',
      data: { blackoutId: id, firstDay, lastDay, reason },
    })
    return { blackoutId: id, firstDay, lastDay, people: await onTheirWay(tx, estateId) }
  })
}

/** Takes barred days back; what waits for them may start at once. */
export async function removeBlackout(
  actor: Actor,
  input: { blackoutId: string; reason: string },
): Promise<BarredDays> {
  permitPerson(actor, 'windows.write')
  const reason = input.reason.trim()
  if (reason === '') throw new Refused('invalid', 'Taking barred days back needs a reason.')
  return db().$transaction(async tx => {
    const found = await tx.blackout.findUnique({ where: { id: input.blackoutId } })
    if (!found) throw new Refused('not_found', 'There are no such barred days.')
    const removed = await tx.$executeRaw`
      UPDATE "blackout" SET "removedAt" = clock_timestamp() WHERE "id" = ${found.id} AND "removedAt" IS NULL`
    if (removed === 0) throw new Refused('conflict', 'These days are not barred any more.')
    await wakeEstate(tx, found.estateId)
    await recordEvent(tx, actor, {
      type: 'estate.blackout_removed',
      data: { blackoutId: found.id, firstDay: found.firstDay, lastDay: found.lastDay, reason },
    })
    return {
      firstDay: found.firstDay,
      lastDay: found.lastDay,
      people: await onTheirWay(tx, found.estateId),
    }
  })
}

/** People of the estate's open waves who have not ended. */
async function onTheirWay(tx: Tx, estateId: string): Promise<number> {
  const { touched, running } = await peopleWithin(tx, 'estate', estateId)
  return touched + running
}
