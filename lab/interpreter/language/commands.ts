import { refuse } from '../refusal'
import type {
  CommandNode,
  CommandParameter,
  Expression,
  PipelineElement,
  Redirection,
  Statement,
} from './ast'
import {
  endsArgument,
  endsWord,
  isBlank,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierStart,
  isNewline,
  isSingleQuote,
} from './characters'
import { numberEnd, scanNumber } from './number-literal'
import { ASSIGNMENTS, UNARY } from './precedence'
import { Redirections } from './redirections'

const isQuote = (c: string): boolean => isSingleQuote(c) || isDoubleQuote(c)

/** Pipelines, commands and their arguments. */
export abstract class Commands extends Redirections {
  protected endsStatement(): boolean {
    const c = this.peek()
    return (
      c === '' ||
      c === ';' ||
      c === '}' ||
      c === ')' ||
      c === '|' ||
      isNewline(c) ||
      this.text.startsWith('&&', this.pos)
    )
  }

  protected chain(): Statement | null {
    let left: Statement | null = this.pipeline()
    for (;;) {
      const save = this.pos
      this.skip()
      const operator = this.text.slice(this.pos, this.pos + 2)
      if (!left || (operator !== '&&' && operator !== '||')) {
        this.pos = save
        return left
      }
      this.pos += 2
      this.skip(true)
      const right = this.pipeline()
      if (!right)
        this.fail(
          'EmptyPipelineChainElement',
          'An element of a pipeline chain is missing.',
          this.pos,
          this.peek() === '',
        )
      left = { kind: 'chain', left, operator, right, start: left.start, end: right.end }
    }
  }

  private pipeline(): Statement | null {
    this.skip()
    const start = this.pos
    const first = this.element(true)
    if (!first) return null
    if ('assign' in first) return first.assign
    const elements: PipelineElement[] = [first.element]
    for (;;) {
      const save = this.pos
      this.skip()
      if (this.peek() !== '|' || this.peek(1) === '|') {
        // A line that starts with a pipe goes on with the one before.
        this.skip(true)
        if (this.peek() !== '|' || this.peek(1) === '|' || this.peek() === '') {
          this.pos = save
          break
        }
      }
      this.pos++
      this.skip(true)
      const at = this.pos
      const next = this.peek() === '' ? null : this.element(false)
      if (!next || !('element' in next))
        this.fail('EmptyPipeElement', 'An empty pipe element is not allowed.', at, this.peek() === '')
      if (next.element.kind === 'expression')
        this.fail(
          'ExpressionsMustBeFirstInPipeline',
          'Expressions are only allowed as the first element of a pipeline.',
          at,
        )
      elements.push(next.element)
    }
    const save = this.pos
    this.skip()
    if (this.peek() === '&' && this.peek(1) !== '&') refuse('a background job (&)')
    this.pos = save
    return { kind: 'pipeline', elements, start, end: this.pos }
  }

  private startsExpression(): boolean {
    const c = this.peek()
    const next = this.peek(1)
    if (c === '$') return !endsWord(next) || next === '(' || next === '{'
    if (isSingleQuote(c) || isDoubleQuote(c) || '([,{!'.includes(c)) return c !== ''
    if (c === '@') return true
    if (c === '.' && isDigit(next)) return true
    if (isDigit(c)) {
      const end = numberEnd(this.text, this.pos)
      if (end > 0 && this.text[end] === ':') refuse('a number with a colon')
      return end > 0 && !/[\p{L}_]/u.test(this.text[end] ?? '')
    }
    if (c === '+') return isDigit(next) || isQuote(next) || '$(+.@{[!'.includes(next) || isBlank(next)
    if (!isDash(c)) return false
    const dash = this.dashWordAhead()
    if (dash) return UNARY.has(dash)
    return isDigit(next) || isDash(next) || isQuote(next) || '$(.[@{!'.includes(next) || isBlank(next)
  }

