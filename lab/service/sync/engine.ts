import { randomUUID } from 'node:crypto'
import { type AdUser, FOREST, TENANT } from '../estate/shapes'
import type { Attributes } from '../journal/entries'
import { seeded } from '../scenario/random'
import { latencyOf, type Scenario } from '../scenario/scenario'
import type { Store } from '../store'

const AD = FOREST.replace(/DC=/g, '').replace(/,/g, '.')
const CLOUD = `${TENANT} - AAD`

/**
 * The steps of one cycle and the share of its time that each takes. Directory attributes are read at the end of
 * the first step and written to the cloud in the fifth: what changed in between waits for the next cycle. Between two
 * steps the run status is empty for a moment, as in the field.
 */
const STEPS = [
  { connector: AD, share: 0.25, reads: true, writes: false },
  { connector: CLOUD, share: 0.15, reads: false, writes: false },
  { connector: AD, share: 0.1, reads: false, writes: false },
  { connector: CLOUD, share: 0.1, reads: false, writes: false },
  { connector: CLOUD, share: 0.25, reads: false, writes: true },
  { connector: AD, share: 0.15, reads: false, writes: false },
] as const
const GAP_SHARE = 0.1

type Cycle = {
  id: string
  policy: string
  connector: string | null
  image: Map<string, Attributes>
  timer: NodeJS.Timeout | null
}

/** The sync engine: one cycle at a time, which takes its time and copies what it saw when it read. */
export class SyncEngine {
  private cycle: Cycle | null = null
  private count = 0
  private automatic: NodeJS.Timeout | null = null
  private nextAt = 0
  private lastStartedAt: string | null = null

  constructor(
    private readonly store: Store,
    private readonly scenario: () => Scenario,
  ) {}

  get busy(): boolean {
    return this.cycle !== null
  }

  /** The connector now running; null when idle and in the gaps between two steps. */
  get connector(): string | null {
    return this.cycle?.connector ?? null
  }

  get policy(): string {
    return this.cycle?.policy ?? 'Delta'
  }

  get nextStart(): Date {
    return new Date(this.nextAt)
  }

  /** For GET /state. */
  summary(): { busy: boolean; connector: string | null; cycles: number; lastStartedAt: string | null } {
    return {
      busy: this.busy,
      connector: this.connector,
      cycles: this.count,
      lastStartedAt: this.lastStartedAt,
    }
  }

  /** Begins a cycle. False when one is running. */
  start(policy: string): boolean {
    if (this.cycle) return false
    this.count += 1
    this.lastStartedAt = new Date().toISOString()
    this.cycle = { id: randomUUID(), policy, connector: null, image: new Map(), timer: null }
    this.note('started', policy)
    this.step(this.cycle, 0)
    return true
  }

  /** Ends a running cycle before its time; what it has not written yet is left to the next one. */
  stop(): boolean {
    if (!this.cycle) return false
    if (this.cycle.timer) clearTimeout(this.cycle.timer)
    this.note('stopped', 'on request')
    this.cycle = null
    return true
  }

  /** Sets the clock of the automatic cycles by the scenario. */
  schedule(): void {
    if (this.automatic) clearTimeout(this.automatic)
    const { automatic, everyMinutes } = this.scenario().sync
    this.nextAt = Date.now() + everyMinutes * 60_000
    if (!automatic) return
    this.automatic = setTimeout(() => {
      if (!this.scenario().sync.suspended) this.start('Delta')
      this.schedule()
    }, everyMinutes * 60_000)
    this.automatic.unref()
  }

  close(): void {
    if (this.automatic) clearTimeout(this.automatic)
    this.stop()
  }

  private step(cycle: Cycle, index: number): void {
    const step = STEPS[index]
    if (!step) {
      this.note('ended', cycle.policy)
      this.cycle = null
      return
    }
    cycle.connector = step.connector
    const wait = this.length() * step.share
    this.after(cycle, wait * (1 - GAP_SHARE), () => {
      if (step.reads) this.read(cycle)
      if (step.writes) this.write(cycle)
      cycle.connector = null
      this.after(cycle, wait * GAP_SHARE, () => this.step(cycle, index + 1))
    })
  }

  private read(cycle: Cycle): void {
    for (const [key, user] of this.store.estate.ad) {
      if (!user.inSyncScope) continue
      cycle.image.set(key, image(user))
    }
    this.note('read', `${cycle.image.size} accounts`)
  }

  private write(cycle: Cycle): void {
    if (this.scenario().sync.staging) {
      this.note('exported', 'nothing: staging mode')
      return
    }
    const cause = { call: `sync:${cycle.id}`, command: 'sync', who: null }
    const wanted = [...cycle.image].filter(([key]) => this.store.estate.online.has(key))
    const count = this.store.changeMany(cause, 'online', wanted)
    this.note('exported', `${count} accounts`)
  }

  private after(cycle: Cycle, ms: number, next: () => void): void {
    cycle.timer = setTimeout(() => {
      if (this.cycle === cycle) next()
    }, ms)
  }

  private length(): number {
    const { syncCycle, jitter } = latencyOf(this.scenario())
    return syncCycle * (1 + jitter * (2 * seeded(this.scenario().seed, 'sync', this.count) - 1))
  }

  private note(event: 'started' | 'read' | 'exported' | 'ended' | 'stopped', detail: string): void {
    this.store.record([{ kind: 'sync', cycle: this.cycle?.id ?? '', event, detail }])
  }
}

/** What Entra Connect copies of one account. */
function image(user: AdUser): Attributes {
  return {
    onPremHostingProvider: user['msRTCSIP-DeploymentLocator'],
    onPremSipAddress: user['msRTCSIP-PrimaryUserAddress'],
    onPremLineUri: user['msRTCSIP-Line'],
  }
}
