export type RefusedCode = 'forbidden' | 'not_found' | 'conflict' | 'invalid'

/**
 * A command or query that was not carried out, and changed nothing. The message is a sentence for the person who
 * asked: what is in the way, and what to do next.
 */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly code: RefusedCode,
    message: string,
    readonly details: readonly string[] = [],
  ) {
    super(message)
  }
}
