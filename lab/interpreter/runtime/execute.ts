import type { Expression, Statement, StatementBlock } from '../language/ast'
import { refuse } from '../refusal'
import { truth } from '../values/convert'
import { isNull, NetObject, NOTHING, PSHash, PSRegex, PSScriptBlock, PSType } from '../values/model'
import { matchOf } from '../values/regex'
import { toText } from '../values/text'
import { wildcard } from '../values/wildcard'
import { apply, plain } from './apply'
import type { Context } from './context'
import { badEnumeration, enumerate, isSequence, pipedItems, watched } from './enumerate'
import { BreakFlow, ContinueFlow, ExitFlow, isFlow, PSThrow, ReturnFlow, raise } from './errors'
import { evaluate } from './evaluate'
import { typeNamed } from './named-types'
import { patternFor } from './operators'
import { standingFor } from './outside'
import { runPipeline } from './pipeline'
import { preference, remember } from './reporting'
import { settled } from './settled'
import { asThrow } from './thrown'
import { runThrow, runTry } from './try'
import { assign } from './variables'

/** Runs the statements of a block, one after the other; an error that ends only its statement lets the next one run. */
export async function runBlock(block: StatementBlock, cx: Context): Promise<void> {
  for (const statement of block.statements) await runGuarded(statement, cx)
}

async function runGuarded(statement: Statement, cx: Context): Promise<void> {
  try {
    await runStatement(statement, cx)
    if (succeeds(statement)) cx.session.ok = true
  } catch (fault) {
    const thrown = asThrow(fault, cx, statement)
    if (!thrown) throw fault
    cx.session.ok = false
    thrown.ended++
    if (cx.session.tries > 0 || thrown.leaving) throw thrown
    const action = preference(cx, 'ErrorActionPreference')
    const passed = thrown.byThrow && !thrown.stopped && (action === 'silentlycontinue' || action === 'ignore')
    if (thrown.hard && !passed) throw thrown
    if (action === 'stop' && thrown.record.wrapped) {
      thrown.hard = true
      throw thrown
    }
    if (action === 'stop') {
      const record = standingFor(thrown.record)
      throw Object.assign(new PSThrow(record, true), { inside: thrown.record, ended: thrown.ended })
    }
    remember(cx, thrown.record)
    if (action !== 'silentlycontinue' && action !== 'ignore') await cx.streams.write(2, thrown.record)
  }
}

/** Whether `$?` is true after a statement of a block: after an expression, but not after the commands in it. */
function succeeds(s: Statement): boolean {
  if (s.kind === 'assign') return succeeds(s.value)
  if (s.kind !== 'pipeline' || s.elements.length !== 1) return false
  const [only] = s.elements
  if (only?.kind !== 'expression' || only.redirections.length > 0) return false
  const e = only.expression
  if (e.kind === 'paren') return succeeds(e.pipeline)
  return (e.kind !== 'array' && e.kind !== 'subexpression') || e.body.statements.length === 0
}

/** Whether a condition runs commands: whatever they say about `$?` is forgotten. */
const commanding = new WeakMap<Statement, boolean>()
function runsCommands(s: Statement): boolean {
  const known = commanding.get(s)
  if (known !== undefined) return known
  const found = hasCommand(s)
  commanding.set(s, found)
  return found
}

const hasCommand = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  ('kind' in node && node.kind === 'command'
    ? true
    : !('kind' in node && node.kind === 'scriptblock') && Object.values(node).some(hasCommand))

/** Writes a statement's value to output: sequences item by item. */
async function put(value: unknown, cx: Context): Promise<void> {
  if (value === NOTHING || value === undefined) return
  if (isSequence(value) || (value instanceof NetObject && value.methods['#items'])) await putAll(value, cx)
  else await cx.output(value)
}

async function putAll(value: unknown, cx: Context): Promise<void> {
  const changed = watched(value)
  for (const item of pipedItems(value)) {
    await cx.output(item)
    if (changed()) badEnumeration()
  }
}

