import { type ErrorName, type ErrorRecord, errorRecord } from '../errors/catalogue'
import type { AdUser } from '../estate/shapes'
import type { Attributes, StoreName, Who } from '../journal/entries'
import type { Scenario } from '../scenario/scenario'
import type { Seats } from '../sessions/seats'
import type { Vault } from '../sessions/vault'
import type { Store } from '../store'
import type { SyncEngine } from '../sync/engine'

/** What goes back to the shell. */
export type Answer = { output: unknown[]; warnings: string[]; verbose: string[]; errors: ErrorRecord[] }

/** The parts of the lab that commands work on. */
export type Lab = { store: Store; sync: SyncEngine; seats: Seats; vault: Vault; scenario: () => Scenario }

/** One call of one command: its parameters, what it says, and whom it touched. */
export class CallContext {
  readonly answer: Answer = { output: [], warnings: [], verbose: [], errors: [] }
  readonly people = new Set<string>()
  readonly alreadyThere = new Set<string>()

  constructor(
    readonly lab: Lab,
    readonly call: string,
    readonly command: string,
    readonly parameters: Record<string, unknown>,
    readonly password: string | null,
    readonly who: Who,
    /** False under the fault `no-effect`: the command says what it always says and writes nothing. */
    private readonly writes: boolean,
  ) {}

  get estate(): Store['estate'] {
    return this.lab.store.estate
  }

  /** A parameter as text; undefined when it was not given. */
  text(name: string): string | undefined {
    const value = this.parameters[name]
    return value === undefined || value === null ? undefined : String(value)
  }

  /** A switch or Boolean parameter; undefined when it was not given. */
  flag(name: string): boolean | undefined {
    const value = this.parameters[name]
    return value === undefined || value === null ? undefined : value === true || value === 1
  }

  output(value: unknown): void {
    this.answer.output.push(value)
  }

  warning(text: string): void {
    this.answer.warnings.push(text)
  }

  fail(name: ErrorName, identity: string, message?: string): void {
    this.answer.errors.push(errorRecord(name, identity, message))
  }

  /** A refusal for which Microsoft's pages give no text: the cause in plain words. */
  refuse(message: string, category = 'InvalidArgument', id = 'InvalidArgument'): void {
    this.answer.errors.push({
      message,
      exception: 'System.ArgumentException',
      id: `${id},${this.command}`,
      category,
      reason: 'ArgumentException',
    })
  }

  /** Writes attributes; false when they were all so before. */
  change(store: StoreName, key: string, wanted: Attributes): boolean {
    if (!this.writes) return true
    const { call, command, who } = this
    return this.lab.store.change({ call, command, who }, store, key, wanted)
  }

  /** Writes to a directory account, unless it is protected; false (and an error) when it is. */
  changeUser(user: AdUser, wanted: Attributes): boolean {
    const key = user.userPrincipalName.toLowerCase()
    this.people.add(key)
    if (user.adminCount === 1) {
      this.fail('access-denied-protected', user.userPrincipalName)
      return false
    }
    if (!this.change('ad', key, wanted)) this.alreadyThere.add(key)
    return true
  }
}
