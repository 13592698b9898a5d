import type { Line } from './entries'

/** What the journal says about one person and one command. */
export type Tally = { changes: number; alreadyThere: number; unanswered: number }

/**
 * The journal read as a witness: how often each command changed each person, and what was doubled. Doubled means
 * two changes by the same command, or a mutating call on somebody who was already in the wanted state.
 */
export type Witness = {
  people: Record<string, Record<string, Tally>>
  doubled: { person: string; command: string; changes: number; alreadyThere: number }[]
  abandoned: { call: string; command: string }[]
}

/** Reads journal lines from the last reset on. A call that came to nothing counts for nothing. */
export function witness(lines: Iterable<string>): Witness {
  let people: Witness['people'] = {}
  let abandoned: Witness['abandoned'] = []
  let changed = new Map<string, Set<string>>()
  const tally = (person: string, command: string): Tally => {
    const ofPerson = people[person] ?? {}
    const known = ofPerson[command] ?? { changes: 0, alreadyThere: 0, unanswered: 0 }
    people[person] = ofPerson
    ofPerson[command] = known
    return known
  }
  for (const text of lines) {
    const line = JSON.parse(text) as Line
    if (line.kind === 'reset') {
      people = {}
      abandoned = []
      changed = new Map()
    } else if (line.kind === 'change' && line.store === 'ad') {
      const calls = changed.get(line.call) ?? new Set()
      changed.set(line.call, calls)
      if (!calls.has(line.key)) tally(line.key, line.command).changes += 1
      calls.add(line.key)
    } else if (line.kind === 'call' && line.mutating) {
      for (const person of line.alreadyTherePeople ?? []) tally(person, line.command).alreadyThere += 1
      if (!line.answered) for (const person of line.people) tally(person, line.command).unanswered += 1
      changed.delete(line.call)
    } else if (line.kind === 'abandoned') {
      abandoned.push({ call: line.call, command: line.command })
    }
  }
  const doubled = Object.entries(people).flatMap(([person, commands]) =>
    Object.entries(commands)
      .filter(([, { changes, alreadyThere }]) => changes > 1 || alreadyThere > 0)
      .map(([command, { changes, alreadyThere }]) => ({ person, command, changes, alreadyThere })),
  )
  return { people, doubled, abandoned }
}
