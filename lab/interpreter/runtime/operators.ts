import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import {
  isNull,
  PSDateTime,
  PSEntry,
  PSHash,
  PSObj,
  PSRegex,
  PSScriptBlock,
  PSType,
  typedArray,
} from '../values/model'
import { isInteger, PSDouble, toBig } from '../values/numbers'
import { matchOf, regex, substitute } from '../values/regex'
import { toText, typeText, withoutText } from '../values/text'
import { typeOf } from '../values/type-names'
import { wildcard } from '../values/wildcard'
import { compare, equal, onlyPlain } from './comparison'
import { asArguments, type Context } from './context'
import { enumerate, isSequence } from './enumerate'
import { CastFault, NetFault, raise } from './errors'
import { formatValue } from './format'

/** -eq, -ne, -gt, -ge, -lt, -le, -like, -notlike: filters a sequence on the left. */
export function compareOperator(
  name: string,
  left: unknown,
  right: unknown,
  caseSensitive: boolean,
): unknown {
  const test = (item: unknown): boolean => {
    switch (name) {
      case 'eq':
        return equal(item, right, caseSensitive)
      case 'ne':
        return !equal(item, right, caseSensitive)
      case 'gt':
        return compare(item, right, caseSensitive) > 0
      case 'ge':
        return compare(item, right, caseSensitive) >= 0
      case 'lt':
        return compare(item, right, caseSensitive) < 0
      case 'le':
        return compare(item, right, caseSensitive) <= 0
      case 'like':
        return isLike(item, right, caseSensitive)
      case 'notlike':
        return !isLike(item, right, caseSensitive)
      default:
        return refuse(`the operator -${name}`)
    }
  }
  if (!isSequence(left)) return test(left)
  const found = enumerate(left).filter(test)
  // What is like a pattern comes back as the text that was compared.
  return name.endsWith('like') ? found.map(item => toText(item)) : found
}

function isLike(item: unknown, pattern: unknown, caseSensitive: boolean): boolean {
  const found = wildcard(toText(pattern), caseSensitive).test(toText(item))
  // Without a wildcard both are compared as texts of the culture are.
  if (!found && !/[*?[]/.test(toText(pattern))) onlyPlain(toText(item), toText(pattern))
  return found
}

export function containment(items: unknown, item: unknown, caseSensitive: boolean): boolean {
  if (isSequence(items)) return enumerate(items).some(one => equal(one, item, caseSensitive))
  return equal(items, item, caseSensitive)
}

const patternOf = (v: unknown, caseSensitive: boolean) =>
  v instanceof PSRegex ? regex(v.pattern, v.ignoreCase) : regex(toText(v), !caseSensitive)

export function matchOperator(
  left: unknown,
  right: unknown,
  caseSensitive: boolean,
  wanted: boolean,
  cx: Context,
): unknown {
  const pattern = patternOf(right, caseSensitive)
  if (isSequence(left))
    return enumerate(left).filter(item => {
      pattern.lastIndex = 0
      return pattern.test(toText(item)) === wanted
    })
  pattern.lastIndex = 0
  const found = pattern.exec(toText(left))
  if (found) {
    const matches = new PSHash()
    const match = matchOf(found)
    for (const group of match.groups ?? []) {
      if (group.success) matches.set(/^\d+$/.test(group.name) ? Number(group.name) : group.name, group.value)
    }
    cx.scope.set('Matches', matches)
  }
  return (found !== null) === wanted
}

/** The pattern of an operand, or the error of one that is not valid. */
export function patternFor(what: unknown, caseSensitive: boolean): RegExp {
  try {
    return patternOf(what, caseSensitive)
  } catch (fault) {
    if (!(fault instanceof NetFault)) throw fault
    return raise({
      message: `The regular expression pattern ${toText(what)} is not valid.`,
      id: 'InvalidRegularExpression',
      category: 'InvalidOperation',
      target: what,
      inner: fault.exception(),
    })
  }
}

export async function replaceOperator(
  left: unknown,
  right: unknown,
  caseSensitive: boolean,
  cx: Context,
): Promise<unknown> {
  const parts = isSequence(right) ? enumerate(right) : [right]
  if (parts.length > 2) return refuse('-replace with more than two operands')
  const [what, by] = parts
  patternFor(what, caseSensitive)
  const one = async (text: string): Promise<string> => {
    const pattern = patternOf(what, caseSensitive)
    if (!(by instanceof PSScriptBlock)) {
      const template = toText(by)
      let out = ''
      let at = 0
      pattern.lastIndex = 0
      for (const m of text.matchAll(pattern)) {
        out += text.slice(at, m.index) + substitute(template, matchOf(m as RegExpExecArray), text)
        at = m.index + m[0].length
      }
      return out + text.slice(at)
    }
    let out = ''
    let at = 0
    for (const m of [...text.matchAll(pattern)]) {
      const made = await cx.session.collect(by, cx, {
        sameScope: true,
        ownInvocation: true,
        item: { value: matchOf(m as RegExpExecArray) },
        args: [],
      })
      out += text.slice(at, m.index) + toText(made)
      at = m.index + m[0].length
    }
    return out + text.slice(at)
  }
  if (!isSequence(left)) return one(toText(left))
  const all: string[] = []
  for (const item of enumerate(left)) all.push(await one(toText(item)))
  return all
}

export async function splitOperator(
  left: unknown,
  right: unknown,
  caseSensitive: boolean,
  cx: Context,
): Promise<unknown[]> {
  const parts = isSequence(right) ? enumerate(right) : [right]
  if (parts.length === 0)
    return raise({
      message: `The argument to operator '-split' is not valid: ${typeText(typeOf(right))}.`,
      id: 'BadOperatorArgument',
      category: 'InvalidOperation',
    })
  const [separator, max, options] = parts
  if (typeof separator !== 'string' && isSequence(separator)) return refuse('-split at a list')
  const limit = limitOf(max)
  const inputs = isSequence(left) ? enumerate(left) : [left]
  const flags = options === undefined ? '' : toText(options).toLowerCase()
  if (separator instanceof PSScriptBlock) {
    // A limit from the end needs all answers first, and the real shell asks from the end.
    if (limit < 0) refuse('-split by a script block with a negative limit')
    const all: string[] = []
    for (const input of inputs) {
      let piece = ''
      const text = toText(input)
      for (let i = 0; i < text.length; i++) {
        // The block gets the whole text and the place in it.
        const answer = await cx.session.collect(separator, cx, {
          item: { value: text[i] },
          args: asArguments([text, i]),
        })
        if (truth(answer.length === 1 ? answer[0] : answer) && (limit <= 0 || all.length < limit - 1)) {
          all.push(piece)
          piece = ''
        } else piece += text[i]
      }
      all.push(piece)
    }
    return texts(all)
  }
  const known = /^(simplematch|ignorecase|,|\s|regexmatch)*$/
  if (!known.test(flags)) return refuse(`the split option ${flags}`)
  if (flags.includes('simplematch') && flags.includes('regexmatch'))
    return raise({
      message: 'The combination of options with the -split operator is not valid.',
      id: 'InvalidSplitOptionCombination',
      category: 'ParserError',
      type: 'System.Management.Automation.ParseException',
    })
  const source = toText(separator)
  const pattern = flags.includes('simplematch')
    ? regex(source.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), !caseSensitive || flags.includes('ignorecase'))
    : regex(source, !caseSensitive || flags.includes('ignorecase'))
  return texts(inputs.flatMap(input => splitText(toText(input), pattern, limit)))
}

