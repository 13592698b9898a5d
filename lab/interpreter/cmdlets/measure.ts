import { refuse } from '../refusal'
import { sortOrder } from '../runtime/comparison'
import type { Cmdlet, Run } from '../runtime/context'
import { CastFault } from '../runtime/errors'
import { isNull, NOTHING, PSErrorRecord, PSException, PSObj } from '../values/model'
import { isNumber, PSDouble, toDouble } from '../values/numbers'
import { toText } from '../values/text'
import { toNumberType } from '../values/to-number'
import { cmdlet } from './define'
import { askedFor, expanded, MISSING_PROPERTY, readAskedOr } from './property'

// What all results build on.
const MEASURE = 'Microsoft.PowerShell.Commands.MeasureInfo'
const NUMERIC = ['Sum', 'Average', 'StandardDeviation']
const TEXT = ['Line', 'Word', 'Character']

type Figures = { name: string | null; values: unknown[] }

/** Measure-Object: numbers or text, for the items themselves or for each property asked for. */
export const measureObject: Cmdlet = cmdlet(
  'Measure-Object',
  'InputObject Property StandardDeviation Sum AllStats Average Maximum Minimum Line Word Character IgnoreWhiteSpace',
  run => {
    const all = new Map<string, Figures>()
    if (!run.has('Property')) all.set('', { name: null, values: [] })
    return {
      async process(piped) {
        const item = run.has('InputObject') ? run.get('InputObject') : piped
        if (item === NOTHING || isNull(item)) return
        if (!run.has('Property')) {
          all.get('')?.values.push(item)
          return
        }
        for (const one of expanded(askedFor(run.get('Property'), 'group'), item)) {
          const value = await readAskedOr(one, item, run, MISSING_PROPERTY)
          // A null counts, as zero; what is not there does not.
          if (value === MISSING_PROPERTY) continue
          const known = all.get(one.name.toLowerCase()) ?? { name: one.name, values: [] }
          all.set(one.name.toLowerCase(), known)
          known.values.push(value)
        }
      },
      async end() {
        const text = TEXT.some(name => run.on(name))
        // Without strict mode nothing is said about a property that no item has.
        if (run.has('Property') && all.size === 0 && run.cx.scope.strictness > 0)
          refuse('measuring a property that no item has in strict mode')
        const numbers: (number[] | null)[] = []
        if (NUMERIC.some(name => run.on(name) || run.on('AllStats')))
          for (const { values } of all.values()) numbers.push(await numbersOf(values, run))
        // What is no number takes the sums of all properties away.
        const summed = !numbers.includes(null)
        for (const [i, figures] of [...all.values()].entries())
          await run.out(
            text ? measuredText(figures, run) : measured(figures, (summed && numbers[i]) || null, run),
          )
      },
    }
  },
)

function measured({ name, values }: Figures, numbers: number[] | null, run: Run): PSObj {
  const on = (what: string) => run.on(what) || run.on('AllStats')
  const compared = run.on('Maximum') || run.on('Minimum')
  const present = values.filter(value => !isNull(value))
  const plain = compared && !NUMERIC.some(on) && present.some(value => asNumber(value) === null)
  if (compared && !plain && present.some(value => asNumber(value) === null))
    refuse('measuring what is no number')
  if (plain && values.some(value => isNull(value) || asNumber(value) !== null))
    refuse('comparing numbers with other values')
  const kind = plain ? 'GenericObjectMeasureInfo' : 'GenericMeasureInfo'
  const made = new PSObj([`Microsoft.PowerShell.Commands.${kind}`, MEASURE, 'System.Object'])
  const known = numbers ?? []
  const sum = known.reduce((a, b) => a + b, 0)
  const average = sum / known.length
  const real = (value: number) => new PSDouble(value)
  const some = known.length > 0
  made.set('Count', values.length)
  made.set('Average', on('Average') && some ? real(average) : null)
  made.set('Sum', on('Sum') && numbers ? real(sum) : null)
  made.set('Maximum', on('Maximum') ? extreme(values, 1) : null)
  made.set('Minimum', on('Minimum') ? extreme(values, -1) : null)
  made.set('StandardDeviation', on('StandardDeviation') && some ? real(Math.sqrt(varianceOf(known))) : null)
  made.set('Property', name)
  return made
}

