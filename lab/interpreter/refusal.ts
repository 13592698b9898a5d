import type { Effects } from './runtime/effects'

/** The exit code that says "the stand-in does not know this"; no script can be told apart by it otherwise. */
export const REFUSED_EXIT_CODE = 86

/** The marker that starts the line on standard error. */
export const REFUSED_MARKER = 'PSSTANDIN-REFUSED:'

/**
 * Thrown for anything the stand-in does not know. No script can catch it: the process ends.
 * `line` and `column` count from 1; 0 when the place is not known yet.
 */
export class Refusal extends Error {
  line = 0
  column = 0

  constructor(readonly what: string) {
    super(what)
  }

  /** Remembers where it happened, unless an inner place is known already. */
  at(line: number, column: number): this {
    if (this.line === 0) {
      this.line = line
      this.column = column
    }
    return this
  }

  /** The line for standard error, with what the script had done before and was not taken back. */
  report(effects?: Effects): string {
    return `${REFUSED_MARKER} ${this.what} at ${this.line}:${this.column}${effects?.words() ?? ''}`
  }
}

/** Refuses. A function, so that it can stand where a value is expected. */
export function refuse(what: string): never {
  throw new Refusal(what)
}