  private element(first: boolean): { element: PipelineElement } | { assign: Statement } | null {
    const start = this.pos
    const c = this.peek()
    if (c === '' || c === ')' || c === '}' || c === ';') return null
    if (c === '|') this.fail('EmptyPipeElement', 'An empty pipe element is not allowed.')
    if (
      (c === '&' && this.peek(1) !== '&') ||
      (c === '.' &&
        (this.peek(1) === '' ||
          isBlank(this.peek(1)) ||
          ('$("\'{'.includes(this.peek(1)) && this.peek(1) !== '')))
    ) {
      this.pos++
      this.skip()
      return { element: this.command(c as '&' | '.', start) }
    }
    if (!this.startsExpression()) return { element: this.command('', start) }
    const expression = this.expression()
    const save = this.pos
    this.skip()
    const operator =
      ASSIGNMENTS.find(text => this.text.startsWith(text, this.pos)) ??
      (isDash(this.peek()) && this.peek(1) === '=' ? '-=' : undefined)
    if (first && operator && !(operator === '=' && this.peek(1) === '=')) {
      if (!assignable(expression))
        this.note('InvalidLeftHandSide', 'The assignment expression is not valid.', start)
      this.pos += operator.length
      this.skip(true)
      const value = this.withCommas(() => this.statement())
      if (!value)
        this.fail(
          'ExpectedValueExpression',
          `You must provide a value expression following the '${operator}' operator.`,
          this.pos,
          this.peek() === '',
        )
      return { assign: { kind: 'assign', target: expression, operator, value, start, end: this.pos } }
    }
    this.pos = save
    const redirections = this.redirections()
    return { element: { kind: 'expression', expression, redirections, start, end: this.pos } }
  }

  private command(operator: '' | '&' | '.', start: number): CommandNode {
    const elements: (Expression | CommandParameter)[] = []
    const redirections: Redirection[] = []
    if (operator && this.endsStatement())
      this.fail(
        'MissingExpression',
        `The expression after '${operator}' in a pipeline element produced an object that was not valid.`,
        this.pos,
        this.peek() === '',
      )
    this.withCommas(() => {
      let literal = false
      for (;;) {
        this.skip()
        const c = this.peek()
        if (this.text.startsWith('--%', this.pos)) refuse('the stop-parsing token --%')
        if (c === '' || c === '|' || c === ')' || c === '}' || c === ';' || isNewline(c) || c === '&') break
        const redirection = elements.length > 0 ? this.redirection() : null
        if (redirection) redirections.push(redirection)
        else if (
          elements.length > 0 &&
          !literal &&
          isDash(c) &&
          isDash(this.peek(1)) &&
          endsWord(this.peek(2))
        ) {
          this.pos += 2
          literal = true
        } else if (
          elements.length > 0 &&
          !literal &&
          isDash(c) &&
          (isIdentifierStart(this.peek(1)) || this.peek(1) === '?')
        ) {
          elements.push(this.commandParameter())
        } else if (elements.length === 0) elements.push(operator ? this.invoked() : this.word())
        else elements.push(this.argumentList())
      }
    })
    return {
      kind: 'command',
      operator,
      elements,
      redirections,
      start,
      end: elements[elements.length - 1]?.end ?? this.pos,
    }
  }

