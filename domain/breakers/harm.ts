type Facts = Readonly<Record<string, unknown>>

/** What the sync and the cloud change by themselves says nothing about what a step did. */
const movedByOthers = /^(Online|codes$|WhenChanged)/

/**
 * Whether somebody whose change began stands between two states: what was read afterwards is not the wanted state, and it
 * is not what was read before. Without a reading on either side nobody knows, which counts as harmed.
 */
export function isHarmed(end: {
  applyBegan: boolean
  reached: boolean
  before: Facts | null
  after: Facts | null
}): boolean {
  if (!end.applyBegan || end.reached) return false
  if (!end.before || !end.after) return true
  const { before, after } = end
  const keys = Object.keys(after).filter(key => key in before && !movedByOthers.test(key))
  return keys.length === 0 || keys.some(key => !same(before[key], after[key]))
}

/** An attribute that is empty, and one that is not there, are the same to a directory. */
const same = (one: unknown, other: unknown): boolean =>
  one === other || ((one ?? '') === '' && (other ?? '') === '')
