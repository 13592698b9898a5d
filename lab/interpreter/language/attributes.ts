import { refuse } from '../refusal'
import type { AttributeNode, Expression } from './ast'
import { isIdentifierStart } from './characters'
import { ATTRIBUTES } from './precedence'
import { Strings } from './strings'

/** What stands in square brackets before a value: types, casts and attributes. */
export abstract class Attributes extends Strings {
  protected abstract postfix(value: Expression): Expression
  protected noComma = 0
  /** True while an argument of a command is read: there a dot before a blank belongs to no member. */
  protected argumentMode = false

  protected abstract unary(): Expression
  protected abstract mayStart(): boolean
  protected abstract startsOperand(): boolean

  /** Without a list: arguments of methods are separated by commas. */
  protected alone<T>(read: () => T): T {
    return this.reading(this.noComma + 1, false, read)
  }

  /** The same for one argument of a command. */
  protected asArgument<T>(read: () => T): T {
    return this.reading(this.noComma + 1, true, read)
  }

  private reading<T>(noComma: number, argumentMode: boolean, read: () => T): T {
    const saved = [this.noComma, this.argumentMode] as const
    this.noComma = noComma
    this.argumentMode = argumentMode
    try {
      return read()
    } finally {
      ;[this.noComma, this.argumentMode] = saved
    }
  }

  protected withCommas<T>(read: () => T): T {
    return this.reading(0, false, read)
  }

  protected bracketed(): Expression {
    const start = this.pos
    this.pos++
    const type = this.typeName()
    this.skip()
    if (this.peek() === ',') refuse('a type with its assembly')
    this.needsClosing()
    if (this.peek() === '(' && !ATTRIBUTES.test(type.name)) refuse(`the attribute [${type.name}()]`)
    if (this.peek() === '(') {
      const attribute = this.attributeArguments(type.name, type.start)
      this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
      this.skip(true)
      if (!this.mayStart())
        this.fail('UnexpectedAttribute', `Unexpected attribute '${type.name}'.`, start, this.peek() === '')
      const operand = this.unary()
      return { kind: 'cast', type, attribute, operand, start, end: operand.end }
    }
    this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
    const literal: Expression = { kind: 'type', type, start, end: this.pos }
    if (this.text.startsWith('::', this.pos) || this.peek() === '.') return this.postfix(literal)
    const save = this.pos
    this.skip()
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
          if (!this.alone(() => this.mayStart()))
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
          break
        }
      } else if (this.alone(() => this.mayStart())) positional.push(this.alone(() => this.expression()))
      else break
      this.skip(true)
      if (!this.take(',')) break
      this.skip(true)
      if (!this.wordAhead() && !this.alone(() => this.mayStart()))
        this.fail(
          'MissingExpressionAfterToken',
          "Missing expression after ','.",
          this.pos,
          this.peek() === '',
        )
    }
    this.close(')', 'MissingEndParenthesisInExpression', opened)
    if (/^validateset$/i.test(name) && positional.some(one => one.kind === 'type'))
      refuse('a class of values')
    for (const one of [...positional, ...named.map(({ value }) => value)]) if (one) this.constantOnly(one)
    return { name, positional, named, start, end: this.pos }
  }

  /** An attribute's argument has to be known when the script is read. */
  private constantOnly(e: Expression): void {
    const variable =
      (e.kind === 'variable' && !/^(true|false|null)$/i.test(e.name)) ||
      e.kind === 'step' ||
      (e.kind === 'member' && !e.isStatic) ||
      (e.kind === 'binary' && e.operator === '..')
    const text = e.kind === 'expandable' && e.parts.some(part => typeof part !== 'string')
    if (variable || text)
      this.note(
        'ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock',
        'Attribute argument must be a constant or a script block.',
        e.start,
      )
    else if (e.kind === 'list') for (const item of e.items) this.constantOnly(item)
    else if (
      ['call', 'index', 'subexpression', 'array', 'member', 'binary', 'paren', 'ternary'].includes(e.kind)
    )
      refuse('such an attribute argument')
  }
}
