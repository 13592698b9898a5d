import { wildcard } from '../estate/identity'
import { seeded } from './random'
import type { Fault, Scenario } from './scenario'

/** Decides, call by call, whether a scenario's fault strikes. Counting starts anew with each scenario. */
export class FaultPicker {
  private readonly calls = new Map<string, number>()
  private readonly struck: number[]
  private readonly rules: { fault: Fault; command: RegExp; identity: RegExp }[]

  constructor(private readonly scenario: Scenario) {
    this.struck = scenario.faults.map(() => 0)
    this.rules = scenario.faults.map(fault => ({
      fault,
      command: wildcard(fault.command),
      identity: wildcard(fault.identity.toLowerCase().replace(/^sip:/, '')),
    }))
  }

  /** The how-manieth call of this command for this person it is, and the first fault that applies to it. */
  pick(command: string, identity: string): { nth: number; fault: Fault | null } {
    const person = identity.toLowerCase().replace(/^sip:/, '')
    const key = `${command.toLowerCase()}\u0000${person}`
    const nth = (this.calls.get(key) ?? 0) + 1
    this.calls.set(key, nth)
    for (const [index, rule] of this.rules.entries()) {
      const { fault } = rule
      const struck = this.struck[index] ?? 0
      if (fault.times !== undefined && struck >= fault.times) continue
      if (!rule.command.test(command) || !rule.identity.test(person)) continue
      if (fault.nth !== undefined && ![fault.nth].flat().includes(nth)) continue
      const drawn = seeded(this.scenario.seed, 'fault', index, command.toLowerCase(), person, nth)
      if (drawn >= fault.probability) continue
      this.struck[index] = struck + 1
      return { nth, fault }
    }
    return { nth, fault: null }
  }
}
