import { people } from './count'

/** What opening a gate did: how many people it lets through, and what they still wait for. */
export function gateWords(opened: { people: number; approved: boolean }): string {
  const all = people(opened.people)
  if (opened.approved)
    return `The gate is open: ${all} may begin as soon as their wave’s times and a session allow.`
  return `The gate is open. Nobody begins yet: ${all} ${opened.people === 1 ? 'waits' : 'wait'} for the approval of their wave.`
}
