import { Trouble } from './instance'

/** The id of a lane by its name with its estate's, such as `west.sfb`. Throws Trouble naming the lanes there are. */
export async function laneNamed(name: string): Promise<string> {
  const { laneSettings } = await import('@/server/queries/lane-settings')
  const lanes = await laneSettings()
  const wanted = name.trim().toLowerCase()
  const found = lanes.find(lane =>
    [lane.laneId, `${lane.estateId}.${lane.name}`, `${lane.estateName}.${lane.name}`].some(
      one => one.toLowerCase() === wanted,
    ),
  )
  if (found) return found.laneId
  const known = lanes.map(lane => `${lane.estateId}.${lane.name}`).join(', ')
  throw new Trouble(
    `There is no lane ${name}. ${known ? `There are ${known}.` : 'No estate is described yet.'}`,
  )
}

/** The id of an estate by its id or name. Throws Trouble naming those there are. */
export async function estateNamed(name: string): Promise<string> {
  const { db } = await import('@/server/store/client')
  const estates = await db().estate.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const wanted = name.trim().toLowerCase()
  const found = estates.find(one => [one.id, one.name].some(word => word.toLowerCase() === wanted))
  if (found) return found.id
  throw new Trouble(
    `There is no estate ${name}. ${estates.length > 0 ? `There are ${estates.map(one => one.name).join(', ')}.` : 'None is described yet.'}`,
  )
}
