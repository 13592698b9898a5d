import type { ErrorName } from '../errors/catalogue'
import { errorRecord, isErrorName } from '../errors/catalogue'
import type { Who } from '../journal/entries'
import { FaultPicker } from '../scenario/faults'
import { seeded } from '../scenario/random'
import { type Fault, latencyOf, type Scenario } from '../scenario/scenario'
import type { Command } from './command'
import { findCommand } from './commands'
import { type Answer, CallContext, type Lab } from './context'

export type CallRequest = {
  call: string
  command: string
  parameters: Record<string, unknown>
  /** Of the parameter Credential; never part of what is recorded. */
  password: string | null
  who: Who
}

/** How the answer reaches the client: as data, or by one of the faults that a shell notices otherwise. */
export type Reply =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'kill-shell' }
  | { kind: 'drop' }
  | { kind: 'hang' }

/** The share of a call's time after which it takes effect; the rest is the way back. */
const EFFECT_AT = 0.7
/** The share after which a fault that ends the client's part strikes: before the effect. */
const STRIKE_AT = 0.3

/**
 * Runs calls. A mutating call that has begun is finished whatever becomes of its client: its effect hangs on
 * this object's own timers, never on the connection.
 */
export class Dispatcher {
  private faults: FaultPicker
  private readonly seen = new Set<string>()
  private readonly running = new Map<
    string,
    { command: string; who: Who; startedAt: string; mutating: boolean }
  >()

  constructor(private readonly lab: Lab) {
    this.faults = new FaultPicker(lab.scenario())
  }

  /** To be called when another scenario was posted: fault counts begin anew. */
  scenarioChanged(scenario: Scenario): void {
    this.faults = new FaultPicker(scenario)
  }

  /** Calls under way, for GET /state and an orderly stop. */
  list(): { call: string; command: string; who: Who; startedAt: string; mutating: boolean }[] {
    return [...this.running].map(([call, rest]) => ({ call, ...rest }))
  }

  /** True when this call's id was seen before: a shell that sends it again must not have it run again. */
  isRepeated(call: string): boolean {
    return this.seen.has(call)
  }

  /** Runs one call; `isAnswered` tells at the end whether the client was still there. */
  async run(request: CallRequest, isAnswered: () => boolean): Promise<Reply> {
    const { call, who, parameters, password } = request
    this.remember(call)
    const found = findCommand(request.command)
    if (!found) return { kind: 'answer', answer: notThere(request.command) }
    const { name, command } = found
    const started = Date.now()
    const startedAt = new Date(started).toISOString()
    const refused = this.admission(command, name, who)
    const identity = typeof parameters.Identity === 'string' ? parameters.Identity : ''
    const { nth, fault } = refused ? { nth: 1, fault: null } : this.faults.pick(name, identity)
    const doomed = fault !== null && isErrorName(fault.fault)
    const begins = command.mutating && !refused && !doomed
    if (begins) this.lab.store.record([{ kind: 'begin', call, command: name, parameters, who }])
    this.running.set(call, { command: name, who, startedAt, mutating: command.mutating })
    this.lab.seats.running(who.session, 1)

    const length = refused ? 0 : this.lengthOf(command, name, identity, nth)
    const writes = fault?.fault !== 'no-effect'
    const context = new CallContext(this.lab, call, name, parameters, password, who, writes)
    let reply: Reply = { kind: 'answer', answer: context.answer }
    const finish = (): void => {
      this.running.delete(call)
      this.lab.seats.running(who.session, -1)
      const errors = context.answer.errors.map(error => error.id)
      const there = [...context.alreadyThere]
      this.lab.store.record([
        {
          kind: 'call',
          call,
          command: name,
          parameters,
          mutating: command.mutating,
          who,
          startedAt,
          durationMs: Date.now() - started,
          outcome: errors.length > 0 ? 'error' : reply.kind === 'answer' ? 'ok' : 'fault',
          errors,
          ...(fault ? { fault: fault.fault } : {}),
          people: [...context.people],
          ...(command.mutating && there.length > 0
            ? { alreadyThere: true as const, alreadyTherePeople: there }
            : {}),
          answered: reply.kind === 'answer' && isAnswered(),
        },
      ])
    }

    if (refused || (fault && doomed)) {
      await sleep(length * STRIKE_AT)
      if (refused) context.answer.errors.push(errorRecord(refused, ''))
      else if (fault && isErrorName(fault.fault)) {
        context.answer.errors.push(errorRecord(fault.fault, identity, fault.message))
      }
      finish()
      return reply
    }

    if (fault && (fault.fault === 'drop' || fault.fault === 'kill-shell' || fault.fault === 'hang')) {
      reply = { kind: fault.fault }
      const rest = async (): Promise<void> => {
        await sleep(length * (EFFECT_AT - STRIKE_AT))
        if (fault.effect === 'done') command.run(context)
        finish()
      }
      await sleep(length * STRIKE_AT)
      void rest()
      return reply
    }

    if (fault?.fault === 'micro-delay') {
      context.warning(microDelay(fault))
      await sleep(fault.ms)
    }
    await sleep(length * EFFECT_AT)
    if (fault?.fault !== 'late' || fault.effect === 'done') command.run(context)
    await sleep(length * (1 - EFFECT_AT) + (fault?.fault === 'late' ? fault.ms : 0))
    finish()
    return reply
  }

  /** Sessions and sign-in: the name of the error that stands in the way. */
  private admission(command: Command, name: string, who: Who): ErrorName | null {
    if (command.side === 'sync') return null
    const refused = this.lab.seats.take(who)
    if (refused) return refused
    const connects = name === 'Connect-MicrosoftTeams' || name === 'New-CsOnlineSession'
    const must = this.lab.scenario().tenant.requireConnect && command.side === 'cloud' && !connects
    return must && !this.lab.seats.isConnected(who.session) ? 'must-connect' : null
  }

  private lengthOf(command: Command, name: string, identity: string, nth: number): number {
    const scenario = this.lab.scenario()
    const latency = latencyOf(scenario)
    const drawn = seeded(scenario.seed, 'latency', name, identity.toLowerCase(), nth)
    return latency[command.latency] * (1 + latency.jitter * (2 * drawn - 1))
  }

  private remember(call: string): void {
    this.seen.add(call)
    if (this.seen.size <= 20_000) return
    const [oldest] = this.seen
    if (oldest !== undefined) this.seen.delete(oldest)
  }
}

function microDelay(fault: Fault): string {
  return `Micro delay applied. Actual delayed: ${fault.ms} msecs, Enforced: True, Capped delay: 0 msecs, Required: False, Additional info: .; PolicyDN: CN=GlobalThrottlingPolicy_contoso; Snapshot: BudgetKey: Sid~EURPR01A001; Balance: -${fault.ms}.`
}

function notThere(name: string): Answer {
  const message = `The lab does not have the command ${name} yet.`
  return {
    output: [],
    warnings: [],
    verbose: [],
    errors: [
      {
        message,
        exception: 'System.NotImplementedException',
        id: `LabDoesNotHave,${name}`,
        category: 'NotImplemented',
        terminating: true,
      },
    ],
  }
}

/** Timers of 0 ms are left out: the profile `zero` must not pay a millisecond for each wait. */
function sleep(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise(resolve => setTimeout(resolve, ms))
}
