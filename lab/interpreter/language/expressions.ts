import type { Expression } from './ast'
import { isDash, isDigit, isDoubleQuote, isIdentifierStart, isNewline, isSingleQuote } from './characters'
import { scanNumber } from './number-literal'
import { Operands } from './operands'
import { BINARY, UNARY } from './precedence'

/** Expressions, by climbing the precedences. */
export abstract class Expressions extends Operands {
  protected expression(): Expression {
    return this.ternary()
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
    this.choice('?')
    const yes = this.ternary()
    this.skip(true)
    if (!this.take(':'))
      this.fail('MissingColonInTernaryExpression', "Missing ':' in the ternary expression.")
    this.choice(':')
    const no = this.ternary()
    return { kind: 'ternary', condition, yes, no, start: condition.start, end: no.end }
  }

  /** A value has to follow `?` and `:`. */
  private choice(operator: string): void {
    this.skip(true)
    if (this.mayStart() && this.peek() !== '') return
    this.fail(
      'ExpectedValueExpression',
      `You must provide a value expression following the '${operator}' operator.`,
      this.pos,
      this.peek() === '',
    )
  }

  private operatorAhead(): string {
    const dash = this.dashWordAhead()
    if (dash && BINARY[dash] !== undefined) return dash
    const two = this.text.slice(this.pos, this.pos + 2)
    if (two === '??' && this.peek(2) !== '=') return '??'
    if (two === '..') return '..'
    const c = this.peek()
    if ('+*/%'.includes(c) && c !== '' && this.peek(1) !== '=') return c
    // `-word` that is no operator is one token, and no minus.
    if (isDash(c) && this.peek(1) !== '=' && !isIdentifierStart(this.peek(1))) return '-'
    return ''
  }

  protected binary(minimum: number): Expression {
    let left = this.comma()
    for (;;) {
      const save = this.pos
      this.skip()
      const operator = this.operatorAhead()
      const strength = BINARY[operator] ?? 0
      if (operator === '' || strength <= minimum) {
        this.pos = save
        return left
      }
      this.pos += operator.length
      // Two dashes are one token.
      if (operator === '-' && isDash(this.peek()) && isIdentifierStart(this.peek(1)))
        this.fail('UnexpectedToken', 'Unexpected token in expression or statement.')
      this.skip(true)
      if (this.peek() === '' || !this.mayStart()) {
        this.fail(
          'ExpectedValueExpression',
          `You must provide a value expression following the '${operator}' operator.`,
          this.pos,
          this.peek() === '',
        )
      }
      const right = this.binary(strength)
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end }
    }
  }

  /** A comma where an item should be: an array of one inside the array. */
  private nested(): Expression {
    const start = this.pos
    this.pos++
    this.skip(true)
    const item = this.peek() === ',' ? this.nested() : this.unary()
    return { kind: 'list', items: [item], start, end: item.end }
  }

  private comma(): Expression {
    this.skip()
    const start = this.pos
    if (this.peek() === ',') {
      this.pos++
      this.skip(true)
      if (this.peek() === '' || ')};|]'.includes(this.peek()))
        this.fail(
          'MissingExpressionAfterOperator',
          "Missing expression after unary operator ','.",
          this.pos,
          this.peek() === '',
        )
      const item = this.comma()
      return { kind: 'list', items: [item], start, end: item.end }
    }
    const first = this.unary()
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
      if (this.peek() === '' || ')};|]='.includes(this.peek()) || /[\p{L}_]/u.test(this.peek()))
        this.fail(
          'MissingExpressionAfterToken',
          "Missing expression after ','.",
          this.pos,
          this.peek() === '',
        )
      items.push(this.peek() === ',' ? this.nested() : this.unary())
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
        this.operandOf(plus ? '++' : '--')
        const operand = this.unary()
        if (!['variable', 'member', 'index', 'cast', 'paren'].includes(operand.kind))
          this.note(
            'OperatorRequiresVariableOrProperty',
            'The operator works only on variables or on properties.',
            start,
          )
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
    if (c === '[') return this.bracketed()
    return this.primary()
  }

  private operandOf(operator: string): void {
    if (this.peek() !== '' && this.mayStart()) return
    this.fail(
      'MissingExpressionAfterOperator',
      `Missing expression after unary operator '${operator}'.`,
      this.pos,
      this.peek() === '',
    )
  }

  private prefixed(operator: string, start: number): Expression {
    this.skip(true)
    this.operandOf(operator)
    // `-join 1,2` takes the list; the other unary operators take one operand.
    const operand = this.peek() === ',' ? this.comma() : this.unary()
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
