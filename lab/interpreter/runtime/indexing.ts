import type { Expression } from '../language/ast'
import { refuse } from '../refusal'
import { convert } from '../values/convert'
import {
  elementType,
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEntry,
  PSHash,
  PSList,
  PSMatch,
  PSObj,
  PSScriptBlock,
} from '../values/model'
import { isNumber, PSChar, toBig } from '../values/numbers'
import { toText, typeText } from '../values/text'
import { typeOf } from '../values/type-names'
import { casting } from './arithmetic'
import type { Context } from './context'
import { enumerate, isSequence } from './enumerate'
import { CastFault, invalidOperation, raise } from './errors'
import { typedKey, typedValue } from './typed-tables'

/** `$v[...]`. */
export async function indexInto(target: unknown, index: unknown, cx: Context): Promise<unknown> {
  if (isNull(target)) {
    return invalidOperation('NullArray', 'Cannot index into a null array.')
  }
  if (target instanceof PSHash) {
    if (Array.isArray(index)) {
      const picked: unknown[] = []
      for (const key of index) {
        if (
          target.ordered &&
          typeof key === 'number' &&
          !(key < target.entries.size && key >= -target.entries.size)
        )
          refuse('several places of which an ordered dictionary has not all')
        picked.push(await indexInto(target, key, cx))
      }
      return picked
    }
    if (target.ordered && typeof index === 'number')
      return target.values()[index < 0 ? target.entries.size + index : index] ?? null
    if (isNull(index) && !target.ordered)
      return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
    return target.get(typedKey(target, index))
  }
  if (target instanceof PSList && target.type.endsWith('GroupCollection')) {
    const groups = target.items as PSMatch[]
    return (
      groups.find(g => g.name === toText(index)) ??
      (typeof index === 'number' && groups[index]
        ? groups[index]
        : new PSMatch('', 0, false, toText(index), null))
    )
  }
  const items = isSequence(target)
    ? enumerate(target)
    : typeof target === 'string'
      ? target.split('').map(c => new PSChar(c.charCodeAt(0)))
      : null
  if (!items) {
    if (target instanceof NetObject && target.methods['#index']) return target.methods['#index']([index])
    if (
      isNumber(target) ||
      typeof target === 'boolean' ||
      target instanceof PSObj ||
      target instanceof PSScriptBlock ||
      target instanceof PSDateTime ||
      target instanceof PSEntry
    ) {
      if (Array.isArray(index)) return refuse('an index of several on a single object')
      if (typeof index === 'number')
        return index === 0 || index === -1
          ? target
          : cx.scope.strictness >= 3
            ? refuse('an index in strict mode')
            : NOTHING
      if (typeof index === 'string') return NOTHING
      return refuse(`an index of type ${typeOf(index)}`)
    }
    return refuse(`an index into ${typeOf(target)}`)
  }
  if (target instanceof PSList && /Collection$/.test(target.type) && target.type.includes('Hashtable+'))
    return refuse('an index into the keys or values of a table')
  const at = (one: unknown): unknown => {
    if (isNull(one) || one instanceof PSHash) return refuse('such an index')
    const n = position(one)
    // Text that is no number finds nothing.
    if (n === null) return cx.scope.strictness >= 3 ? refuse('an index in strict mode') : null
    const real = n < 0 ? items.length + n : n
    if ((real < 0 || real >= items.length) && cx.scope.strictness >= 3)
      throw target instanceof PSList ? asRange() : rangeRaise()
    return items[real] ?? null
  }
  if (isNull(index))
    return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
  if (isSequence(index)) {
    const picked = enumerate(index).flatMap(one => {
      const n = Number(toBig(casting(() => convert(one, 'System.Int32')) as number))
      const real = n < 0 ? items.length + n : n
      return real < 0 || real >= items.length ? [] : [items[real]]
    })
    return picked
  }
  return at(index)
}

function position(index: unknown): number | null {
  try {
    return Number(toBig(convert(index, 'System.Int32') as number))
  } catch (fault) {
    if (fault instanceof CastFault && typeof index === 'string') return null
    if (fault instanceof CastFault) return refuse('such an index')
    throw fault
  }
}

