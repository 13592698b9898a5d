import { refuse } from '../refusal'
import { toText } from '../values/text'
import type { Expression, ScriptBlockNode, Statement } from './ast'
import { Attributes } from './attributes'
import {
  isBlank,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierPart,
  isNewline,
  isSingleQuote,
  startsVariable,
} from './characters'
import { scanNumber } from './number-literal'

/** Values and what follows them: literals, brackets, members, calls and indexes. */
export abstract class Operands extends Attributes {
  protected abstract statement(): Statement | null
  protected abstract chain(): Statement | null
  protected abstract scriptBlock(opened: number): ScriptBlockNode
  protected primary(): Expression {
    const start = this.pos
    const c = this.peek()
    if (c === '$' && this.peek(1) === '(') {
      const found = this.withCommas(() => this.embedded())
      if (found) return this.postfix(found)
    }
    if (c === '$') {
      const found = this.variable()
      if (found) return this.postfix(found)
      this.fail('UnexpectedToken', "Unexpected token '$' in expression or statement.")
    }
    if (isSingleQuote(c)) return this.postfix(this.single())
    if (isDoubleQuote(c)) return this.postfix(this.double())
    if (c === '@') return this.postfix(this.atSign())
    if (c === '(') {
      this.pos++
      this.skip(true)
      if (this.peek() === ')') this.fail('ExpectedExpression', "An expression was expected after '('.")
      const pipeline = this.withCommas(() => this.chain())
      if (!pipeline)
        this.fail('ExpectedExpression', "An expression was expected after '('.", this.pos, this.peek() === '')
      this.close(')', 'MissingEndParenthesisInExpression', start)
      return this.postfix({ kind: 'paren', pipeline, start, end: this.pos })
    }
    if (c === '{') {
      const body = this.withCommas(() => this.scriptBlock(this.pos))
      return this.postfix({ kind: 'scriptblock', body, start, end: this.pos })
    }
    if (isDigit(c) || (c === '.' && isDigit(this.peek(1)))) {
      const number = scanNumber(this.text, this.pos, false)
      if (number && this.text[number.end] === '[') refuse('an index on a number')
      if (number && !isIdentifierPart(this.text[number.end] ?? '')) {
        this.pos = number.end
        return this.postfix({ kind: 'constant', value: number.value, start, end: this.pos })
      }
      if (isDigit(c)) this.fail('BadNumericConstant', 'The numeric constant is not valid.')
    }
    if (c === '') this.fail('ExpectedExpression', 'An expression was expected.', this.pos, true)
    return this.fail(
      'UnexpectedToken',
      `Unexpected token '${this.wordAhead() || c}' in expression or statement.`,
    )
  }

  protected atSign(): Expression {
    const start = this.pos
    const next = this.peek(1)
    if (isSingleQuote(next) || isDoubleQuote(next)) return this.here()
    if (next === '(') {
      this.pos += 2
      const body = this.withCommas(() => this.statementsUntil(')'))
      if (!this.take(')'))
        this.fail(
          'MissingEndParenthesisInSubexpression',
          "Missing closing ')' in expression.",
          start,
          this.peek() === '',
        )
      return { kind: 'array', body, start, end: this.pos }
    }
    if (next === '{') return this.withCommas(() => this.hash())
    if (next !== '' && '$^:?'.includes(next)) refuse('such a variable after an at sign')
    const splat = this.unrecognized() ? null : this.variable()
    if (!splat) return this.fail('UnrecognizedToken', 'Unrecognized token in source text.')
    this.note(
      'SplattingNotPermitted',
      'The splatting operator cannot be used to reference variables in an expression.',
      start,
    )
    return splat
  }

  /** An at sign that begins nothing. */
  protected unrecognized(): boolean {
    const next = this.peek(1)
    if (this.peek() !== '@' || isSingleQuote(next) || isDoubleQuote(next)) return false
    return next === '' || (!'({'.includes(next) && !startsVariable(next))
  }

  protected hash(): Expression {
    const start = this.pos
    const entries: { key: Expression; value: Statement }[] = []
    this.pos += 2
    const seen = new Set<string>()
    for (;;) {
      this.skipLinesAndSemicolons()
      if (this.peek() === '}' || this.peek() === '') break
      if (this.peek() === '=')
        this.fail('MissingEndCurlyBrace', "The hash literal was incomplete: missing '}'.", start)
      const keyStart = this.pos
      const word = this.wordAhead()
      let key: Expression
      if (word && !isDigit(word[0] ?? '')) {
        this.pos += word.length
        key = { kind: 'string', value: word, quote: 'bare', start: keyStart, end: this.pos }
      } else
        key = this.alone(() => {
          if (!this.mayStart())
            this.fail('MissingEndCurlyBrace', "The hash literal was incomplete: missing '}'.", start)
          return this.unary()
        })
      this.skip()
      if (!this.take('='))
        this.fail(
          'MissingEqualsInHashLiteral',
          "Missing '=' operator after key in hash literal.",
          this.pos,
          this.peek() === '',
        )
      this.skip(true)
      const name =
        key.kind === 'string'
          ? key.value.toLowerCase()
          : key.kind === 'constant'
            ? toText(key.value).toLowerCase()
            : null
      if (name !== null && seen.has(name))
        this.note(
          'DuplicateKeyInHashLiteral',
          `Duplicate keys '${name}' are not allowed in hash literals.`,
          keyStart,
        )
      if (name !== null) seen.add(name)
      const value = this.statement()
      if (!value)
        this.fail(
          'MissingStatementInHashLiteral',
          "Missing statement after '=' in hash literal.",
          this.pos,
          this.peek() === '',
        )
      entries.push({ key, value })
      this.skip()
      if (this.peek() !== '}' && this.peek() !== ';' && !isNewline(this.peek())) break
    }
    if (this.peek() !== '' && this.peek() !== '}')
      this.fail(
        'UnexpectedToken',
        `Unexpected token '${this.wordAhead() || this.peek()}' in expression or statement.`,
      )
    if (!this.take('}'))
      this.fail(
        'MissingEndCurlyBrace',
        "The hash literal was incomplete: missing '}'.",
        this.peek() === '' ? start : this.pos,
        this.peek() === '',
      )
    return { kind: 'hash', entries, ordered: false, start, end: this.pos }
  }

