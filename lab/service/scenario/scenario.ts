import { z } from 'zod'
import { ERRORS } from '../errors/catalogue'

/** What can go wrong without being an error record of Microsoft's. */
export const EFFECTS = ['micro-delay', 'hang', 'late', 'drop', 'kill-shell', 'no-effect'] as const
export const FAULTS: string[] = [...EFFECTS, ...Object.keys(ERRORS)]

/** Milliseconds each kind of call takes; a sync cycle's length is `syncCycle`. */
const latencySchema = z.object({
  read: z.number().min(0),
  enable: z.number().min(0),
  move: z.number().min(0),
  set: z.number().min(0),
  syncStart: z.number().min(0),
  syncCycle: z.number().min(0),
  /** Share by which a call may take longer or shorter, 0 to 1. */
  jitter: z.number().min(0).max(1),
})
export type Latency = z.output<typeof latencySchema>

export const PROFILES = {
  default: { read: 60, enable: 250, move: 1500, set: 250, syncStart: 120, syncCycle: 5000, jitter: 0.2 },
  zero: { read: 0, enable: 0, move: 0, set: 0, syncStart: 0, syncCycle: 0, jitter: 0 },
  field: { read: 100, enable: 1000, move: 8000, set: 1000, syncStart: 500, syncCycle: 20_000, jitter: 0.1 },
} as const satisfies Record<string, Latency>

const faultSchema = z
  .object({
    /** Command name; `*` stands for anything. */
    command: z.string(),
    /** Whom the call is about (UPN or SIP address); `*` stands for anything. */
    identity: z.string().default('*'),
    /** Which call of this command for the same person, counted from 1: a number or a list. */
    nth: z.union([z.number().int().min(1), z.array(z.number().int().min(1))]).optional(),
    /** Share of the calls that fail, decided by the scenario's seed. */
    probability: z.number().min(0).max(1).default(1),
    /** At most so many times in all. */
    times: z.number().int().min(1).optional(),
    fault: z.string(),
    /** For hang, late, drop, kill-shell: does the change still happen? */
    effect: z.enum(['done', 'none']).default('done'),
    /** For late and micro-delay: milliseconds. */
    ms: z.number().min(0).default(5000),
    /** Another wording for the error's message. */
    message: z.string().optional(),
  })
  .strict()
  .refine(fault => FAULTS.includes(fault.fault), {
    error: issue =>
      `The lab knows no fault "${(issue.input as { fault: string }).fault}". Known: ${FAULTS.join(', ')}.`,
  })
export type Fault = z.output<typeof faultSchema>

export const scenarioSchema = z
  .object({
    name: z.string().default(''),
    seed: z.number().int().default(1),
    /** A profile's name, or single latencies that differ from the profile `default`. */
    latency: z
      .union([z.enum(['default', 'zero', 'field']), latencySchema.partial().strict()])
      .default('default'),
    /** Multiplies every latency; 0.1 runs ten times as fast. */
    scale: z.number().min(0).default(1),
    limits: z
      .object({
        perAdmin: z.number().int().min(1).default(3),
        perTenant: z.number().int().min(1).default(9),
        idleMinutes: z.number().min(0).default(15),
        /** False: a shell that died keeps its seat until it has been idle for so long. */
        freeWhenSeenDead: z.boolean().default(true),
      })
      .strict()
      .prefault({}),
    sync: z
      .object({
        staging: z.boolean().default(false),
        suspended: z.boolean().default(false),
        /** False: no cycle starts by itself; SyncCycleEnabled says so. */
        automatic: z.boolean().default(true),
        everyMinutes: z.number().min(0.01).default(30),
      })
      .strict()
      .prefault({}),
    tenant: z
      .object({
        sharedSipAddressSpace: z.boolean().default(true),
        /** True: cloud commands fail until the shell has called Connect-MicrosoftTeams. */
        requireConnect: z.boolean().default(false),
        /** Who may sign in, with the SHA-256 of the password in hex; empty: everybody, with any password. */
        accounts: z
          .array(
            z
              .object({ user: z.string().min(1), passwordSha256: z.string().regex(/^[0-9a-f]{64}$/) })
              .strict(),
          )
          .default([]),
      })
      .strict()
      .prefault({}),
    faults: z.array(faultSchema).default([]),
  })
  .strict()
export type Scenario = z.output<typeof scenarioSchema>

/** The latencies of a scenario, profile and scale taken together. */
export function latencyOf(scenario: Scenario): Latency {
  const base: Latency =
    typeof scenario.latency === 'string'
      ? PROFILES[scenario.latency]
      : { ...PROFILES.default, ...scenario.latency }
  const scaled = (ms: number) => ms * scenario.scale
  return {
    read: scaled(base.read),
    enable: scaled(base.enable),
    move: scaled(base.move),
    set: scaled(base.set),
    syncStart: scaled(base.syncStart),
    syncCycle: scaled(base.syncCycle),
    jitter: base.jitter,
  }
}
