import type { CommandNode, Expression, ParameterNode, TypeName } from '../language/ast'
import { Refusal } from '../refusal'
import type { PSScriptBlock } from '../values/model'
import { toText } from '../values/text'
import { parseTypeText } from '../values/type-names'
import type { Context } from './context'
import { cmdletNamed, isRefusedCommand } from './find-command'
import { mayBeReal } from './named-types'

const checked = new WeakSet<object>()

type Node = Record<string, unknown> & { kind?: unknown; start: number }

/**
 * Refuses a script before anything of it runs, where that can be seen: commands of the real shell and types of the
 * runtime that are written out and not known here. Functions that the script brings itself count as known.
 */
export function checkScript(block: PSScriptBlock, cx: Context): void {
  if (checked.has(block.node)) return
  const own = new Set<string>()
  const commands: { name: string; start: number; elements: Node[] }[] = []
  const faults: { what: string; start: number }[] = []
  walk(block.node, node => {
    if (node.kind === 'function')
      own.add(
        toText(node.name)
          .toLowerCase()
          .replace(/^(global|script|local|private):/, ''),
      )
    if (node.kind === 'command' && Array.isArray(node.elements)) {
      const [head] = node.elements
      if (head?.kind === 'string')
        commands.push({ name: head.value, start: head.start, elements: node.elements })
    }
    if (intoFile(node)) faults.push({ what: 'redirection to a file', start: node.start })
    const file = staticOfFiles(node)
    if (file) faults.push({ what: file, start: node.start })
    const cast = methodOfCast(node)
    if (cast) faults.push({ what: cast, start: node.start })
    for (const type of typesIn(node)) {
      const written = mayBeReal(type)
      if (written !== null) faults.push({ what: `the type [${written}]`, start: type.start || node.start })
    }
  })
  for (const { name, start, elements } of commands) {
    if (own.has(name.toLowerCase())) continue
    if (isRefusedCommand(name, cx)) faults.push({ what: `the command ${name}`, start })
    else faults.push(...refusedParameters(name, elements, cx))
  }
  faults.push(...doubtsAfterWriting(commands, cx))
  const first = faults.sort((a, b) => a.start - b.start)[0]
  if (first) {
    const at = block.source.place(first.start)
    throw new Refusal(first.what).at(at.line, at.column)
  }
  checked.add(block.node)
}

const WRITES = new Set(['Add-Content', 'Export-Csv', 'Out-File', 'Remove-Item', 'Set-Content', 'Tee-Object'])
const READS_PATTERNS = new Set(['Get-Content', 'Import-Csv', 'Test-Path'])

/**
 * What is known only of files that are not there, or not of several at once: where something was written before, it would be refused too
 * late, so it is refused from the start.
 */
function doubtsAfterWriting(
  commands: readonly { name: string; start: number; elements: Node[] }[],
  cx: Context,
): { what: string; start: number }[] {
  const known = commands.flatMap(one => {
    const cmdlet = cmdletNamed(one.name, cx)
    return cmdlet ? [{ ...one, cmdlet }] : []
  })
  if (!known.some(({ cmdlet }) => cmdlet.spec || WRITES.has(cmdlet.name))) return []
  return known.flatMap(({ cmdlet, start, elements }) => {
    const pattern = elements.some(one => one.kind === 'string' && /[*?]/.test(toText(one.value)))
    const doubtful = cmdlet.name === 'Get-Item' || (pattern && READS_PATTERNS.has(cmdlet.name))
    return doubtful ? [{ what: `${cmdlet.name} of a file in a script that writes`, start }] : []
  })
}

/** The types that a node names: as a value, in a conversion, for a parameter, to New-Object. Those of catch clauses wait for an error. */
function typesIn(node: Node): TypeName[] {
  if ((node.kind === 'type' || node.kind === 'cast') && node.type) return [node.type as TypeName]
  if ('defaultValue' in node && Array.isArray(node.attributes))
    return (node as unknown as ParameterNode).attributes.filter(one => 'generics' in one)
  if (node.kind !== 'command') return []
  const { elements } = node as unknown as CommandNode
  const [head, first, second] = elements
  if (head?.kind !== 'string' || !/^new-object$/i.test(head.value)) return []
  const named = first?.kind === 'parameter' && /^type/i.test(first.name)
  const given = named ? (first.argument ?? second) : first
  return given?.kind === 'string' ? [parseTypeText(given.value)] : []
}

/** A redirection to anything but `$null`. */
function intoFile(node: Node): boolean {
  if (!('append' in node) || !('from' in node)) return false
  const target = node.target as Expression | null
  return target !== null && !(target.kind === 'variable' && /^null$/i.test(target.name))
}

/** A static member of the file classes, of which hardly any is known: seen before a script has written something. */
function staticOfFiles(node: Node): string | null {
  if ((node.kind !== 'call' && node.kind !== 'member') || node.isStatic !== true) return null
  const { target, name } = node as unknown as { target: Expression; name: Expression }
  if (target.kind !== 'type' || name.kind !== 'string') return null
  const type = /^(system\.)?(io\.(file|directory))$/i.exec(target.type.name)?.[2]
  return type && !/^exists$/i.test(name.value) ? `[${type}]::${name.value}` : null
}

/** A method called on a cast to a wider type: the real shell looks for it on that type, and not on the value's own. */
function methodOfCast(node: Node): string | null {
  if (node.kind !== 'call' || node.isStatic === true) return null
  const { target, name } = node as unknown as { target: Expression; name: Expression }
  if (target.kind !== 'paren' || target.pipeline.kind !== 'pipeline') return null
  const [element] = target.pipeline.elements
  const inner = element?.kind === 'expression' ? element.expression : null
  if (inner?.kind !== 'cast' || !inner.type || name.kind !== 'string' || inner.type.arrays > 0) return null
  const wide = inner.type.name.replace(/^system\./i, '')
  const own = /^object$/i.test(wide) && /^(tostring|equals|gethashcode)$/i.test(name.value)
  return own || /^(valuetype|enum|i(comparable|convertible|formattable|disposable))$/i.test(wide)
    ? `${name.value} of a cast to [${inner.type.name}]`
    : null
}

/** Parameters that the real cmdlet has, that are written out and not known here. */
function refusedParameters(name: string, elements: Node[], cx: Context): { what: string; start: number }[] {
  const cmdlet = cmdletNamed(name, cx)
  if (!cmdlet) return []
  return elements.flatMap(one => {
    if (one.kind !== 'parameter' || typeof one.name !== 'string') return []
    const lower = one.name.toLowerCase()
    const found =
      cmdlet.parameters.find(p => [p.name, ...p.aliases].some(known => known.toLowerCase() === lower)) ??
      cmdlet.parameters.find(p => p.name.toLowerCase().startsWith(lower))
    return found?.refused
      ? [{ what: `the parameter -${found.name} of ${cmdlet.name}`, start: one.start }]
      : []
  })
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null || !('start' in value)) {
    // Clauses and entries have no place of their own, but what they hold has.
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
      for (const part of Object.values(value)) walk(part, visit)
    return
  }
  visit(value as Node)
  for (const part of Object.values(value)) if (typeof part === 'object') walk(part, visit)
}
