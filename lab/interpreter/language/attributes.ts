import { refuse } from '../refusal'
import type { AttributeNode, Expression } from './ast'
import { isDash, isDigit, isDoubleQuote, isIdentifierStart, isSingleQuote } from './characters'
import { ATTRIBUTES } from './precedence'
import { Reader } from './reader'

/** What stands in square brackets before a value: types, casts and attributes. */
export abstract class Attributes extends Reader {
  protected abstract postfix(value: Expression): Expression
  protected noComma = 0

  protected abstract unary(): Expression
  /** Whether an expression can begin here. */
  protected mayStart(): boolean {
    const c = this.peek()
    if (isSingleQuote(c) || isDoubleQuote(c) || isDigit(c) || isDash(c)) return true
    return c === '.' ? isDigit(this.peek(1)) : '$(@{[+!,'.includes(c)
  }
  protected abstract startsOperand(): boolean

  /** Without a list: arguments of methods are separated by commas. */
  protected alone<T>(read: () => T): T {
    this.noComma++
    try {
      return read()
    } finally {
      this.noComma--
    }
  }

  protected withCommas<T>(read: () => T): T {
    const save = this.noComma
    this.noComma = 0
    try {
      return read()
    } finally {
      this.noComma = save
    }
  }

  protected bracketed(): Expression {
    const start = this.pos
    this.pos++
    const type = this.typeName()
    this.skip(true)
    if (this.peek() === '(' && ATTRIBUTES.test(type.name)) {
      const attribute = this.attributeArguments(type.name, type.start)
      this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
      this.skip(true)
      const operand = this.unary()
      return { kind: 'cast', type, attribute, operand, start, end: operand.end }
    }
    if (this.peek() === '(') refuse(`the attribute [${type.name}]`)
    this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
    const literal: Expression = { kind: 'type', type, start, end: this.pos }
    if (this.text.startsWith('::', this.pos) || this.peek() === '.') return this.postfix(literal)
    const save = this.pos
    this.skip()
    if (this.text.startsWith('::', this.pos)) return this.postfix(literal)
    if (!this.startsOperand()) {
      this.pos = save
      return literal
    }
    const operand = this.unary()
    if (type.name.toLowerCase() === 'ordered' && operand.kind !== 'hash')
      this.note(
        'OrderedAttributeOnlyOnHashLiteralNode',
        'The ordered attribute can be specified only on a hash literal node.',
        start,
      )
    return { kind: 'cast', type, attribute: null, operand, start, end: operand.end }
  }

  /** `(a, b, Name = value)` of an attribute. */
  protected attributeArguments(name: string, start: number): AttributeNode {
    const positional: Expression[] = []
    const named: { name: string; value: Expression | null }[] = []
    const opened = this.pos
    this.pos++
    for (;;) {
      this.skip(true)
      if (this.peek() === ')') break
      const word = this.wordAhead()
      const save = this.pos
      if (word && isIdentifierStart(word[0] ?? '')) {
        this.pos += word.length
        this.skip(true)
        if (this.peek() === '=') {
          this.pos++
          this.skip(true)
          if (!this.mayStart())
            this.fail(
              'MissingExpressionInNamedArgument',
              "Missing statement after '=' in named argument.",
              this.pos,
              this.peek() === '',
            )
          named.push({ name: word, value: this.alone(() => this.expression()) })
        } else if (this.peek() === ',' || this.peek() === ')') named.push({ name: word, value: null })
        else {
          this.pos = save
          positional.push(this.alone(() => this.expression()))
        }
      } else positional.push(this.alone(() => this.expression()))
      this.skip(true)
      if (!this.take(',')) break
    }
    this.close(')', 'MissingEndParenthesisInExpression', opened)
    if (/^validateset$/i.test(name) && positional.some(one => one.kind === 'type'))
      refuse('a class of values')
    for (const one of [...positional, ...named.map(({ value }) => value)]) if (one) this.constantOnly(one)
    return { name, positional, named, start, end: this.pos }
  }

  /** An attribute's argument has to be known when the script is read. */
  private constantOnly(e: Expression): void {
    const variable = e.kind === 'variable' && !/^(true|false|null)$/i.test(e.name)
    const text = e.kind === 'expandable' && e.parts.some(part => typeof part !== 'string')
    if (variable || text)
      this.note(
        'ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock',
        'Attribute argument must be a constant or a script block.',
        e.start,
      )
    else if (e.kind === 'list') for (const item of e.items) this.constantOnly(item)
    else if (['call', 'index', 'subexpression', 'array'].includes(e.kind))
      refuse('such an attribute argument')
  }
}
