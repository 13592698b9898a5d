import { refuse } from '../refusal'
import { convert } from '../values/convert'
import { elementType, isNull, PSEnum, typedArray } from '../values/model'
import { isNumber, PSChar } from '../values/numbers'
import { toText } from '../values/text'
import { enumerate, isSequence } from './enumerate'
import { CastFault, netFault, raise } from './errors'

const REMOVE_EMPTY = 1
const TRIM = 2

/**
 * `Split` of a text. Of its overloads the real shell prefers the one with a count: a text as the second argument has to be a
 * number, even where it is the name of an option, but behind a list of texts.
 */
export function splitMethod(s: string, args: unknown[]): unknown {
  const [by, second, third] = args
  if (args.length > 0 && isNull(by)) return refuse('Split by nothing')
  if (args.length === 0) return typedArray('System.String', s.split(/\s/))
  if (args.length === 1) return pieces(s, by, Number.POSITIVE_INFINITY, 0)
  if (args.length === 2 && second instanceof PSEnum)
    return pieces(s, by, Number.POSITIVE_INFINITY, second.value)
  if (args.length === 2 && Array.isArray(by) && elementType(by) === 'System.String') {
    if (typeof second === 'string') return pieces(s, by, Number.POSITIVE_INFINITY, optionsNamed(second))
    return refuse('Split by texts with such an argument')
  }
  const count = countOf(second)
  if (args.length === 2) return pieces(s, by, count, 0)
  if (args.length > 3) return refuse('Split with so many arguments')
  if (third instanceof PSEnum) return pieces(s, by, count, third.value)
  return pieces(
    s,
    by,
    count,
    typeof third === 'string' ? optionsNamed(third) : refuse('Split with such an option'),
  )
}

function countOf(value: unknown): number {
  if (typeof value !== 'string' && !isNumber(value)) return refuse('Split with such a count')
  try {
    return Number(convert(value, 'System.Int32'))
  } catch (fault) {
    if (!(fault instanceof CastFault) || typeof value !== 'string' || /^\s*[-+]?[\d.]/.test(value))
      return refuse('Split with such a count')
    return notANumber('count', 'Split', value)
  }
}

/** A text stands where a method wants a whole number. */
export function notANumber(parameter: string, method: string, word: string): never {
  const why = `Cannot convert value "${word}" to type "System.Int32". Error: "The input string '${word}' was not in a correct format."`
  return raise({
    message: `Cannot convert argument "${parameter}", with value: "${word}", for "${method}" to type "System.Int32": "${why}"`,
    id: 'MethodArgumentConversionInvalidCastArgument',
    category: 'NotSpecified',
    type: 'System.Management.Automation.MethodException',
  })
}

const OPTIONS: Record<string, number> = { none: 0, removeemptyentries: REMOVE_EMPTY, trimentries: TRIM }

const optionsNamed = (text: string): number =>
  text
    .split(',')
    .reduce((all, name) => all | (OPTIONS[name.trim().toLowerCase()] ?? refuse('such an option of Split')), 0)

function pieces(s: string, by: unknown, count: number, options: number): unknown {
  if (count < 0)
    return netFault(
      'System.ArgumentOutOfRangeException',
      `count ('${count}') must be a non-negative value. (Parameter 'count')\nActual value was ${count}.`,
    )
  const trimmed = (piece: string) => (options & TRIM ? piece.trim() : piece)
  const wanted = (piece: string) => piece !== '' || (options & REMOVE_EMPTY) === 0
  if (count === 0) return typedArray('System.String', [])
  const found: string[] = []
  let from = 0
  for (const { index, length } of count === 1 ? [] : separations(s, by)) {
    // With room for one piece more, empty ones are passed over, and all else is the last piece.
    const piece = trimmed(s.slice(from, index))
    if (found.length === count - 1 && (piece !== '' || (options & REMOVE_EMPTY) === 0)) break
    from = index + length
    if (wanted(piece)) found.push(piece)
  }
  const last = trimmed(s.slice(from))
  if (wanted(last)) found.push(last)
  return typedArray('System.String', found)
}

function separations(s: string, by: unknown): { index: number; length: number }[] {
  const listed = isSequence(by)
  const items = listed ? enumerate(by) : [by]
  if (
    listed &&
    items.some(item => typeof item === 'string' && item.length > 1) &&
    elementType(by as unknown[]) !== 'System.String'
  )
    refuse('Split by a list of longer texts')
  const texts = items
    .map(item => (item instanceof PSChar ? item.toString() : toText(item)))
    .filter(text => text !== '')
  // An empty list stands for white space, an empty text for nothing that could separate.
  if (texts.length === 0 && !listed) return []
  const source = texts.map(text => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|') || '\\s'
  return [...s.matchAll(new RegExp(source, 'g'))].map(match => ({
    index: match.index,
    length: match[0].length,
  }))
}