const texts = (pieces: string[]): unknown[] => typedArray('System.String', pieces)

function limitOf(max: unknown): number {
  try {
    return isNull(max) ? 0 : Number(toBig(convert(max, 'System.Int32') as number))
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    return raise({ message: fault.text, id: 'RuntimeException', category: 'NotSpecified' })
  }
}

/** -split without a separator: at any blanks. */
export const splitWords = (v: unknown): unknown[] =>
  texts(
    (isSequence(v) ? enumerate(v) : [v]).flatMap(item => {
      const text = toText(item).trim()
      return text.split(/\s+/)
    }),
  )

/** Splits as .NET does: captured groups stay; a negative limit counts from the end. */
export function splitText(text: string, pattern: RegExp, limit: number): string[] {
  const matches = [...text.matchAll(pattern)]
  if (limit === 1) return [text]
  const kept =
    limit > 0
      ? matches.slice(0, limit - 1)
      : limit < 0
        ? matches.slice(Math.max(0, matches.length - (-limit - 1)))
        : matches
  const pieces: string[] = []
  let at = 0
  for (const m of kept) {
    pieces.push(text.slice(at, m.index), ...m.slice(1).filter(group => group !== undefined))
    at = m.index + m[0].length
  }
  pieces.push(text.slice(at))
  return pieces
}

export const joinOperator = (v: unknown, separator: string): string =>
  isSequence(v) ? enumerate(v).map(joined).join(separator) : toText(v)

/** An item of what is joined: a list inside is only its type's name, an object without a text of its own nothing. */
function joined(item: unknown): string {
  if (isSequence(item)) return typeText(typeOf(item))
  // Unlike elsewhere, what a culture writes in a way of its own is written so.
  if (item instanceof PSDateTime || item instanceof PSType) return formatValue(item, '')
  if (item instanceof PSDouble) return toText(item).replace('Infinity', '∞')
  if (item instanceof PSEntry && typeof item.value !== 'string' && !isInteger(item.value))
    refuse('-join of such an entry')
  return item instanceof PSObj && typeOf(item).endsWith('PSCustomObject') ? withoutText(item) : toText(item)
}