/** The variance of a sample, number by number as the real cmdlet goes on, so that the last digits agree. */
function varianceOf(numbers: number[]): number {
  let variance = 0
  let sum = 0
  for (const [before, number] of numbers.entries()) {
    if (before > 0) {
      const off = number - sum / before
      variance = variance * ((before - 1) / before) + (off * off) / (before + 1)
    }
    sum += number
  }
  return variance
}

/** The values as numbers; null, after an error for each that is none, where one is none: then there is no sum either. */
async function numbersOf(values: unknown[], run: Run): Promise<number[] | null> {
  const numbers: number[] = []
  let all = true
  for (const value of values) {
    const number = await numeric(value, run)
    if (number === null) all = false
    else numbers.push(number)
  }
  return all ? numbers : null
}

async function numeric(value: unknown, run: Run): Promise<number | null> {
  if (isNull(value)) return 0
  if (value instanceof PSObj) refuse('the sum of objects')
  try {
    return toDouble(isNumber(value) ? value : toNumberType(value, 'System.Double'))
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    await run.error(
      new PSErrorRecord(
        new PSException(
          'System.Management.Automation.PSInvalidOperationException',
          `Input object "${toText(value)}" is not numeric.`,
        ),
        'NonNumericInputObject,Microsoft.PowerShell.Commands.MeasureObjectCommand',
        'InvalidType',
        value,
      ),
    )
    return null
  }
}

/** A number, a truth value or the text of a number as a number. */
function asNumber(value: unknown): PSDouble | null {
  if (typeof value === 'boolean') return new PSDouble(value ? 1 : 0)
  if (isNumber(value)) return new PSDouble(toDouble(value))
  if (typeof value !== 'string' || value.trim() === '') return null
  try {
    return new PSDouble(toDouble(toNumberType(value, 'System.Double')))
  } catch (fault) {
    if (fault instanceof CastFault) return null
    throw fault
  }
}

/** The greatest (or least) of the values; numbers come out as doubles. */
function extreme(given: unknown[], sign: 1 | -1): unknown {
  const values = given.filter(value => !isNull(value)).map(value => asNumber(value) ?? value)
  if (values.length < given.length) {
    // Null is less than what is above zero, and greater than what is below.
    const above = values.map(value => isNumber(value) && toDouble(value) > 0)
    if (sign === -1 && above.every(yes => yes)) return null
    if (sign === 1 ? !above.includes(true) && values.length > 0 : true)
      refuse('the extreme of null and numbers')
  }
  let best: unknown = NOTHING
  for (const value of values) {
    if (value instanceof PSObj) refuse('the greatest of objects')
    if (best === NOTHING || sortOrder(value, best) * sign > 0) best = value
  }
  if (best === NOTHING) return null
  return isNumber(best) ? new PSDouble(toDouble(best)) : best
}

function measuredText({ name, values }: Figures, run: Run): PSObj {
  const texts = values.map(value =>
    value instanceof PSObj ? refuse('measuring the text of objects') : toText(value),
  )
  const sum = (size: (text: string) => number) => texts.reduce((total, text) => total + size(text), 0)
  const made = new PSObj(['Microsoft.PowerShell.Commands.TextMeasureInfo', MEASURE, 'System.Object'])
  const shown = (text: string) => (run.on('IgnoreWhiteSpace') ? text.replace(/\s/g, '') : text)
  made.set('Lines', run.on('Line') ? sum(lines) : null)
  made.set('Words', run.on('Word') ? sum(text => text.split(/\s+/).filter(word => word !== '').length) : null)
  made.set('Characters', run.on('Character') ? sum(text => shown(text).length) : null)
  made.set('Property', name)
  return made
}

function lines(text: string): number {
  if (text === '') return 0
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
