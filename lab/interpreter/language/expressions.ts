import { refuse } from '../refusal'
import { assignable } from './assignable'
import type { Expression } from './ast'
import {
  endsNumber,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierStart,
  isNewline,
  isSingleQuote,
  startsVariable,
} from './characters'
import { numberEnd, scanNumber } from './number-literal'
import { Operands } from './operands'
import { BINARY, UNARY } from './precedence'

/** Expressions, by climbing the precedences. */
export abstract class Expressions extends Operands {
  protected expression(): Expression {
    return this.ternary()
  }

  /** Whether an expression begins here; what does not is a command, or nothing. */
  protected mayStart(): boolean {
    const c = this.peek()
    const next = this.peek(1)
    if (c === '') return false
    if (c === '$') return next === '(' || startsVariable(next)
    if (isSingleQuote(c) || isDoubleQuote(c) || '([{@'.includes(c)) return true
    if (c === ',') return this.noComma === 0
    if (c === '!')
      return isDigit(next) || next === '.' ? this.endsAsNumber(this.pos + 1) : !isIdentifierStart(next)
    if (isDigit(c) || (c === '.' && isDigit(next))) return next !== '>' && this.endsAsNumber(this.pos)
    if (c !== '+' && !isDash(c)) return false
    if (next === '=') return false
    if (isDigit(next) || next === '.') return this.endsAsNumber(this.pos + 1)
    if (c === '+') return true
    const dash = this.dashWordAhead()
    return dash ? UNARY.has(dash) : next !== '?' && next !== '_'
  }

  private endsAsNumber(offset: number): boolean {
    const end = numberEnd(this.text, offset)
    const next = this.text[end] ?? ''
    return end > 0 && (endsNumber(next) || (this.choices > 0 && '?:'.includes(next)))
  }

  private ternary(): Expression {
    const condition = this.binary(0)
    const save = this.pos
    this.skip()
    if (this.peek() !== '?' || this.peek(1) === '?') {
      this.pos = save
      return condition
    }
    this.pos++
    this.skip(true)
    const yes = this.choice('?')
    this.skip(true)
    if (!this.take(':'))
      this.fail('MissingColonInTernaryExpression', "Missing ':' in the ternary expression.")
    this.skip(true)
    const no = this.choice(':')
    return { kind: 'ternary', condition, yes, no, start: condition.start, end: no.end }
  }

  /** How many choices of a ternary are open: there `?` and `:` end a number as well. */
  private choices = 0

  private choice(operator: string): Expression {
    this.choices++
    try {
      this.valueMissing(operator)
      return this.ternary()
    } finally {
      this.choices--
    }
  }

  /** Where a value has to come, a digit is one even before `>`. */
  private noDigitBeforeRedirection(): void {
    if (/^\d>(?!&)/.test(this.text.slice(this.pos, this.pos + 3))) refuse('a digit before a redirection')
  }

  private valueMissing(operator: string): void {
    if (this.mayStart()) return
    this.noDigitBeforeRedirection()
    this.fail(
      'ExpectedValueExpression',
      `You must provide a value expression following the '${operator}' operator.`,
      this.pos,
      this.peek() === '',
    )
  }

  private dashOperator(): boolean {
    const dash = this.dashWordAhead()
    return BINARY[dash] !== undefined || UNARY.has(dash)
  }

  private operatorAhead(): string {
    const dash = this.dashWordAhead()
    if (dash && BINARY[dash] !== undefined) return dash
    const two = this.text.slice(this.pos, this.pos + 2)
    if (two === '??' && this.peek(2) !== '=') return '??'
    if (two === '..') return '..'
    const c = this.peek()
    const next = this.peek(1)
    if (c === '' || next === '=') return ''
    if (('*/%'.includes(c) && !(c === '*' && next === '>')) || (c === '+' && next !== '+')) return c
    // `-word` that is no operator is one token, and no minus.
    if (isDash(c) && !isDash(next) && !isIdentifierStart(next) && next !== '?') return '-'
    return ''
  }

