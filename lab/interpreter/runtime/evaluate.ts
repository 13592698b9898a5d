import type { AttributeNode, Expression, Statement, TypeName } from '../language/ast'
import { Refusal, refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import { ENUMS } from '../values/enums'
import {
  elementType,
  isNull,
  NetObject,
  NOTHING,
  PSException,
  PSHash,
  PSObj,
  PSRef,
  PSScriptBlock,
  PSType,
  typedArray,
} from '../values/model'
import { toText } from '../values/text'
import { isNumberType } from '../values/to-number'
import { isException, isKnownException, isOfType, typeOf } from '../values/type-names'
import { apply, plain, separatorOf, typeOperator } from './apply'
import { arithmetic, casting, negate } from './arithmetic'
import { complement } from './bitwise'
import type { Context } from './context'
import { enumerate, isSequence, markNothing } from './enumerate'
import { CastFault, invalidOperation, isFlow, NetFault, raise } from './errors'
import { indexInto, keyOfNoPlace } from './indexing'
import { getMember } from './members'
import { callMethod } from './methods'
import { typeNamed } from './named-types'
import { joinOperator, splitWords } from './operators'
import { settled } from './settled'
import { callStatic, getStatic } from './statics'
import { keyForMember } from './typed-tables'
import { assign, readVariable, throughReference } from './variables'

const PSOBJECT = 'System.Management.Automation.PSObject'

/** What stands in an expandable string: version 1 of strict mode lets variables there be unset. */
async function evaluatePart(part: Expression, cx: Context): Promise<unknown> {
  if (cx.scope.strictness !== 1) return evaluate(part, cx)
  if (part.kind === 'variable' && !part.splat) return readVariable(cx, part.name, 2)
  cx.session.quoted++
  try {
    return await evaluate(part, cx)
  } finally {
    cx.session.quoted--
  }
}

export async function evaluate(e: Expression, cx: Context): Promise<unknown> {
  switch (e.kind) {
    case 'constant':
    case 'string':
      return e.value
    case 'variable':
      if (e.splat) return refuse('a splatted variable here')
      return readVariable(cx, e.name)
    case 'expandable': {
      let text = ''
      for (const part of e.parts)
        text += typeof part === 'string' ? part : expanded(await evaluatePart(part, cx), cx)
      return text
    }
    case 'list': {
      const items: unknown[] = []
      for (const item of e.items) {
        const value = await evaluate(item, cx)
        if (value === NOTHING) markNothing(items, items.length)
        items.push(plain(value))
      }
      return items
    }
    case 'array': {
      const [only] = e.body.statements
      if (
        e.body.statements.length === 1 &&
        only?.kind === 'pipeline' &&
        only.elements.length === 1 &&
        only.elements[0]?.kind === 'expression' &&
        only.elements[0].expression.kind === 'list'
      )
        return succeeding(await evaluate(only.elements[0].expression, cx), cx)
      const pure = pureExpression(only)
      if (pure && e.body.statements.length === 1)
        return /^(paren|array|subexpression)$/.test(pure.kind)
          ? wrapped(await evaluate(pure, cx))
          : succeeding(wrapped(await evaluate(pure, cx)), cx)
      return collectBlock(e.body, cx)
    }
    case 'subexpression': {
      if (e.body.statements.length === 0) return null
      const found = await collectBlock(e.body, cx, true)
      return found.length === 0 ? NOTHING : found.length === 1 ? found[0] : found
    }
    case 'paren':
      return cx.session.value(e.pipeline, cx)
    case 'hash': {
      const made = new PSHash(e.ordered ? 'System.Collections.Specialized.OrderedDictionary' : undefined)
      made.capacity = e.entries.length
      for (const entry of e.entries) {
        const key = plain(await evaluate(entry.key, cx))
        if (isNull(key))
          return raise({
            message: 'A null key is not allowed in a hash literal.',
            id: 'InvalidNullKey',
            category: 'InvalidOperation',
          })
        if (made.has(key))
          return raise({
            message: `Duplicate keys '${toText(key)}' are not allowed in hash literals.`,
            id: 'DuplicateKeyInHashLiteral',
            category: 'InvalidOperation',
            target: made,
          })
        made.set(key, plain(await cx.session.value(entry.value, cx)))
      }
      return made
    }
    case 'scriptblock': {
      return new PSScriptBlock(e.body, cx.source)
    }
    case 'type': {
      const full = typeNamed(e.type)
      // [pscustomobject] is another name of [psobject].
      return new PSType(/^pscustomobject$/i.test(e.type.name) && e.type.arrays === 0 ? PSOBJECT : full)
    }
    case 'cast':
      return castExpression(e, cx)
    case 'unary':
      return unary(e.operator, e.operand, cx)
    case 'step':
      return step(e, cx)
    case 'binary':
      return binary(e, cx)
    case 'ternary':
      return evaluate(truth(await evaluate(e.condition, cx)) ? e.yes : e.no, cx)
    case 'member':
      return member(e, cx)
    case 'call':
      return call(e, cx)
    case 'index': {
      const target = await evaluate(e.target, cx)
      if (isNull(target) && e.nullSafe) return null
      if (target instanceof PSHash && target.ordered) keyOfNoPlace(e.index)
      return indexInto(target, plain(await evaluate(e.index, cx)), cx)
    }
  }
}

/** The expression that a statement is, and nothing else. */
function pureExpression(statement: Statement | undefined): Expression | null {
  if (statement?.kind !== 'pipeline' || statement.elements.length !== 1) return null
  const [element] = statement.elements
  return element?.kind === 'expression' && element.redirections.length === 0 ? element.expression : null
}

/** What stands alone in `@( … )` is a statement, after which `$?` is true. */
function succeeding<T>(value: T, cx: Context): T {
  cx.session.ok = true
  return value
}

/** The value of one expression in `@( … )`. */
const wrapped = (value: unknown): unknown[] =>
  value === NOTHING || value === undefined
    ? []
    : isSequence(value) || (value instanceof NetObject && value.methods['#items'])
      ? [...enumerate(value)]
      : [value]

async function collectBlock(
  body: Parameters<Context['session']['block']>[0],
  cx: Context,
  putsOut = false,
): Promise<unknown[]> {
  const found: unknown[] = []
  try {
    await cx.session.block(body, cx.with({ streams: cx.streams.with(1, v => void found.push(v)) }))
  } catch (flow) {
    // `$( … )` that is left by `return` and its kin puts out what it has; `@( … )` does not.
    if (putsOut && isFlow(flow)) for (const value of found) await cx.output(value)
    throw flow
  }
  return found
}

export function expanded(v: unknown, cx: Context): string {
  return toText(v instanceof NetObject && v.methods['#items'] ? [...enumerate(v)] : v, separatorOf(cx))
}

async function castExpression(e: Extract<Expression, { kind: 'cast' }>, cx: Context): Promise<unknown> {
  if (e.attribute) refuse('an attribute on a variable')
  const lower = e.type.name.toLowerCase()
  if (
    e.type.arrays === 0 &&
    (lower === 'ordered' || lower === 'pscustomobject') &&
    e.operand.kind === 'hash'
  ) {
    const made = (await evaluate({ ...e.operand, ordered: true }, cx)) as PSHash
    if (lower === 'ordered') return made
    const object = new PSObj()
    for (const [key, value] of made.entries.values()) {
      const name = toText(key)
      if (name.toLowerCase() === 'pstypename') object.types.unshift(toText(value))
      else object.set(name, value)
    }
    return object
  }
  if (lower === 'ordered') return refuse('[ordered] on something other than a hash literal')
  const full = typeNamed(e.type)
  if (full === 'System.Management.Automation.PSReference' && lower !== 'ref') {
    // Only [ref] is the variable itself; by its full name the type is a cast, which takes the value.
    let held = await evaluate(e.operand, cx)
    return new PSRef(
      () => held,
      value => {
        held = value
      },
    )
  }
  if (full === 'System.Management.Automation.PSReference') {
    const { operand } = e
    if (operand.kind !== 'variable') return refuse('[ref] of something other than a variable')
    // These are no variables: the reference holds a value of its own.
    if (/^(null|true|false)$/i.test(operand.name)) {
      let held = await evaluate(operand, cx)
      return new PSRef(
        () => held,
        value => {
          held = value
        },
      )
    }
    const variable = cx.scope.find(operand.name)
    if (!variable)
      return raise({
        message: `[ref] cannot be applied to a variable that does not exist.`,
        id: 'NonExistingVariableReference',
        category: 'InvalidOperation',
        target: operand.name,
      })
    return new PSRef(
      () => variable.value,
      value => {
        variable.value = throughReference(variable, value)
      },
    )
  }
  const value = await evaluate(e.operand, cx)
  if (full === 'System.Void') return NOTHING
  // The text of nothing at all is null, other than the text of null.
  if (full === 'System.String' && value === NOTHING) return null
  return castTo(value, full, cx)
}

/** A cast, with hashtables that fill objects and one-argument constructors where the language uses them. */
export function castTo(value: unknown, full: string, cx: Context): unknown {
  if (full === 'System.Management.Automation.PSObject' && isSequence(value)) refuse('a list as [psobject]')
  if (full === 'System.String' && isSequence(value)) return expanded(value, cx)
  if (
    value instanceof PSHash &&
    !isOfType(value, full) &&
    ![
      'System.String',
      'System.Boolean',
      'System.Management.Automation.PSCustomObject',
      'System.Object',
    ].includes(full) &&
    !full.endsWith('[]') &&
    !full.startsWith('System.Collections') &&
    !isNumberType(full) &&
    full !== 'System.Array' &&
    full !== 'System.Management.Automation.PSObject'
  )
    return refuse(`a hashtable as ${full}`)
  return casting(() => convert(value, full))
}

async function unary(operator: string, operand: Expression, cx: Context): Promise<unknown> {
  const v = await evaluate(operand, cx)
  switch (operator) {
    case '-not':
      return !truth(v)
    case '-':
      return negate(plain(v))
    case '+':
      return arithmetic('+', 0, plain(v))
    case '-bnot':
      return complement(plain(v))
    case '-join':
      return joinOperator(v, '')
    case '-split':
    case '-isplit':
    case '-csplit':
      return v === NOTHING ? [] : splitWords(v)
    default:
      return refuse(`the operator ${operator}`)
  }
}

async function step(e: Extract<Expression, { kind: 'step' }>, cx: Context): Promise<unknown> {
  const target = await settled(e.operand, cx, evaluate)
  const old = plain(await evaluate(target, cx))
  if (!isNull(old) && !isNumberType(typeOf(old))) {
    invalidOperation(
      'OperatorRequiresNumber',
      `The '${e.operator}' operator works only on numbers. The operand is a '${typeOf(old)}'.`,
    )
  }
  await assign(target, arithmetic(e.operator === '++' ? '+' : '-', old ?? 0, 1), cx, evaluate)
  return e.prefix ? arithmetic(e.operator === '++' ? '+' : '-', old ?? 0, 1) : (old ?? 0)
}

export async function binary(e: Extract<Expression, { kind: 'binary' }>, cx: Context): Promise<unknown> {
  const { operator } = e
  const left = await evaluate(e.left, cx)
  if (operator === '-and') return truth(left) && truth(await evaluate(e.right, cx))
  if (operator === '-or') return truth(left) || truth(await evaluate(e.right, cx))
  if (operator === '??') return isNull(left) ? evaluate(e.right, cx) : left
  if (operator === '-is' || operator === '-isnot' || operator === '-as')
    return typeOperator(operator, left, await evaluate(e.right, cx))
  const right = await evaluate(e.right, cx)
  return apply(operator, left, right, cx)
}

async function memberName(name: Expression, cx: Context): Promise<unknown> {
  return name.kind === 'string' ? name.value : evaluate(name, cx)
}

async function member(e: Extract<Expression, { kind: 'member' }>, cx: Context): Promise<unknown> {
  if (e.isStatic) {
    const target =
      e.target.kind === 'type' ? new PSType(typeNamed(e.target.type)) : await evaluate(e.target, cx)
    const name = toText(await memberName(e.name, cx))
    if (!(target instanceof PSType)) return getStatic(new PSType(typeOf(target)), name, cx)
    return getStatic(target, name, cx)
  }
  const target = await evaluate(e.target, cx)
  if (e.nullSafe && isNull(target)) return null
  const name = await memberName(e.name, cx)
  if (name instanceof PSScriptBlock) return refuse('a script block for a property name')
  if (target instanceof PSHash) {
    if (isNull(name))
      return raise({
        message: "Value cannot be null. (Parameter 'key')",
        id: 'System.ArgumentNullException',
        category: 'OperationStopped',
        type: 'System.ArgumentNullException',
      })
    if (typeof name !== 'string') return target.get(keyForMember(target, name))
  }
  return getMember(target, toText(name), cx)
}

async function call(e: Extract<Expression, { kind: 'call' }>, cx: Context): Promise<unknown> {
  const target =
    e.isStatic && e.target.kind === 'type'
      ? new PSType(typeNamed(e.target.type))
      : await evaluate(e.target, cx)
  if (e.nullSafe && isNull(target)) return null
  const name = toText(await memberName(e.name, cx))
  const args: unknown[] = []
  for (const arg of e.args) args.push(plain(await evaluate(arg, cx)))
  try {
    const found = e.isStatic
      ? await callStatic(target instanceof PSType ? target : new PSType(typeOf(target)), name, args, cx)
      : await callMethod(target, name, args, cx)
    return found
  } catch (fault) {
    throw methodFault(fault, name, args.length)
  }
}

/** The error that a throwing .NET method gives. */
export function methodFault(fault: unknown, name: string, count: number): unknown {
  if (fault instanceof CastFault) {
    return new Refusal(`the error of a wrong argument of ${name}`)
  }
  if (!(fault instanceof NetFault)) return fault
  const inner = fault.exception()
  const type = 'System.Management.Automation.MethodInvocationException'
  const message = `Exception calling "${name === 'new' ? '.ctor' : name}" with "${count}" argument(s): "${inner.message}"`
  try {
    raise({ message, id: inner.type.replace(/^.*\./, ''), category: 'NotSpecified', type, inner })
  } catch (made) {
    return made
  }
}

/** The constant value of an attribute's argument. */
export async function attributeValue(value: Expression | null, cx: Context): Promise<unknown> {
  return value ? plain(await evaluate(value, cx)) : true
}

export const isAttribute = (node: AttributeNode | TypeName): node is AttributeNode => 'positional' in node

export { ENUMS, elementType, isException, isKnownException, PSException, typedArray, typeNamed }
