import { existsSync, readFileSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { ParseError } from '../language/parse-error'
import { Parser } from '../language/parser'
import { SourceText } from '../language/source'
import { refuse } from '../refusal'
import { NetObject, PSErrorRecord, PSException, PSScriptBlock } from '../values/model'
import { toText } from '../values/text'
import type { Cmdlet, Context } from './context'
import { PSThrow, raise } from './errors'
import { ALIASES, REAL_COMMANDS } from './real-commands'

export type Found =
  | { kind: 'function'; block: PSScriptBlock; name: string }
  | { kind: 'script'; block: PSScriptBlock; name: string; path: string }
  | { kind: 'block'; block: PSScriptBlock; name: string }
  | { kind: 'cmdlet'; cmdlet: Cmdlet; name: string }
  | null

/** Scripts read before, by path: what has not changed is not parsed again. */
const parsed = new Map<string, PSScriptBlock>()
const KEPT = 100

/** Reads a script file as a script block. */
export function loadScript(path: string): PSScriptBlock {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  const known = parsed.get(path)
  if (known?.source.text === text) return known
  const source = new SourceText(text, path)
  try {
    const block = new PSScriptBlock(new Parser(text).script(), source)
    if (parsed.size >= KEPT) parsed.clear()
    parsed.set(path, block)
    return block
  } catch (fault) {
    if (!(fault instanceof ParseError)) throw fault
    const at = source.place(Math.min(fault.offset, text.length))
    const exception = new PSException(
      'System.Management.Automation.ParseException',
      `At ${path}:${at.line} char:${at.column}\n+ ${source.line(at.line)}\n+ ${' '.repeat(at.column - 1)}~\n${fault.message}`,
    )
    throw new PSThrow(new PSErrorRecord(exception, fault.id, 'ParserError'))
  }
}

/** Finds what a name runs. */
export function findCommand(given: unknown, cx: Context): Found {
  if (given instanceof PSScriptBlock) return { kind: 'block', block: given, name: '' }
  if (given instanceof NetObject && given.get['#block'])
    return { kind: 'function', block: given.get['#block']() as PSScriptBlock, name: given.text() }
  if (given instanceof NetObject && given.get['#script']) return given.get['#script']() as Found
  const name = toText(given)
  return byName(name, cx, 0)
}

/** The cmdlet that a name stands for, where no function takes its place. */
export function cmdletNamed(name: string, cx: Context): Cmdlet | undefined {
  const lower = name.toLowerCase()
  const known = (cx.scope.findAlias(name) ?? ALIASES[lower] ?? lower).toLowerCase()
  if (cx.scope.findFunction(known) || cx.scope.findFunction(lower)) return undefined
  return cx.session.cmdlets.get(known)
}

/** Whether a name is a command of the real shell that is not known here. */
export function isRefusedCommand(name: string, cx: Context): boolean {
  const lower = name.toLowerCase()
  const known = (cx.scope.findAlias(name) ?? ALIASES[lower] ?? lower).toLowerCase()
  if (cx.scope.findFunction(known) || cx.scope.findFunction(lower) || cx.session.cmdlets.has(known))
    return false
  return REAL_COMMANDS.has(known) || (bare(known) && REAL_COMMANDS.has(`get-${known}`))
}

/** Whether a name that stands for nothing is looked for with `Get-` before it. */
const bare = (name: string): boolean => name !== '' && !/[-\\/]/.test(name)

function byName(name: string, cx: Context, depth: number): Found {
  const lower = name.toLowerCase()
  const alias = cx.scope.findAlias(name) ?? ALIASES[lower]
  if (alias !== undefined && depth < 5) return byName(alias, cx, depth + 1)
  const scoped = /^(global|script|local):(.+)$/i.exec(name)
  const block = cx.scope.findFunction(scoped?.[2] ?? name)
  if (block) return { kind: 'function', block, name: block.name || name }
  const short = lower
    .replace(/^microsoft\.powershell\.(utility|core|management)\\/, '')
    .replace(/^(skypeforbusiness|microsoftteams|adsync)\\/, '')
  const cmdlet = cx.session.cmdlets.get(short)
  if (cmdlet) return { kind: 'cmdlet', cmdlet, name: cmdlet.name }
  if (REAL_COMMANDS.has(short)) return refuse(`the command ${name}`)
  if (/[\\/]/.test(name)) {
    const path = isAbsolute(name) ? name : resolve(cx.session.location, name)
    if (/\.ps1$/i.test(name) && existsSync(path))
      return { kind: 'script', block: loadScript(path), name: path.replace(/^.*[\\/]/, ''), path }
    if (existsSync(path)) return refuse(`the program ${name}`)
    return null
  }
  if (name && onPath(name)) return refuse(`the program ${name}`)
  return bare(name) ? byName(`Get-${name}`, cx, depth + 1) : null
}

function onPath(name: string): boolean {
  if (/[\0*?]/.test(name)) return false
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, name)))
}

export function notFound(name: string): never {
  // What stands before a backslash is taken for a module.
  const module = /^([\p{L}\p{Nd}_][^\\]*)\\/u.exec(name)?.[1]
  if (module && !module.endsWith(':')) {
    if (!/^[\w.]+$/.test(module)) refuse(`the command ${name}`)
    return raise({
      message: `The module '${module}' could not be loaded. For more information, run 'Import-Module ${module}'.`,
      id: 'CouldNotAutoLoadModule',
      category: 'ObjectNotFound',
      type: 'System.Management.Automation.CommandNotFoundException',
      target: name,
    })
  }
  if (/^\/.*\\/.test(name)) refuse(`the command ${name}`)
  return raise({
    message: `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    id: 'CommandNotFoundException',
    category: 'ObjectNotFound',
    type: 'System.Management.Automation.CommandNotFoundException',
    target: name,
  })
}
