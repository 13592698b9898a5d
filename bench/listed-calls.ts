/** What the lab takes for a call in its field profile, ten times as fast, in ms. */
const READ = 10
const ENABLE = 100
const MOVE = 800
export const SYNC = 2_000

/** The calls that a person born online needs, in order; reads are there because a change is sent and believed only after one. */
const CALLS: readonly [step: string, cmdlets: string[], ms: number][] = [
  ['enable, probe', ['Get-CsAdUser', 'Get-CsUser', 'Get-CsOnlineUser'], 3 * READ],
  ['enable, apply', ['Enable-CsUser'], ENABLE],
  ['enable, verify', ['Get-CsUser', 'Get-CsOnlineUser'], 2 * READ],
  ['move, probe', ['Get-CsUser', 'Get-CsOnlineUser'], 2 * READ],
  ['move, apply', ['Move-CsUser'], MOVE],
  ['move, verify', ['Get-CsUser', 'Get-CsOnlineUser'], 2 * READ],
]

const PER_PERSON = CALLS.reduce((sum, [, , ms]) => sum + ms, 0)

export const listedCalls = (): string[] => [
  `calls for each person, ${PER_PERSON} ms, and one sync of ${SYNC} ms for all:`,
  ...CALLS.map(([step, cmdlets, ms]) => `  ${step}: ${cmdlets.join(', ')} (${ms} ms)`),
]

/** The shortest time in which so many sessions could make these calls, in ms. */
export const idealMs = (people: number, sessions: number): number => (people * PER_PERSON) / sessions + SYNC
