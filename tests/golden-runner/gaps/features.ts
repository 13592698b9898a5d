import { Parser } from '@/lab/interpreter/language/parser'
import type { Cmdlet } from '@/lab/interpreter/runtime/context'
import { ALIASES } from '@/lab/interpreter/runtime/real-commands'

type Node = { readonly kind?: unknown; readonly [name: string]: unknown }

const COMMON =
  'ErrorAction WarningAction InformationAction ProgressAction Verbose Debug ErrorVariable WarningVariable InformationVariable OutVariable PipelineVariable OutBuffer WhatIf Confirm'.split(
    ' ',
  )

/**
 * What a script asks of a shell: its kinds of syntax, operators, types, attributes, methods, and the commands of the shell
 * itself with their parameters. Commands that the script defines, and those of other modules, are left to their own tests.
 */
export function featuresOf(script: string, cmdlets: ReadonlyMap<string, Cmdlet>): Set<string> {
  const found = new Set<string>()
  const root: unknown = new Parser(script).script()
  const own = new Set<string>()
  walk(root, node => {
    if (node.kind === 'function') own.add(String(node.name).toLowerCase())
  })
  walk(root, (node, key) => {
    for (const feature of syntaxOf(node, key)) found.add(feature)
    if (node.kind === 'command')
      for (const feature of commandOf(node.elements as Node[], own, cmdlets)) found.add(feature)
  })
  return found
}

function syntaxOf(node: Node, key: string): string[] {
  const { kind } = node
  if (key === 'attributes' || key === 'attribute') return attributeOf(node)
  if (key === 'type' || key === 'types') return [`type [${written(node)}]`]
  if (key === 'redirections')
    return [`redirection ${node.from}>${node.to === null ? ' a target' : `&${node.to}`}`]
  if (key === 'param') return ['a param block']
  if (key === 'parameters') return node.defaultValue ? ['a default value of a parameter'] : []
  if (key === 'catches') return [(node.types as unknown[]).length > 0 ? 'catch of a type' : 'catch']
  if (key === 'finallyBody') return ['finally']
  if (key === 'otherwise') return ['else or default']
  if (key === 'begin' || key === 'process') return [`a ${key} block`]
  if (kind === undefined) return []
  const named = [`syntax ${kind}`]
  if (kind === 'unary' || kind === 'binary' || kind === 'assign' || kind === 'step')
    named.push(`${kind} operator ${String(node.operator).toLowerCase()}`)
  if (kind === 'string') named.push(`a text in ${node.quote} quotes`)
  if (kind === 'variable' && node.splat) named.push('splatting')
  if (kind === 'variable' && String(node.name).includes(':'))
    named.push(`a variable in ${String(node.name).split(':')[0]?.toLowerCase()}:`)
  if (kind === 'switch') named.push(`switch by ${node.mode}`)
  if (kind === 'if' && (node.clauses as unknown[]).length > 1) named.push('elseif')
  if ((kind === 'call' || kind === 'member') && isNode(node.name)) named.push(memberOf(node, node.name))
  if (kind === 'command' && node.operator !== '') named.push(`command operator ${node.operator}`)
  return named
}

function memberOf(node: Node, name: Node): string {
  const target = node.target as Node
  const what = name.kind === 'string' ? String(name.value).toLowerCase() : '(computed)'
  if (node.isStatic && target.kind === 'type') return `static [${written(target.type as Node)}]::${what}`
  return node.kind === 'call' ? `method .${what}()` : 'a property'
}

function attributeOf(node: Node): string[] {
  if (!('positional' in node)) return [`type [${written(node)}]`]
  const name = String(node.name).toLowerCase()
  const named = node.named as { name: string }[]
  return [`attribute ${name}`, ...named.map(one => `attribute ${name} ${one.name.toLowerCase()}`)]
}

const written = (type: Node): string =>
  String(type.name)
    .toLowerCase()
    .replace(/^system\./, '') + '[]'.repeat(Number(type.arrays ?? 0))

function commandOf(elements: Node[], own: Set<string>, cmdlets: ReadonlyMap<string, Cmdlet>): string[] {
  const [head, ...rest] = elements
  const given = rest.filter(one => one.kind === 'parameter').map(one => String(one.name).toLowerCase())
  const common = COMMON.filter(name => given.includes(name.toLowerCase())).map(
    name => `the common parameter -${name}`,
  )
  if (head?.kind !== 'string') return common
  const lower = String(head.value).toLowerCase()
  const cmdlet = own.has(lower) ? undefined : cmdlets.get((ALIASES[lower] ?? lower).toLowerCase())
  if (!cmdlet) return common
  const parameters = given.flatMap(name => {
    const one =
      cmdlet.parameters.find(p => [p.name, ...p.aliases].some(known => known.toLowerCase() === name)) ??
      cmdlet.parameters.find(p => p.name.toLowerCase().startsWith(name))
    return one ? [`${cmdlet.name} -${one.name}`] : []
  })
  return [`the command ${cmdlet.name}`, ...parameters, ...common]
}

function walk(value: unknown, visit: (node: Node, key: string) => void, key = ''): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit, key)
  if (!isNode(value) || Array.isArray(value)) return
  visit(value, key)
  for (const [name, part] of Object.entries(value)) walk(part, visit, name)
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
