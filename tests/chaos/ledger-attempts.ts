/** An event of somebody's attempt, in the order of its chain. */
export type AttemptEvent = { itemId: string; type: string; at: Date; data: Record<string, unknown> }

/** What the ledger says of one attempt; times are milliseconds since 1970, by the database's clock. */
export type LedgerAttempt = {
  id: string
  step: string
  kind: string
  /** When the ledger says that its change is about to be sent. */
  began: number | null
  /** How it ended: `attempt.done`, `attempt.unknown` and their like. */
  end: { type: string; at: number } | null
  /** When it was read back and found done, after an end that nobody saw. */
  readBackDone: number[]
}

/** Puts the events of all attempts together, by person and then in the order in which they were taken up. */
export function attemptsIn(events: Iterable<AttemptEvent>): Map<string, LedgerAttempt[]> {
  const ofPerson = new Map<string, LedgerAttempt[]>()
  const byId = new Map<string, LedgerAttempt>()
  for (const { itemId, type, at, data } of events) {
    const id = String(data.attemptId)
    const attempt = byId.get(id)
    if (type === 'attempt.started') {
      const made: LedgerAttempt = {
        id,
        step: String(data.step),
        kind: String(data.kind),
        began: null,
        end: null,
        readBackDone: [],
      }
      byId.set(id, made)
      ofPerson.set(itemId, [...(ofPerson.get(itemId) ?? []), made])
    } else if (type === 'attempt.read_back') {
      if (data.said === 'done') byId.get(String(data.readsBack))?.readBackDone.push(at.getTime())
    } else if (attempt && type === 'attempt.apply_began') attempt.began = at.getTime()
    else if (attempt) attempt.end = { type, at: at.getTime() }
  }
  return ofPerson
}
