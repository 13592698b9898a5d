import { mkdirSync } from 'node:fs'
import type { Lab as Parts } from './calls/context'
import { Dispatcher } from './calls/dispatch'
import { entriesForPeople, personSchema } from './estate/people'
import { type Scenario, scenarioSchema } from './scenario/scenario'
import { Seats } from './sessions/seats'
import { Vault } from './sessions/vault'
import { Store } from './store'
import { SyncEngine } from './sync/engine'

/** The whole lab without its HTTP side: store, sync engine, seats, calls. */
export class Lab implements Parts {
  readonly store: Store
  readonly sync: SyncEngine
  readonly seats: Seats
  readonly calls: Dispatcher
  readonly vault = new Vault()
  private current: Scenario
  private readonly sweeper: NodeJS.Timeout

  /** `defaults` is what holds where no scenario says otherwise (the profile from the environment). */
  constructor(
    directory: string,
    private readonly defaults: Record<string, unknown> = {},
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    this.store = new Store(directory)
    this.current = this.parse(this.store.scenario)
    this.seats = new Seats(
      () => this.current.limits,
      (event, who, reason) => this.store.record([{ kind: 'session', event, who, reason }]),
    )
    this.sync = new SyncEngine(this.store, this.scenario)
    this.calls = new Dispatcher(this)
    this.sync.schedule()
    this.sweeper = setInterval(() => this.seats.sweep(), 1000)
    this.sweeper.unref()
  }

  readonly scenario = (): Scenario => this.current

  /** Adds people (see `personSchema`). Throws a ZodError; people already known are counted, not changed. */
  addPeople(input: unknown[]): { added: number; known: number } {
    const people = input.map(person => personSchema.parse(person))
    const { entries, known } = entriesForPeople(this.store.estate, people)
    if (entries.length > 0) this.store.record(entries)
    return { added: people.length - known, known }
  }

  /** Puts another scenario in force. Throws a ZodError that names what is wrong. */
  setScenario(input: unknown): Scenario {
    const parsed = this.parse(input)
    this.store.record([{ kind: 'scenario', scenario: input }])
    this.take(parsed)
    return parsed
  }

  /** Empties the estate, frees all sessions and forgets the scenario; the journal goes on. */
  reset(): void {
    this.sync.stop()
    this.seats.closeAll('reset')
    this.store.record([{ kind: 'reset' }])
    this.take(this.parse({}))
  }

  /** Stops the clocks and writes a snapshot. */
  close(): void {
    clearInterval(this.sweeper)
    this.sync.close()
    this.store.record([{ kind: 'service', event: 'stopped', pid: process.pid }])
    this.store.saveSnapshot()
    this.store.journal.close()
  }

  private parse(input: unknown): Scenario {
    return scenarioSchema.parse({ ...this.defaults, ...(input as Record<string, unknown>) })
  }

  private take(scenario: Scenario): void {
    this.current = scenario
    this.calls.scenarioChanged(scenario)
    this.sync.schedule()
  }
}
