import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Estate, emptyEstate, STORES } from './estate/shapes'
import { SipIndex } from './estate/sip-index'
import type { Attributes, Entry, Line, StoreName, Value, Who } from './journal/entries'
import { Journal } from './journal/journal'

const SNAPSHOT_EVERY = 20_000

type Snapshot = { seq: number; scenario: unknown; estate: Record<string, [string, Attributes][]> }
type Cause = { call: string; command: string; who: Who | null }

/**
 * The estate together with its journal. Nothing changes in memory that was not written first; after a restart
 * the newest snapshot plus the journal's tail give the same estate again.
 */
export class Store {
  estate: Estate = emptyEstate()
  sipAddresses = new SipIndex()
  /** The scenario as it was last posted, unparsed. */
  scenario: unknown = {}
  readonly journal: Journal
  private snapshotSeq = 0

  constructor(private readonly directory: string) {
    this.loadSnapshot()
    const open = new Map<string, string>()
    this.journal = new Journal(join(directory, 'journal.jsonl'), line => {
      if (line.kind === 'begin') open.set(line.call, line.command)
      if (line.kind === 'call' || line.kind === 'abandoned') open.delete(line.call)
      if (line.seq > this.snapshotSeq) this.apply(line)
    })
    if (open.size > 0) this.record([...open].map(([call, command]) => ({ kind: 'abandoned', call, command })))
  }

  /** Writes entries to the journal and applies those that change the estate. */
  record(entries: Entry[]): Line[] {
    const lines = this.journal.append(entries)
    for (const line of lines) this.apply(line)
    if (this.journal.seq - this.snapshotSeq > SNAPSHOT_EVERY) this.saveSnapshot()
    return lines
  }

  /**
   * Sets attributes of one object. Only real differences are written; returns false when there was none.
   * Throws when the object does not exist.
   */
  change(cause: Cause, store: StoreName, key: string, wanted: Attributes): boolean {
    const entry = this.difference(cause, store, key, wanted)
    if (entry) this.record([entry])
    return entry !== null
  }

  /** As `change`, for many objects in one write. Returns how many differed. */
  changeMany(cause: Cause, store: StoreName, wanted: [string, Attributes][]): number {
    const entries = wanted.flatMap(
      ([key, attributes]) => this.difference(cause, store, key, attributes) ?? [],
    )
    if (entries.length > 0) this.record(entries)
    return entries.length
  }

  /** Writes the whole estate beside the journal, so that the next start reads only the tail. */
  saveSnapshot(): void {
    const estate = Object.fromEntries(STORES.map(name => [name, [...this.estate[name]]]))
    const path = join(this.directory, 'snapshot.json')
    const seq = this.journal.seq
    writeFileSync(`${path}.new`, JSON.stringify({ seq, scenario: this.scenario, estate }), { mode: 0o600 })
    renameSync(`${path}.new`, path)
    this.snapshotSeq = seq
  }

  private difference(cause: Cause, store: StoreName, key: string, wanted: Attributes): Entry | null {
    const object = this.objects(store).get(key)
    if (!object) throw new Error(`The lab holds nothing called ${key} in ${store}.`)
    const before: Attributes = {}
    const after: Attributes = {}
    for (const [name, value] of Object.entries(wanted)) {
      const old = object[name] ?? null
      if (same(old, value)) continue
      before[name] = old
      after[name] = value
    }
    return Object.keys(after).length === 0 ? null : { kind: 'change', ...cause, store, key, before, after }
  }

  private apply(line: Line): void {
    switch (line.kind) {
      case 'change':
        Object.assign(this.objects(line.store).get(line.key) ?? {}, line.after)
        if (line.store === 'ad') this.indexUser(line.key)
        return
      case 'added':
        this.objects(line.store).set(line.key, { ...line.value })
        if (line.store === 'ad') this.indexUser(line.key)
        return
      case 'scenario':
        this.scenario = line.scenario
        return
      case 'reset':
        this.estate = emptyEstate()
        this.sipAddresses = new SipIndex()
        this.scenario = {}
        return
      default:
        return
    }
  }

  private indexUser(key: string): void {
    const user = this.estate.ad.get(key)
    if (user) this.sipAddresses.put(key, user)
  }

  /** The stores hold typed objects; the journal sees them as attribute lists. */
  private objects(store: StoreName): Map<string, Attributes> {
    return this.estate[store] as Map<string, Attributes>
  }

  private loadSnapshot(): void {
    const path = join(this.directory, 'snapshot.json')
    if (!existsSync(path)) return
    const snapshot = JSON.parse(readFileSync(path, 'utf8')) as Snapshot
    for (const name of STORES) {
      const objects = this.objects(name)
      objects.clear()
      for (const [key, value] of snapshot.estate[name] ?? []) objects.set(key, value)
    }
    for (const key of this.estate.ad.keys()) this.indexUser(key)
    this.scenario = snapshot.scenario
    this.snapshotSeq = snapshot.seq
  }
}

function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, i) => v === b[i])
  return a === b
}
