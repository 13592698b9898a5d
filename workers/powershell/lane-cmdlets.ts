/** One cmdlet of each module that a lane's scripts use, by the lane's name. The health probe loads and names the modules. */
const byLane: Readonly<Record<string, readonly string[]>> = {
  sfb: ['Get-CsUser', 'Get-CsOnlineUser'],
  sync: ['Get-ADSyncScheduler'],
  exchange: ['Get-Group'],
}

/** The cmdlets to ask for in a shell that serves these lanes. */
export const cmdletsOfLanes = (lanes: readonly string[]): string[] => [
  ...new Set(lanes.flatMap(lane => byLane[lane] ?? [])),
]
