/** Who made a call: the shell's session, and the credential it works under. */
export type Who = { session: string; credential: string; pid: number | null; host: string | null }

/** The stores a change can touch. */
export type StoreName = 'ad' | 'online' | 'tenant' | 'groups' | 'edge' | 'providers' | 'pools'

/** Attribute values as the journal and the snapshot hold them. */
export type Value = string | number | boolean | null | string[]
export type Attributes = Record<string, Value>

/**
 * One line of the journal. The journal is two things at once: the write-ahead log from which the estate is put
 * together again after a restart, and the independent witness of what was asked and what changed.
 *
 * - `begin`: a mutating call has begun; from here on the service finishes it, whatever happens to its client.
 * - `call`: any call that has ended. `alreadyThere` lists the people who were in the wanted state before it.
 * - `change`: attributes of one object, before and after; written in the same breath as the change itself.
 * - `abandoned`: a mutating call that was under way when the service itself died.
 */
export type Entry =
  | { kind: 'begin'; call: string; command: string; parameters: Record<string, unknown>; who: Who }
  | {
      kind: 'call'
      call: string
      command: string
      parameters: Record<string, unknown>
      mutating: boolean
      who: Who
      startedAt: string
      durationMs: number
      outcome: 'ok' | 'error' | 'fault'
      errors: string[]
      fault?: string
      people: string[]
      alreadyThere?: true
      alreadyTherePeople?: string[]
      answered: boolean
    }
  | {
      kind: 'change'
      call: string
      command: string
      who: Who | null
      store: StoreName
      key: string
      before: Attributes
      after: Attributes
    }
  | { kind: 'added'; store: StoreName; key: string; value: Attributes }
  | {
      kind: 'sync'
      cycle: string
      event: 'started' | 'read' | 'exported' | 'ended' | 'stopped'
      detail: string
    }
  | { kind: 'session'; event: 'opened' | 'closed' | 'refused'; who: Who; reason: string }
  | { kind: 'scenario'; scenario: unknown }
  | { kind: 'abandoned'; call: string; command: string }
  | { kind: 'service'; event: 'started' | 'stopped'; pid: number }
  | { kind: 'reset' }

/** An entry as it stands in the file: numbered without gaps, with the service's time (UTC). */
export type Line = Entry & { seq: number; at: string }
