/** A script that does not parse. `id` is the engine's own name of the fault; `offset` counts UTF-16 units from 0. */
export class ParseError extends Error {
  /** True when nothing behind it can matter. */
  settled = false
  constructor(
    readonly id: string,
    message: string,
    readonly offset: number,
    /** True when more input could make it right; the console host then reads on. */
    readonly incomplete = false,
  ) {
    super(message)
  }
}
