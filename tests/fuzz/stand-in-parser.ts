import { Parser } from '@/lab/interpreter/language/parser'
import type { Sent } from './send'

/** What a parser sees in a script: its commands in order, and the constants given to variables at its top. */
export type Seen = {
  readonly commands: readonly string[]
  readonly constants: Readonly<Record<string, string>>
}

type Node = { readonly kind?: unknown; readonly [name: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** Reads a script with the stand-in's parser. Throws ParseError where it does not parse. */
export function see(text: string): Seen {
  const script = new Parser(text).script()
  const commands: string[] = []
  collect(script, commands)
  const constants: Record<string, string> = {}
  for (const statement of script.end?.statements ?? []) {
    if (statement.kind !== 'assign' || statement.operator !== '=') continue
    if (statement.target.kind !== 'variable' || statement.value.kind !== 'pipeline') continue
    const [element, ...more] = statement.value.elements
    if (more.length > 0 || element?.kind !== 'expression') continue
    const { expression } = element
    if (expression.kind === 'string' && expression.quote === 'single')
      constants[statement.target.name] ??= expression.value
  }
  return { commands, constants }
}

function collect(node: unknown, commands: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, commands)
    return
  }
  if (!isNode(node)) return
  if (node.kind === 'command' && Array.isArray(node.elements)) {
    const [name] = node.elements as unknown[]
    commands.push(isNode(name) && name.kind === 'string' ? String(name.value) : '(computed)')
  }
  for (const value of Object.values(node)) collect(value, commands)
}

/** What is wrong with a readable script by what was seen in it and in the stored one, or null. */
export function judge({ route }: Sent, readable: Seen, storedCommands: readonly string[]): string | null {
  if (readable.commands.join('\n') !== storedCommands.join('\n'))
    return `the readable script has the commands ${readable.commands.join(', ')}`
  for (const [name, value] of Object.entries(route.call.values)) {
    if (value !== '' && readable.constants[name] !== value)
      return `the readable script gives ${name} the constant ${JSON.stringify(readable.constants[name])}`
  }
  return null
}
