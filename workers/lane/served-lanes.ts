import type { LaneSettings } from '@/server/queries/lane-settings'

/** What a worker was told to serve; nothing means everything. Names as they stand on the estate's page. */
export type Served = { lanes: readonly string[]; estates: readonly string[] }

/** The names of a list with commas, as an environment variable holds it. */
export const namesIn = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')

/**
 * Whether a worker serves a lane: by the lane's name (`sfb`) or with its estate (`west.sfb`), and only on the estates it
 * was given. Names are compared without regard to case.
 */
export function serves({ lanes, estates }: Served, lane: LaneSettings): boolean {
  const among = (names: readonly string[], ...mine: string[]) =>
    names.length === 0 || names.some(name => mine.some(one => one.toLowerCase() === name.toLowerCase()))
  const ofEstate = [lane.estateId, lane.estateName].map(estate => `${estate}.${lane.name}`)
  return among(estates, lane.estateId, lane.estateName) && among(lanes, lane.name, ...ofEstate)
}

/** Names that fit no lane or estate there is: most likely a slip of the pen, since an estate may still be described. */
export function namesOfNothing({ lanes, estates }: Served, all: readonly LaneSettings[]): string[] {
  const unknown = (names: readonly string[], as: (name: string) => Served) =>
    names.filter(name => !all.some(lane => serves(as(name), lane)))
  return [
    ...unknown(lanes, name => ({ lanes: [name], estates: [] })),
    ...unknown(estates, name => ({ lanes: [], estates: [name] })),
  ]
}