  protected binary(minimum: number): Expression {
    let left = this.comma()
    for (;;) {
      const save = this.pos
      this.skip()
      const operator = this.operatorAhead()
      const strength = BINARY[operator] ?? 0
      // A word with a dash that is no operator ends it all here.
      if (operator === '' && isDash(this.peek()) && isIdentifierStart(this.peek(1)) && !this.dashOperator())
        this.fail(
          'UnexpectedToken',
          `Unexpected token '${/^\S\w*/.exec(this.text.slice(this.pos))?.[0]}' in expression or statement.`,
        )
      if (operator === '' || strength <= minimum) {
        this.pos = save
        return left
      }
      this.pos += operator.length
      this.skip(true)
      this.valueMissing(operator)
      const right = this.binary(strength)
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end }
    }
  }

  /** A comma where an item should be: an array of one inside the array. */
  private oneInArray(): Expression {
    const start = this.pos
    this.pos++
    this.skip(true)
    this.operandMissing(',')
    const item = this.peek() === ',' ? this.oneInArray() : this.unary()
    return { kind: 'list', items: [item], start, end: item.end }
  }

  private comma(): Expression {
    this.skip()
    const start = this.pos
    const first = this.peek() === ',' ? this.oneInArray() : this.unary()
    if (this.noComma > 0) return first
    const items = [first]
    for (;;) {
      const save = this.pos
      this.skip()
      if (this.peek() !== ',') {
        this.pos = save
        break
      }
      this.pos++
      this.skip(true)
      if (!this.mayStart()) {
        this.noDigitBeforeRedirection()
        this.fail(
          'MissingExpressionAfterToken',
          "Missing expression after ','.",
          this.pos,
          this.peek() === '',
        )
      }
      items.push(this.peek() === ',' ? this.oneInArray() : this.unary())
    }
    if (items.length === 1) return first
    return { kind: 'list', items, start, end: items[items.length - 1]?.end ?? start }
  }

  protected unary(): Expression {
    this.skip()
    const start = this.pos
    const c = this.peek()
    const dash = this.dashWordAhead()
    if (dash && UNARY.has(dash)) {
      this.pos += dash.length
      return this.prefixed(dash, start)
    }
    if (c === '!') {
      this.pos++
      return this.prefixed('-not', start)
    }
    if (c === '+' || isDash(c)) {
      const plus = c === '+'
      const doubled = plus ? this.peek(1) === '+' : isDash(this.peek(1))
      if (doubled) {
        this.pos += 2
        this.skip(true)
        this.operandMissing(plus ? '++' : '--')
        const operand = this.unary()
        this.stepOperand(operand, start)
        return { kind: 'step', operator: plus ? '++' : '--', prefix: true, operand, start, end: operand.end }
      }
      if (isDigit(this.peek(1)) || (this.peek(1) === '.' && isDigit(this.peek(2)))) {
        const number = scanNumber(this.text, this.pos + 1, !plus)
        if (number) {
          this.pos = number.end
          return this.postfix({ kind: 'constant', value: number.value, start, end: this.pos })
        }
      }
      this.pos++
      return this.prefixed(plus ? '+' : '-', start)
    }
    return this.stepped(c === '[' ? this.bracketed() : this.primary(), start)
  }

  /** `++` or `--` behind a value; blanks may stand between. */
  private stepped(operand: Expression, start: number): Expression {
    const save = this.pos
    this.skip()
    const plus = this.peek() === '+' && this.peek(1) === '+'
    if (!plus && !(isDash(this.peek()) && isDash(this.peek(1)))) {
      this.pos = save
      return operand
    }
    this.pos += 2
    this.stepOperand(operand, start)
    return { kind: 'step', operator: plus ? '++' : '--', prefix: false, operand, start, end: this.pos }
  }

  private stepOperand(operand: Expression, start: number): void {
    if (operand.kind === 'list' || !assignable(operand))
      this.note(
        'OperatorRequiresVariableOrProperty',
        'The operator works only on variables or on properties.',
        start,
      )
  }

  private operandMissing(operator: string): void {
    if (this.mayStart()) return
    this.noDigitBeforeRedirection()
    this.fail(
      'MissingExpressionAfterOperator',
      `Missing expression after unary operator '${operator}'.`,
      this.pos,
      this.peek() === '',
    )
  }

  private prefixed(operator: string, start: number): Expression {
    this.skip(true)
    this.operandMissing(operator)
    // `-join 1,2` takes the list; the other unary operators take one operand.
    const operand = this.peek() === ',' ? this.oneInArray() : this.unary()
    return { kind: 'unary', operator, operand, start, end: operand.end }
  }

  protected startsOperand(): boolean {
    const c = this.peek()
    if (c === '' || isNewline(c)) return false
    if (isDash(c) || c === '+') {
      const dash = this.dashWordAhead()
      return dash ? UNARY.has(dash) : !isIdentifierStart(this.peek(1)) && this.peek(1) !== '='
    }
    return (
      isDigit(c) ||
      isSingleQuote(c) ||
      isDoubleQuote(c) ||
      '$@([!{'.includes(c) ||
      (c === '.' && isDigit(this.peek(1)))
    )
  }
}
