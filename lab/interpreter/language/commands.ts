import { refuse } from '../refusal'
import { assignable } from './assignable'
import type {
  CommandNode,
  CommandParameter,
  Expression,
  PipelineElement,
  Redirection,
  Statement,
} from './ast'
import {
  endsWord,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierStart,
  isNewline,
  isSingleQuote,
  isVariablePart,
} from './characters'
import { scanNumber } from './number-literal'
import { ASSIGNMENTS } from './precedence'
import { Redirections } from './redirections'
import { Pieces } from './string-parts'

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
      if (right.kind === 'assign')
        this.fail('UnexpectedToken', `Unexpected token '${right.operator}' in expression or statement.`)
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
    // What an expression is followed by has to end the pipeline; a command has taken all there is.
    const last = elements[elements.length - 1]
    if (last?.kind === 'expression' && last.expression.kind === 'type' && isIdentifierStart(this.peek()))
      refuse('a type before a word')
    if (!this.endsStatement())
      this.fail(
        this.unrecognized() ? 'UnrecognizedToken' : 'UnexpectedToken',
        `Unexpected token '${/^[^\s]+/.exec(this.text.slice(this.pos))?.[0]}' in expression or statement.`,
      )
    this.pos = save
    return { kind: 'pipeline', elements, start, end: this.pos }
  }

  private element(first: boolean): { element: PipelineElement } | { assign: Statement } | null {
    const start = this.pos
    const c = this.peek()
    if (c === '' || c === ')' || c === '}' || c === ';' || isNewline(c)) return null
    if (this.text.startsWith('&&', this.pos) || this.text.startsWith('||', this.pos)) return null
    if (c === '|') this.fail('EmptyPipeElement', 'An empty pipe element is not allowed.')
    if (
      (c === '&' && this.peek(1) !== '&') ||
      (c === '.' && (endsWord(this.peek(1)) || '$"\''.includes(this.peek(1))))
    ) {
      this.pos++
      this.skip()
      return { element: this.command(c as '&' | '.', start) }
    }
    if (!this.mayStart()) return { element: this.command('', start) }
    const expression = this.expression()
    const save = this.pos
    this.skip()
    const operator =
      ASSIGNMENTS.find(text => this.text.startsWith(text, this.pos)) ??
      (isDash(this.peek()) && this.peek(1) === '=' ? '-=' : undefined)
    if (first && operator) {
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
    let redirected = 0
    const sign = /^(?:<|[1-6*]?>>?(?:&[12])?)/.exec(this.text.slice(this.pos, this.pos + 5))?.[0]
    if (sign && /^[1-6*]/.test(sign)) refuse('a redirection where a command should be')
    if (sign && !this.text.startsWith('<#', this.pos)) {
      // A sign of redirection where the command should be is its name.
      this.pos += sign.length
      elements.push({ kind: 'string', value: sign, quote: 'bare', start, end: this.pos })
    }
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
        if (c === '' || c === '|' || c === ')' || c === '}' || c === ';' || isNewline(c) || c === '&') break
        if (/^--%[\s;|&(){}]?$/.test(this.text.slice(this.pos, this.pos + 4))) refuse('the --% token')
        const redirection = elements.length > 0 ? this.redirection() : null
        if (redirection) {
          this.addRedirection(redirections, redirection)
          redirected = this.pos
        } else if (
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
          (isIdentifierStart(this.peek(1)) || this.peek(1) === '?') &&
          !this.quoteInParameter()
        ) {
          elements.push(this.commandParameter())
        } else if (elements.length === 0) elements.push(operator ? this.invoked() : this.commandName())
        else elements.push(this.argumentList())
      }
    })
    return {
      kind: 'command',
      operator,
      elements,
      redirections,
      start,
      end: Math.max(elements[elements.length - 1]?.end ?? this.pos, redirected),
    }
  }

  private invoked(): Expression {
    if (this.peek() === '[') return this.asArgument(() => this.primary())
    return isDigit(this.peek()) ? this.word() : this.argument()
  }

  /** The name of a command is taken as it stands: nothing expands in it. */
  private commandName(): Expression {
    const start = this.pos
    if (isDash(this.peek()) && (isIdentifierStart(this.peek(1)) || this.peek(1) === '?')) {
      this.pos++
      this.parameterName()
      if (isSingleQuote(this.peek()) || isDoubleQuote(this.peek())) refuse('such a name of a command')
      if (this.peek() === ':') this.pos++
      return { kind: 'string', value: this.text.slice(start, this.pos), quote: 'bare', start, end: this.pos }
    }
    const word = this.word()
    if (word.kind !== 'expandable') return word
    const value = this.text.slice(start, this.pos)
    if (/[`"'(\u2018-\u201e]/.test(value)) refuse('such a name of a command')
    return { kind: 'string', value, quote: 'bare', start, end: this.pos }
  }

  private commandParameter(): CommandParameter {
    const start = this.pos++
    const name = this.parameterName()
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

  /** `-a'b'` is one word. */
  private quoteInParameter(): boolean {
    const save = this.pos++
    this.parameterName()
    const quote = isSingleQuote(this.peek()) || isDoubleQuote(this.peek())
    this.pos = save
    return quote
  }

  private parameterName(): string {
    const from = this.pos
    const ends = (c: string) => endsWord(c) || ':.['.includes(c) || isDoubleQuote(c) || isSingleQuote(c)
    while (!ends(this.peek()) && this.peek() !== '=') this.pos++
    if (this.peek() === '=') while (!endsWord(this.peek())) this.pos++
    return this.text.slice(from, this.pos)
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
      if (this.peek() === '' || ')};|,'.includes(this.peek()))
        this.fail('MissingExpression', "Missing expression after ','.", this.pos, this.peek() === '')
      items.push(this.argument())
    }
    const [only] = items
    if (items.length > 1 && items.some(item => item.kind === 'variable' && item.splat))
      this.note('SplattingNotPermittedInArgumentList', 'A splatted variable stands alone.', start)
    if (items.length === 1 && only) return only
    return { kind: 'list', items, start, end: this.pos }
  }

  /** One argument of a command. */
  protected argument(): Expression {
    this.skip()
    const start = this.pos
    const c = this.peek()
    if (c === ',') this.fail('MissingArgument', 'Missing argument in parameter list.')
    if (c === '$' && this.mayStart() && !this.looksLikeWord()) return this.asArgument(() => this.primary())
    if (isSingleQuote(c) || isDoubleQuote(c) || c === '(' || c === '{')
      return this.asArgument(() => this.primary())
    if (c === '@' && isVariablePart(this.peek(1))) {
      const splat = this.variable()
      if (splat) return splat
    }
    if (c === '@') return this.asArgument(() => this.primary())
    if (isDigit(c) || ((c === '.' || isDash(c) || c === '+') && /[\d.]/.test(this.peek(1)))) {
      const signed = isDash(c) || c === '+'
      const number = signed ? null : scanNumber(this.text, this.pos, false)
      if (number && endsWord(this.text[number.end] ?? '')) {
        this.pos = number.end
        return { kind: 'constant', value: number.value, start, end: this.pos }
      }
    }
    return this.word()
  }

  /** `$a/b`, `$a"b"` and `$a++` are one word each; `$a.b`, `$a[0]` and `$a` are expressions. */
  private looksLikeWord(): boolean {
    const m = /^\$(?:(\{[^}]*\}|[$^?])|(?:[\p{L}\p{Nd}_?]|:(?!:))+)/u.exec(
      this.text.slice(this.pos, this.pos + 200),
    )
    if (!m) return false
    const next = this.text[this.pos + m[0].length] ?? ''
    return !(endsWord(next) || '.['.includes(next) || (!m[1] && '=:'.includes(next)))
  }

  /** A bare word with what expands in it. */
  protected word(): Expression {
    return this.token(() => this.bareWord())
  }

  private bareWord(): Expression {
    const start = this.pos
    const pieces = new Pieces()
    while (!endsWord(this.peek())) {
      const c = this.peek()
      if (isSingleQuote(c)) {
        const quoted = this.single()
        if (quoted.kind === 'string') pieces.text += quoted.value
      } else if (isDoubleQuote(c)) {
        const quoted = this.double()
        if (quoted.kind === 'string') pieces.text += quoted.value
        else pieces.push(quoted)
      } else if (c === '`') {
        // At the very end it stands for itself; before a line end it makes that a letter of the word.
        if (this.peek(1) === '') {
          pieces.text += '`'
          this.pos++
        } else pieces.text += this.escape()
      } else if (c === '$') this.dollar(pieces, 'string')
      else {
        pieces.text += c
        this.pos++
      }
    }
    if (this.pos === start)
      this.fail('UnexpectedToken', `Unexpected token '${this.peek()}' in expression or statement.`)
    return pieces.made('bare', start, this.pos)
  }
}