function asRange(): unknown {
  try {
    return raise({
      message:
        "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
      id: 'System.ArgumentOutOfRangeException',
      category: 'OperationStopped',
      type: 'System.ArgumentOutOfRangeException',
    })
  } catch (fault) {
    return fault
  }
}

function rangeRaise(): unknown {
  try {
    return raise({
      message: 'Index was outside the bounds of the array.',
      id: 'System.IndexOutOfRangeException',
      category: 'OperationStopped',
      type: 'System.IndexOutOfRangeException',
    })
  } catch (fault) {
    return fault
  }
}

/** Nothing is written to several places at once. */
export function noPlace(target: unknown, indexes: unknown[]): never {
  if (Array.isArray(target))
    return invalidOperation(
      'ArraySliceAssignmentFailed',
      `Array assignment to [${indexes.map(one => toText(one)).join(',')}] failed because assignment to slices is not supported.`,
    )
  return cannotIndex(target)
}

const cannotIndex = (target: unknown): never =>
  invalidOperation('CannotIndex', `Unable to index into an object of type "${typeText(typeOf(target))}".`)

export async function setIndex(target: unknown, index: unknown, value: unknown): Promise<void> {
  if (isNull(target)) return invalidOperation('NullArray', 'Cannot index into a null array.')
  if (target instanceof PSHash) {
    if (isNull(index))
      return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
    noDefaults(target)
    if (target.ordered && typeof index === 'number') {
      const key = target.keys()[index]
      if (key === undefined)
        return raise({
          message: "Specified argument was out of the range of valid values. (Parameter 'index')",
          id: 'System.ArgumentOutOfRangeException',
          category: 'OperationStopped',
          type: 'System.ArgumentOutOfRangeException',
        })
      return target.set(key, value)
    }
    return target.set(typedKey(target, index), typedValue(target, value))
  }
  if (isSequence(target)) {
    const items = Array.isArray(target) ? target : target.items
    if (isNull(index))
      return invalidOperation('NullArrayIndex', 'Index operation failed; the array index evaluated to null.')
    if (isSequence(index)) return severalPlaces(target, index)
    const n = Number(toBig(casting(() => convert(index, 'System.Int32')) as number))
    const real = n < 0 ? items.length + n : n
    if (real < 0 || real >= items.length) {
      if (target instanceof PSList) throw asRange()
      throw rangeRaise()
    }
    const type = Array.isArray(target) ? elementType(target) : target.element
    items[real] = type === 'System.Object' ? value : casting(() => convert(value, type))
    if (target instanceof PSList) target.version++
    return
  }
  if (typeof target === 'string')
    return invalidOperation('CannotIndex', 'Unable to index into an object of type "System.String".')
  return refuse(`an assignment to an index of ${typeOf(target)}`)
}

/** An array takes a list for a number, which it is not; a list of another kind does not know such an index. */
function severalPlaces(target: unknown[] | PSList, index: unknown[] | PSList): never {
  if (!Array.isArray(target)) return cannotIndex(target)
  const type = typeText(typeOf(index))
  return raise({
    message: `Cannot convert the "${type}" value of type "${type}" to type "System.Int32".`,
    id: 'ConvertToFinalInvalidCastException',
    category: 'InvalidArgument',
  })
}

/** Parameters' defaults of the session are not known here. */
export function noDefaults(target: PSHash): void {
  if (target.type.endsWith('.DefaultParameterDictionary')) refuse('$PSDefaultParameterValues')
}

/** A number that is cast to an object is a key of an ordered table and no place in it. */
export function keyOfNoPlace(index: Expression): void {
  if (index.kind === 'paren') {
    const element = index.pipeline.kind === 'pipeline' ? index.pipeline.elements[0] : undefined
    if (element?.kind === 'expression') keyOfNoPlace(element.expression)
  }
  if (index.kind === 'cast' && /^(system\.)?object$/i.test(index.type.name))
    refuse('an object as the index of an ordered dictionary')
}
