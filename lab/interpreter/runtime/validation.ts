import { refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import { isNull, PSException, PSHash, PSScriptBlock } from '../values/model'
import { isNumber } from '../values/numbers'
import { regex } from '../values/regex'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { compare } from './comparison'
import type { Context } from './context'
import { enumerate, isSequence } from './enumerate'
import { CastFault, PSThrow, raise } from './errors'

type Check = { name: string; args: unknown[]; options: Map<string, unknown> }

const invalid = (parameter: string, why: string): never =>
  raise({
    message: `Cannot validate argument on parameter '${parameter}'. ${why}`,
    id: 'ParameterArgumentValidationError',
    category: 'InvalidData',
    type: 'System.Management.Automation.ParameterBindingValidationException',
    inner: new PSException('System.Management.Automation.ValidationMetadataException', why),
  })

const RANGE_KIND = /^(non)?(positive|negative)$/i

/** Refuses an attribute that the real shell would not take, bound or not: no values, no limits, or limits the wrong way round. */
export function wellMade(name: string, args: unknown[]): void {
  if (name === 'validateset' && args.length === 0) refuse('ValidateSet without values')
  if (!/^validate(range|length|count)$/.test(name)) return
  const [low, high] = args
  if (name === 'validaterange' && args.length === 1) {
    if (typeof low !== 'string' || !RANGE_KIND.test(low)) refuse('such a kind of range')
    return
  }
  const alike = typeOf(low) === typeOf(high) || (isNumber(low) && isNumber(high))
  if (args.length !== 2 || isNull(low) || isNull(high) || !alike || compare(low, high) > 0)
    refuse(`such limits of ${name}`)
  if (name !== 'validaterange' && !isNumber(low)) refuse(`such limits of ${name}`)
}

/** Checks an argument against one [Validate…()] attribute. */
export async function validate(check: Check, parameter: string, value: unknown, cx: Context): Promise<void> {
  const items = isSequence(value) ? enumerate(value) : [value]
  if (isNull(value) && /^validate(set|range|pattern|script|length)$/.test(check.name))
    invalid(
      parameter,
      'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.',
    )
  if (
    isSequence(value) &&
    items.some(isNull) &&
    /^validate(set|range|pattern|script|length)$/.test(check.name)
  )
    refuse('null among the values to be validated')
  switch (check.name) {
    case 'validateset': {
      const allowed = check.args.map(a => toText(a))
      for (const item of items) {
        const exact = truth(check.options.get('ignorecase') ?? true)
        if (
          !allowed.some(a => (exact ? a.toLowerCase() === toText(item).toLowerCase() : a === toText(item)))
        ) {
          if (check.options.has('errormessage')) refuse('ErrorMessage of a validation')
          invalid(parameter, notInSet(toText(item), allowed))
        }
      }
      return
    }
    case 'validaterange': {
      const [low, high] = check.args
      if (check.args.length === 1) {
        const kind = toText(low).toLowerCase()
        for (const item of items) {
          if (!isNumber(item)) refuse('ValidateRange on something other than a number')
          const sign = compare(item, 0)
          const fine =
            kind === 'positive'
              ? sign > 0
              : kind === 'nonnegative'
                ? sign >= 0
                : kind === 'negative'
                  ? sign < 0
                  : sign <= 0
          if (!fine && kind === 'positive') invalid(parameter, notPositive(item))
          if (!fine) refuse('the message of ValidateRange')
        }
        return
      }
      for (const given of items) {
        const item = asLimit(given, low, high, parameter)
        if (compare(item, low) < 0) invalid(parameter, tooSmall(item, low))
        if (compare(item, high) > 0) invalid(parameter, tooBig(item, high))
      }
      return
    }
    case 'validatepattern':
      if (check.options.has('options')) refuse('ValidatePattern with options')
      for (const item of items) {
        if (!regex(toText(check.args[0]), true).test(toText(item))) {
          if (check.options.has('errormessage'))
            invalid(
              parameter,
              ownMessage(check.options.get('errormessage'), toText(item), toText(check.args[0])),
            )
          invalid(
            parameter,
            `The argument "${toText(item)}" does not match the "${toText(check.args[0])}" pattern. Supply an argument that matches "${toText(check.args[0])}" and try the command again.`,
          )
        }
      }
      return
    case 'validatescript': {
      const [block] = check.args
      if (!(block instanceof PSScriptBlock)) return refuse('ValidateScript without a script block')
      for (const item of items) {
        let out: unknown[]
        try {
          out = await cx.session.collect(block, cx, { item: { value: item } })
        } catch (fault) {
          if (fault instanceof PSThrow) return invalid(parameter, fault.record.exception.message)
          throw fault
        }
        if (!truth(out.length === 1 ? out[0] : out))
          invalid(
            parameter,
            check.options.has('errormessage')
              ? ownMessage(check.options.get('errormessage'), toText(item), block.toString())
              : `The "${block.toString()}" validation script for the argument with value "${toText(item)}" did not return a result of True. Determine why the validation script failed, and then try the command again.`,
          )
      }
      return
    }
    case 'validatenotnull':
      if (isNull(value))
        invalid(
          parameter,
          'The argument is null. Provide a valid value for the argument, and then try running the command again.',
        )
      if (items.some(isNull))
        invalid(
          parameter,
          'The argument has a null value, or an element of the argument collection contains a null value. Provide a collection that does not contain any null values, and then try the command again.',
        )
      return
    case 'validatenotnullorempty':
    case 'validatenotnullorwhitespace': {
      if (isNull(value))
        invalid(
          parameter,
          'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.',
        )
      if ((countOf(value) === 0 && value !== '') || (isSequence(value) && items.some(isNull)))
        invalid(
          parameter,
          'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.',
        )
      for (const item of items) {
        if (item === '' || (check.name.endsWith('whitespace') && toText(item).trim() === '')) {
          if (isSequence(value))
            invalid(
              parameter,
              'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.',
            )
          invalid(
            parameter,
            check.name.endsWith('whitespace')
              ? 'The argument is null, empty, or consists of only white-space characters. Provide an argument that contains non white-space characters, and then try the command again.'
              : 'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.',
          )
        }
      }
      return
    }
    case 'validatelength':
      for (const item of items) {
        if (typeof item !== 'string')
          invalid(
            parameter,
            'The ValidateLength attribute cannot be applied to a parameter that is not a string or string[] parameter. Make the parameter a string or string[] parameter.',
          )
        const [low, high] = check.args.map(Number)
        const length = toText(item).length
        if (length < (low ?? 0))
          invalid(
            parameter,
            `The character length (${length}) of the argument is too short. Specify an argument with a length that is greater than or equal to "${low}", and then try the command again.`,
          )
        if (length > (high ?? 0))
          invalid(
            parameter,
            `The character length of the ${length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${high}" characters, and then try the command again.`,
          )
      }
      return
    case 'validatecount': {
      const [low, high] = check.args.map(Number)
      const count = countOf(value)
      if (count === null)
        return invalid(
          parameter,
          'The ValidateCount attribute cannot be applied to a non-array parameter. Either remove the attribute from the parameter or make the parameter an array parameter.',
        )
      if (count < (low ?? 0) || count > (high ?? 0))
        invalid(
          parameter,
          `The parameter requires ${low === high ? `exactly ${low}` : `at least ${low} value(s) and no more than ${high}`} value(s) - ${count} value(s) were provided.`,
        )
      return
    }
    default:
      return refuse(`the attribute [${check.name}]`)
  }
}

/** An argument as a value of the type that the limits of a range have. */
function asLimit(item: unknown, low: unknown, high: unknown, parameter: string): unknown {
  const type = typeOf(low)
  if (typeOf(item) === type) return item
  if (type !== typeOf(high)) return refuse('limits of two types in ValidateRange')
  try {
    return convert(item, type)
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    const [from, to] = [typeOf(item), type].map(name => name.replace(/^.*\./, ''))
    return invalid(
      parameter,
      `The argument cannot be validated because its type "${from}" is not the same type (${to}) as the maximum and minimum limits of the parameter. Make sure the argument is of type ${to} and then try the command again.`,
    )
  }
}

/** How many items a value has, text as so many characters; null where it has none. */
function countOf(value: unknown): number | null {
  if (isNull(value)) return 0
  if (typeof value === 'string') return value.length
  if (value instanceof PSHash) return value.entries.size
  return isSequence(value) ? enumerate(value).length : null
}

export const notInSet = (item: string, allowed: string[]): string =>
  `The argument "${item}" does not belong to the set "${allowed.join(',')}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`
export const notPositive = (item: unknown): string =>
  `The argument "${toText(item)}" cannot be validated because its value is not greater than zero.`

export const tooSmall = (item: unknown, low: unknown): string =>
  `The ${toText(item)} argument is less than the minimum allowed range of ${toText(low)}. Supply an argument that is greater than or equal to ${toText(low)} and then try the command again.`
export const tooBig = (item: unknown, high: unknown): string =>
  `The ${toText(item)} argument is greater than the maximum allowed range of ${toText(high)}. Supply an argument that is less than or equal to ${toText(high)} and then try the command again.`
export { invalid }

/** A validation's own message: {0} is the argument, {1} what it is held against. */
function ownMessage(written: unknown, item: string, rule: string): string {
  const text = toText(written)
  if (/[{}]/.test(text.replace(/\{[01]\}/g, ''))) refuse('such a message of a validation')
  return text.replace(/\{([01])\}/g, (_, at) => (at === '0' ? item : rule))
}
