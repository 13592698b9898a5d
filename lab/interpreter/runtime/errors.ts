import { PSErrorRecord, PSException } from '../values/model'

const A = 'System.Management.Automation.'

/** An error on its way up. `hard` ends the script (throw, -ErrorAction Stop); otherwise only the statement ends. */
export class PSThrow extends Error {
  /** True when it is one that a preference would not let pass. */
  stopped = false
  /** True when a `throw` statement sent it on its way, with or without a value. */
  byThrow = false
  /** How many statements it has ended. */
  ended = 0
  /** The error as it was where $ErrorActionPreference ended what ran. */
  inside: PSErrorRecord | null = null
  constructor(
    readonly record: PSErrorRecord,
    public hard = false,
    /** The call that it ends as a whole: `ThrowTerminatingError`. */
    public leaving: object | null = null,
  ) {
    super(record.exception.message)
  }
}

/** Ways out of a block. They are no errors, and so carry no stack: they are thrown often. */
export class BreakFlow {
  readonly kind = 'break'
  constructor(readonly label: string) {}
}
export class ContinueFlow {
  readonly kind = 'continue'
  constructor(readonly label: string) {}
}
export class ReturnFlow {
  readonly kind = 'return'
}
export class ExitFlow {
  readonly kind = 'exit'
  constructor(readonly code: number) {}
}
/** Whether a block is left on purpose. */
export const isFlow = (v: unknown): boolean =>
  v instanceof BreakFlow || v instanceof ContinueFlow || v instanceof ReturnFlow || v instanceof ExitFlow

/** Ends a pipeline early (Select-Object -First); `owner` says which. */
export class StopPipeline {
  readonly kind = 'stop'
  constructor(readonly owner: object) {}
}

/** An error of a later element of a pipeline on its way through the earlier ones, which are not asked about it. */
export class FailedPipeline {
  readonly kind = 'failed'
  constructor(
    readonly owner: object,
    readonly fault: unknown,
  ) {}
}

export type Fault = {
  message: string
  id: string
  category: string
  type?: string
  inner?: PSException | null
  target?: unknown
  reason?: string
}

export function recordOf(fault: Fault): PSErrorRecord {
  const exception = new PSException(fault.type ?? `${A}RuntimeException`, fault.message, fault.inner ?? null)
  for (let one: PSException | null = exception; one; one = one.inner) one.traced = true
  const record = new PSErrorRecord(exception, fault.id, fault.category, fault.target ?? null)
  if (fault.reason) record.reason = fault.reason
  return record
}

/** A statement-terminating error. */
export function raise(fault: Fault): never {
  throw new PSThrow(recordOf(fault))
}

/** An exception that a .NET method threw: the caller wraps it as the language does. */
export class NetFault extends Error {
  constructor(
    readonly type: string,
    readonly text: string,
    readonly inner: PSException | null = null,
  ) {
    super(text)
  }
  exception(): PSException {
    const made = new PSException(this.type, this.text, this.inner)
    made.traced = true
    return made
  }
}

export const netFault = (type: string, text: string): never => {
  throw new NetFault(type, text)
}

export const invalidOperation = (id: string, message: string, target: unknown = null): never =>
  raise({ message, id, category: 'InvalidOperation', target })

/** A conversion that failed; `inner` carries the reason. */
export class CastFault extends Error {
  constructor(
    readonly id: string,
    readonly text: string,
    readonly target: unknown = null,
  ) {
    super(text)
  }
}