export async function runStatement(s: Statement, cx: Context): Promise<void> {
  switch (s.kind) {
    case 'pipeline': {
      const [only] = s.elements
      if (s.elements.length === 1 && only?.kind === 'expression' && only.redirections.length === 0) {
        const { expression } = only
        if (expression.kind === 'step') {
          await evaluate(expression, cx)
          return
        }
        return put(await evaluate(expression, cx), cx)
      }
      return runPipeline(s.elements, cx, s)
    }
    case 'assign':
      return runAssign(s, cx)
    case 'chain': {
      await runGuarded(s.left, cx)
      if (cx.session.ok === (s.operator === '&&')) await runGuarded(s.right, cx)
      return
    }
    case 'if': {
      for (const clause of s.clauses) {
        if (await holds(clause.test, cx)) return runBlock(clause.body, cx)
      }
      if (s.otherwise) await runBlock(s.otherwise, cx)
      return
    }
    case 'while':
      while (await holds(s.test, cx)) if (!(await loopBody(s.body, s.label, cx))) break
      return
    case 'do':
      do {
        if (!(await loopBody(s.body, s.label, cx))) break
      } while ((await holds(s.test, cx)) !== s.until)
      return
    case 'for': {
      if (s.init) await runQuiet(s.init, cx)
      while (s.test === null || (await holds(s.test, cx))) {
        if (!(await loopBody(s.body, s.label, cx))) break
        if (s.step) await runQuiet(s.step, cx)
      }
      return
    }
    case 'foreach':
      return runForeach(s, cx)
    case 'switch':
      return runSwitch(s, cx)
    case 'try':
      return runTry(s, cx)
    case 'throw':
      return runThrow(s, cx)
    case 'return': {
      // What is assigned by the way is given back as well.
      if (s.value?.kind === 'assign') await put(await resultOf(s.value, cx), cx)
      else if (s.value) await runStatement(s.value, cx)
      throw new ReturnFlow()
    }
    case 'exit': {
      const value = s.value ? await resultOf(s.value, cx) : (cx.session.lastExit ?? 0)
      const code = Number(toText(value))
      throw new ExitFlow(Number.isInteger(code) ? code : 0)
    }
    case 'break':
      throw new BreakFlow(s.label ? toText(await evaluate(s.label, cx)) : '')
    case 'continue':
      throw new ContinueFlow(s.label ? toText(await evaluate(s.label, cx)) : '')
    case 'function': {
      const block = new PSScriptBlock(s.body, cx.source)
      const scoped = /^(global|script|local|private):(.+)$/i.exec(s.name)
      const name = scoped?.[2] ?? s.name
      const prefix = scoped?.[1]?.toLowerCase()
      block.name = name
      const scope = prefix === 'global' ? cx.scope.global : prefix === 'script' ? cx.scope.script : cx.scope
      scope.functions.set(name.toLowerCase(), block)
      for (const attribute of s.body.param?.attributes ?? [])
        if (/^alias(attribute)?$/i.test(attribute.name))
          for (const other of attribute.positional)
            if (other.kind === 'string') scope.aliases.set(other.value.toLowerCase(), name)
            else refuse('such an alias of a function')
      return
    }
    case 'data':
      return refuse('a data section')
  }
}

/** Whether a condition holds. */
async function holds(s: Statement, cx: Context): Promise<boolean> {
  const value = truth(await resultOf(s, cx))
  if (runsCommands(s)) cx.session.ok = true
  return value
}

/** A `for` header's statement: what it puts out is dropped. */
async function runQuiet(s: Statement, cx: Context): Promise<void> {
  await runStatement(s, cx.with({ streams: cx.streams.with(1, () => {}) }))
}

/** The value of what is assigned or stands in `( … )`: left by `return`, `break` or `exit`, it puts out what it has. */
export const givenValue = (s: Statement, cx: Context): Promise<unknown> => resultOf(s, cx, true)

/** A statement's value: an expression as it is, everything else as nothing, one value or an array. */
async function resultOf(s: Statement, cx: Context, putsOut = false): Promise<unknown> {
  if (s.kind === 'pipeline' && s.elements.length === 1) {
    const [only] = s.elements
    if (only?.kind === 'expression' && only.redirections.length === 0) return evaluate(only.expression, cx)
  }
  if (s.kind === 'assign') {
    await runAssign(s, cx)
    return evaluate(s.target.kind === 'cast' ? s.target.operand : s.target, cx)
  }
  const found: unknown[] = []
  try {
    await runStatement(s, cx.with({ streams: cx.streams.with(1, v => void found.push(v)) }))
  } catch (flow) {
    if (putsOut && isFlow(flow)) for (const value of found) await cx.output(value)
    throw flow
  }
  return found.length === 0 ? NOTHING : found.length === 1 ? found[0] : found
}

async function runAssign(s: Extract<Statement, { kind: 'assign' }>, cx: Context): Promise<void> {
  if (s.operator === '=') {
    return assign(s.target, await assigned(s, cx), cx, evaluate)
  }
  const target = await settled(s.target, cx, evaluate)
  const read = target.kind === 'cast' ? target.operand : target
  if (s.operator === '??=') {
    if (!isNull(await evaluate(target, cx))) return
    return assign(target, await assigned(s, cx), cx, evaluate)
  }
  // A variable of an outer scope is not what `+=` adds to.
  const own =
    read.kind !== 'variable' ||
    read.name.includes(':') ||
    cx.scope.own(read.name) !== null ||
    (cx.scope.strictness >= 1 && !cx.scope.isCall)
  const old = own ? plain(await evaluate(read, cx)) : null
  const value = await assigned(s, cx)
  await assign(target, await apply(s.operator.slice(0, -1), old, value, cx), cx, evaluate)
}

