import { inspect } from 'node:util'

/** A text that nothing writes down by accident: logs, JSON and error messages show a row of dots. */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** The text itself, for the environment of one shell and nothing else. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '•••'
  }

  toJSON(): string {
    return this.toString()
  }

  [inspect.custom](): string {
    return this.toString()
  }
}
