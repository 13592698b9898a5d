import type { Latency } from '../scenario/scenario'
import type { CallContext } from './context'

/**
 * A command of the lab. `run` is synchronous: what it reads and what it writes belong to one moment, and no other
 * call can come between. `side` says which systems it talks to; `sync` needs no seat.
 */
export type Command = {
  latency: Exclude<keyof Latency, 'jitter' | 'syncCycle'>
  mutating: boolean
  side: 'on-premises' | 'cloud' | 'sync'
  run(context: CallContext): void
}