/** The value to assign. Where it fails in a call, the variable of the call is there already, and empty. */
async function assigned(s: Extract<Statement, { kind: 'assign' }>, cx: Context): Promise<unknown> {
  try {
    return await givenValue(s.value, cx)
  } catch (fault) {
    const { target } = s
    const own = target.kind === 'variable' && cx.scope.isCall && !target.name.includes(':')
    if (own && cx.session.tries === 0 && cx.scope.own(target.name) === null) cx.scope.set(target.name, null)
    throw fault
  }
}

/** Runs a loop's body once; false when the loop is to end. */
async function loopBody(body: StatementBlock, label: string, cx: Context): Promise<boolean> {
  try {
    await runBlock(body, cx)
    return true
  } catch (flow) {
    const mine = (l: string) => l === '' || l.toLowerCase() === label.toLowerCase()
    if (flow instanceof BreakFlow && mine(flow.label)) return false
    if (flow instanceof ContinueFlow && mine(flow.label)) return true
    throw flow
  }
}

async function runForeach(s: Extract<Statement, { kind: 'foreach' }>, cx: Context): Promise<void> {
  const value = await resultOf(s.items, cx)
  // An array is gone through as it is by then.
  const items = value instanceof PSHash ? [value] : Array.isArray(value) ? value : [...enumerate(value)]
  const changed = watched(value)
  const variable = { kind: 'variable' as const, name: s.variable, splat: false, start: s.start, end: s.start }
  for (const item of items) {
    await assign(variable, item, cx, evaluate)
    if (!(await loopBody(s.body, s.label, cx))) break
    if (changed())
      raise({
        message: 'Collection was modified; enumeration operation may not execute.',
        id: 'System.InvalidOperationException',
        category: 'OperationStopped',
        type: 'System.InvalidOperationException',
      })
  }
}

async function runSwitch(s: Extract<Statement, { kind: 'switch' }>, cx: Context): Promise<void> {
  const value = await resultOf(s.condition, cx)
  const items = Array.isArray(value)
    ? value
    : isSequence(value) || value === NOTHING
      ? [...enumerate(value)]
      : [value]
  for (const item of items) {
    const old = cx.scope.own('_')
    const kept = old?.value
    let matched = false
    try {
      cx.scope.set('_', item)
      for (const clause of s.clauses) {
        // What a clause writes to `$_` is what the next ones look at.
        if (!(await switchTest(s, clause.test, cx.scope.own('_')?.value, cx))) continue
        matched = true
        await runBlock(clause.body, cx)
      }
      if (!matched && s.otherwise) {
        await runBlock(s.otherwise, cx)
      }
    } catch (flow) {
      const mine = (l: string) => l === '' || l.toLowerCase() === s.label.toLowerCase()
      if (flow instanceof BreakFlow && mine(flow.label)) return
      if (!(flow instanceof ContinueFlow && mine(flow.label))) throw flow
    } finally {
      if (old) old.value = kept
      else cx.scope.variables.delete('_')
    }
  }
}

/** What a clause of a switch stands for. One of constants only is computed before anything runs, and its error ends the script. */
async function clauseValue(test: Expression, cx: Context): Promise<unknown> {
  try {
    return await evaluate(test, cx)
  } catch (fault) {
    if (asThrow(fault, cx, test) && isConstant(test)) return refuse('a constant clause that fails')
    throw fault
  }
}

const isConstant = (node: unknown): boolean =>
  typeof node !== 'object' ||
  node === null ||
  (!(
    'kind' in node &&
    /^(variable|command|subexpression|expandable|scriptblock|member|call|index)/.test(String(node.kind))
  ) &&
    Object.values(node).every(isConstant))

async function switchTest(
  s: Extract<Statement, { kind: 'switch' }>,
  test: Expression,
  item: unknown,
  cx: Context,
): Promise<boolean> {
  const against =
    test.kind === 'scriptblock' ? new PSScriptBlock(test.body, cx.source) : await clauseValue(test, cx)
  if (against instanceof PSScriptBlock) {
    const out = await cx.session.collect(against, cx, { item: { value: item } })
    return truth(out.length === 1 ? out[0] : out)
  }
  if (s.mode === 'wildcard') return wildcard(toText(against), s.caseSensitive).test(toText(item))
  if (s.mode === 'regex') {
    if (isNull(against)) return isNull(item)
    // A pattern with other options than the switch is read again as a text.
    const own = against instanceof PSRegex && against.ignoreCase === !s.caseSensitive
    const found = patternFor(own ? against : toText(against), s.caseSensitive).exec(toText(item))
    if (found) {
      const matches = new PSHash()
      for (const group of matchOf(found).groups ?? [])
        if (group.success)
          matches.set(/^\d+$/.test(group.name) ? Number(group.name) : group.name, group.value)
      cx.scope.set('Matches', matches)
    }
    return found !== null
  }
  if (isNull(against)) return isNull(item)
  // Both are compared as text, whatever they are.
  return s.caseSensitive
    ? toText(item) === toText(against)
    : toText(item).toLowerCase() === toText(against).toLowerCase()
}

export { PSType, typeNamed }
