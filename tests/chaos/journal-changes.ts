import type { Attributes, Line } from '@/lab/service/journal/entries'

/** One change of one person, as the lab wrote it down while it made it. */
export type JournalChange = {
  /** Lower-case user principal name. */
  person: string
  command: string
  /** Milliseconds since 1970, by the lab's clock, which is the machine's. */
  at: number
  /** The process that sent the call. */
  pid: number | null
}

/** What the journal says of each account of the directory, from its last reset on. */
export type JournalAccount = { first: Attributes; now: Attributes; changes: JournalChange[] }

/** Reads journal lines, oldest first; keys are lower-case user principal names. */
export function accountsIn(lines: Iterable<string>): Map<string, JournalAccount> {
  const accounts = new Map<string, JournalAccount>()
  for (const text of lines) {
    const line = JSON.parse(text) as Line
    if (line.kind === 'reset') accounts.clear()
    else if (line.kind === 'added' && line.store === 'ad')
      accounts.set(line.key, { first: line.value, now: { ...line.value }, changes: [] })
    else if (line.kind === 'change' && line.store === 'ad') {
      const account = accounts.get(line.key) ?? { first: {}, now: {}, changes: [] }
      accounts.set(line.key, account)
      Object.assign(account.now, line.after)
      const { key: person, command } = line
      account.changes.push({ person, command, at: Date.parse(line.at), pid: line.who?.pid ?? null })
    }
  }
  return accounts
}
