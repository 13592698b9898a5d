import type { Database } from '@/server/store/client'
import type { HoldNow } from './holds-now'

/** A hold with what it is on, in words, and the page where it is released. */
export type HeldLine = HoldNow & { on: string; href: string }

/** Holds other than the one on everything, which stands above every page. */
export async function heldLines(database: Database, holds: readonly HoldNow[]): Promise<HeldLine[]> {
  const targets = (scope: HoldNow['scope']) =>
    holds.filter(hold => hold.scope === scope).map(hold => hold.targetId)
  const pick = (scope: HoldNow['scope']) => ({ where: { id: { in: targets(scope) } } })
  const narrow = holds.filter(hold => hold.scope !== 'everything')
  if (narrow.length === 0) return []
  const [estates, lanes, batches, waves, items] = await Promise.all([
    database.estate.findMany({ ...pick('estate'), select: { id: true, name: true } }),
    database.lane.findMany({
      ...pick('lane'),
      select: { id: true, name: true, estate: { select: { name: true } } },
    }),
    database.batch.findMany({ ...pick('batch'), select: { id: true, name: true, state: true } }),
    database.wave.findMany({
      ...pick('wave'),
      select: { id: true, name: true, state: true, batch: { select: { id: true, name: true } } },
    }),
    database.item.findMany({
      ...pick('item'),
      select: { id: true, displayName: true, open: true, batch: { select: { id: true, name: true } } },
    }),
  ])
  const found = new Map<string, { on: string; href: string }>([
    ...estates.map(one => [one.id, { on: `the estate ${one.name}`, href: `/estates/${one.id}` }] as const),
    ...lanes.map(
      one => [one.id, { on: `the lane ${one.name} of ${one.estate.name}`, href: '/workers' }] as const,
    ),
    ...batches
      .filter(one => one.state === 'draft' || one.state === 'active')
      .map(one => [one.id, { on: one.name, href: `/batches/${one.id}` }] as const),
    ...waves
      .filter(one => one.state !== 'done' && one.state !== 'cancelled')
      .map(
        one =>
          [
            one.id,
            { on: `${one.name} of ${one.batch.name}`, href: `/batches/${one.batch.id}#waves` },
          ] as const,
      ),
    ...items
      .filter(one => one.open)
      .map(
        one =>
          [
            one.id,
            {
              on: `${one.displayName} in ${one.batch.name}`,
              href: `/batches/${one.batch.id}/people/${one.id}`,
            },
          ] as const,
      ),
  ])
  // What has ended is not waited for: its hold keeps nobody.
  return narrow.flatMap(hold => {
    const line = found.get(hold.targetId)
    return line ? [{ ...hold, ...line }] : []
  })
}