  /** What directly follows a value: members, calls, indexes, ++ and --. */
  protected postfix(value: Expression): Expression {
    let target = value
    for (;;) {
      const { start } = target
      const c = this.peek()
      const nullSafe =
        c === '?' &&
        (this.peek(1) === '.' || this.peek(1) === '[') &&
        (target.kind !== 'variable' || this.text[this.pos - 1] === '}')
      const ahead = nullSafe ? 1 : 0
      const blankFollows = (offset: number) =>
        this.argumentMode &&
        (this.peek(offset) === '' || isBlank(this.peek(offset)) || isNewline(this.peek(offset)))
      if (this.text.startsWith('::', this.pos) && !blankFollows(2)) {
        this.pos += 2
        target = this.member(target, true, false, start)
      } else if (
        this.peek(ahead) === '.' &&
        this.peek(ahead + 1) !== '.' &&
        !(ahead === 0 && blankFollows(1))
      ) {
        this.pos += ahead + 1
        target = this.member(target, false, nullSafe, start)
      } else if (this.peek(ahead) === '[') {
        this.pos += ahead + 1
        this.skip(true)
        const index = this.withCommas(() => {
          if (!this.mayStart())
            this.fail(
              'MissingArrayIndexExpression',
              'Array index expression is missing or not valid.',
              this.pos,
              this.peek() === '',
            )
          return this.expression()
        })
        this.close(']', 'MissingEndSquareBracket', start)
        target = { kind: 'index', target, index, nullSafe, start, end: this.pos }
      } else return target
    }
  }

  protected member(target: Expression, isStatic: boolean, nullSafe: boolean, start: number): Expression {
    this.skip(true)
    const at = this.pos
    const c = this.peek()
    let name: Expression
    if (isSingleQuote(c)) name = this.single()
    else if (isDoubleQuote(c)) name = this.double()
    else if (c === '$') {
      const found = this.peek(1) === '(' ? this.embedded() : this.variable()
      if (!found) this.fail('MissingPropertyName', 'Missing property name after reference operator.')
      name = found
    } else if (c === '(')
      name = this.alone(() => {
        this.pos++
        const pipeline = this.withCommas(() => this.chain())
        if (!pipeline) this.fail('ExpectedExpression', 'An expression was expected.')
        this.close(')', 'MissingEndParenthesisInExpression', at)
        return { kind: 'paren', pipeline, start: at, end: this.pos } as Expression
      })
    else {
      const word = this.wordAhead()
      if (!word && c !== '' && '[{@,+'.includes(c)) refuse('such a name of a member')
      if (!word && isDash(c)) refuse('such a name of a member')
      if (!word)
        this.fail(
          'MissingPropertyName',
          'Missing property name after reference operator.',
          this.pos,
          c === '',
        )
      this.pos += word.length
      if (/^\d/.test(word)) {
        // A number goes on behind its point, here too.
        const goesOn = this.peek() === '.' && this.peek(1) !== '.'
        if (!/^\d{1,9}$/.test(word) || goesOn) refuse(`the member name ${word}`)
        name = { kind: 'constant', value: Number(word), start: at, end: this.pos }
      } else name = { kind: 'string', value: word, quote: 'bare', start: at, end: this.pos }
    }
    if (/^\[[^\]\r\n]*\]+\(/.test(this.text.slice(this.pos, this.pos + 200)))
      refuse('a generic method with its types')
    if (this.peek() === '(') {
      const opened = this.pos++
      const args: Expression[] = []
      this.skip(true)
      while (this.peek() !== ')' && this.peek() !== '') {
        if (!this.alone(() => this.mayStart()))
          this.fail(
            args.length > 0 ? 'MissingExpressionAfterToken' : 'MissingEndParenthesisInMethodCall',
            "Missing ')' in method call.",
          )
        args.push(this.alone(() => this.expression()))
        this.skip(true)
        if (!this.take(',')) break
        this.skip(true)
        if (this.peek() === ')') this.fail('MissingExpressionAfterToken', "Missing expression after ','.")
      }
      this.close(')', 'MissingEndParenthesisInMethodCall', opened)
      return { kind: 'call', target, name, args, isStatic, nullSafe, start, end: this.pos }
    }
    if (this.peek() === '{' && !isStatic && target.kind !== 'type') {
      const from = this.pos
      const body = this.withCommas(() => this.scriptBlock(from))
      const block: Expression = { kind: 'scriptblock', body, start: from, end: this.pos }
      return { kind: 'call', target, name, args: [block], isStatic, nullSafe, start, end: this.pos }
    }
    return { kind: 'member', target, name, isStatic, nullSafe, start, end: this.pos }
  }
}
