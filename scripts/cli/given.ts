import { parseArgs } from 'node:util'
import type { Command } from './command'

/** The command line cannot be understood; nothing was begun. Ends with exit code 2. */
export class Misuse extends Error {}

/** What a person gave to one command, by name. */
export class Given {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly positionals: readonly string[],
    private readonly names: readonly string[],
  ) {}

  /** A text, or undefined where it was not given. */
  maybe(option: string): string | undefined {
    const value = this.values[option]
    return typeof value === 'string' ? value : undefined
  }

  /** A text that has to be there. */
  text(option: string): string {
    const value = this.maybe(option)
    if (value === undefined || value.trim() === '') throw new Misuse(`--${option} is missing.`)
    return value
  }

  has(option: string): boolean {
    return this.values[option] === true
  }

  /** A whole number from 0, or undefined where it was not given. */
  number(option: string): number | undefined {
    const value = this.maybe(option)
    if (value === undefined) return undefined
    if (!/^\d{1,9}$/.test(value.trim()))
      throw new Misuse(`--${option} is ${value}, and takes a whole number.`)
    return Number(value)
  }

  /** The parts of a text with commas; empty where it was not given. */
  list(option: string): string[] {
    const value = this.maybe(option)
    if (value === undefined) return []
    const parts = value
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== '')
    if (parts.length === 0) throw new Misuse(`--${option} names nobody.`)
    return parts
  }

  /** What came without an option, by its name in the help. */
  positional(name: string): string {
    const value = this.positionals[this.names.indexOf(name)]
    if (value === undefined) throw new Misuse(`${name} is missing.`)
    return value
  }
}

/** Reads what stands behind the command's name. Throws Misuse naming what is unknown, missing, doubled or too much. */
export function readArguments(command: Command, args: string[]): Given {
  const names = command.takes ?? []
  const { values, positionals, tokens } = parsed(command, args)
  const seen = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (seen.has(token.name)) throw new Misuse(`--${token.name} is given twice.`)
    seen.add(token.name)
  }
  const tooMuch = positionals[names.length]
  if (tooMuch !== undefined) throw new Misuse(`${tooMuch} is too much. Put quotes around a text with spaces.`)
  const given = new Given(values, positionals, names)
  for (const name of names) given.positional(name)
  for (const [name, option] of Object.entries(command.options)) if (option.required) given.text(name)
  return given
}

function parsed(command: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    return parseArgs({ args, options, allowPositionals: true, tokens: true })
  } catch (error) {
    if (error instanceof TypeError) throw new Misuse(error.message.split('. ')[0]?.replace(/\.?$/, '.'))
    throw error
  }
}