  private invoked(): Expression {
    const c = this.peek()
    // `$path\name` is one word here; members and indexes are not.
    const named = /^\$(\{[^}]*\}|[\p{L}\p{Nd}_]+(:[\p{L}\p{Nd}_]+)?)/u.exec(
      this.text.slice(this.pos, this.pos + 200),
    )
    const after = named ? (this.text[this.pos + named[0].length] ?? '') : ''
    if (named && !endsWord(after) && !'.[:('.includes(after)) return this.word()
    return '$({"\'@['.includes(c) || isSingleQuote(c) || isDoubleQuote(c)
      ? this.alone(() => this.primary())
      : this.word()
  }

  private commandParameter(): CommandParameter {
    const start = this.pos++
    const from = this.pos
    while (
      !endsWord(this.peek()) &&
      !':.['.includes(this.peek()) &&
      !isDoubleQuote(this.peek()) &&
      !isSingleQuote(this.peek()) &&
      this.peek() !== '='
    )
      this.pos++
    if (this.peek() === '=') while (!endsWord(this.peek())) this.pos++
    const name = this.text.slice(from, this.pos)
    let argument: Expression | null = null
    const colon = this.peek() === ':'
    if (colon) {
      this.pos++
      this.skip()
      if (this.endsStatement())
        this.fail('ParameterRequiresArgument', `The parameter '-${name}' requires an argument.`)
      argument = this.argumentList()
    }
    return {
      kind: 'parameter',
      name,
      argument,
      text: this.text.slice(start, colon ? this.pos : this.pos),
      start,
      end: this.pos,
    }
  }

  private argumentList(): Expression {
    const start = this.pos
    const items = [this.argument()]
    for (;;) {
      const save = this.pos
      this.skip()
      if (this.peek() !== ',') {
        this.pos = save
        break
      }
      this.pos++
      this.skip(true)
      if (this.peek() === '' || ')};|'.includes(this.peek()))
        this.fail('MissingExpression', "Missing expression after ','.", this.pos, this.peek() === '')
      items.push(this.argument())
    }
    const [only] = items
    if (items.length === 1 && only) return only
    return { kind: 'list', items, start, end: this.pos }
  }

  /** One argument of a command. */
  protected argument(): Expression {
    this.skip()
    const start = this.pos
    const c = this.peek()
    if (c === ',') this.fail('MissingArgument', 'Missing argument in parameter list.')
    if (c === '$' && !this.looksLikeWord()) {
      return this.alone(() => this.primary())
    }
    if (isSingleQuote(c) || isDoubleQuote(c) || c === '(' || c === '{')
      return this.alone(() => this.primary())
    if (c === '@' && isIdentifierStart(this.peek(1))) {
      const splat = this.variable()
      if (splat) return splat
    }
    if (c === '@' && '({"\''.includes(this.peek(1))) return this.alone(() => this.primary())
    if (isDigit(c) || ((c === '.' || isDash(c) || c === '+') && /[\d.]/.test(this.peek(1)))) {
      const signed = isDash(c) || c === '+'
      const number = signed ? null : scanNumber(this.text, this.pos, false)
      if (number && endsArgument(this.text[number.end] ?? '')) {
        this.pos = number.end
        return { kind: 'constant', value: number.value, start, end: this.pos }
      }
    }
    return this.word()
  }

  /** `$a/b` is one word; `$a.b`, `$a[0]` and `$a` are expressions. */
  private looksLikeWord(): boolean {
    const m = /^\$(\{[^}]*\}|[\p{L}\p{Nd}_?]+(:[\p{L}\p{Nd}_?]+)?|[$^])/u.exec(
      this.text.slice(this.pos, this.pos + 200),
    )
    if (!m) return false
    const next = this.text[this.pos + m[0].length] ?? ''
    return !(
      endsArgument(next) ||
      '.[:+-?"\''.includes(next) ||
      isDash(next) ||
      isSingleQuote(next) ||
      isDoubleQuote(next)
    )
  }

  /** A bare word with what expands in it. */
  private word(): Expression {
    const start = this.pos
    const parts: (string | Expression)[] = []
    let value = ''
    const push = (part: Expression) => {
      if (value) parts.push(value)
      value = ''
      parts.push(part)
    }
    if (this.peek() === '<') refuse('the operator <')
    while (!endsArgument(this.peek())) {
      const c = this.peek()
      if (isSingleQuote(c)) {
        const quoted = this.single()
        if (quoted.kind === 'string') value += quoted.value
      } else if (isDoubleQuote(c)) {
        const quoted = this.double()
        if (quoted.kind === 'string') value += quoted.value
        else push(quoted)
      } else if (c === '`') {
        if (isNewline(this.peek(1))) break
        // At the very end it stands for itself.
        if (this.peek(1) === '') {
          value += '`'
          this.pos++
        } else value += this.escape()
      } else if (c === '$') {
        const part = this.embedded()
        if (part) push(part)
        else value += c
      } else {
        value += c
        this.pos++
      }
    }
    if (this.pos === start)
      this.fail('UnexpectedToken', `Unexpected token '${this.peek()}' in expression or statement.`)
    if (parts.length === 0) return { kind: 'string', value, quote: 'bare', start, end: this.pos }
    if (value) parts.push(value)
    return { kind: 'expandable', parts, bare: true, start, end: this.pos }
  }
}

function assignable(target: Expression): boolean {
  if (target.kind === 'list') return target.items.every(assignable)
  if (target.kind === 'cast') return assignable(target.operand)
  if (target.kind === 'paren') {
    const { pipeline } = target
    if (pipeline.kind !== 'pipeline' || pipeline.elements.length !== 1) return false
    const [element] = pipeline.elements
    return element?.kind === 'expression' && assignable(element.expression)
  }
  return (
    (target.kind === 'variable' && !/^(true|false|null)$/i.test(target.name)) ||
    target.kind === 'variable' ||
    target.kind === 'member' ||
    target.kind === 'index'
  )
}
