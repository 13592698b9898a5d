import { refuse } from '../refusal'
import type { Expression, StatementBlock } from './ast'
import { isBlank, isDoubleQuote, isNewline, isSingleQuote, startsVariable } from './characters'
import { ParseError } from './parse-error'
import { Reader } from './reader'
import { Inner, Pieces } from './string-parts'

/** Reads strings and what expands in them. */
export abstract class Strings extends Reader {
  /** A reader of its own for what stands in a string. */
  protected abstract another(text: string): Strings
  /** Throws the fault that the real parser names before this one, if an open string is one. */
  protected abstract openString(fault: ParseError): void

  protected single(): Expression {
    const start = this.pos++
    let value = ''
    for (;;) {
      const c = this.peek()
      if (c === '')
        this.fail('TerminatorExpectedAtEndOfString', "The string is missing the terminator: '.", start, true)
      this.pos++
      if (isSingleQuote(c)) {
        if (!isSingleQuote(this.peek()))
          return { kind: 'string', value, quote: 'single', start, end: this.pos }
        value += this.peek()
        this.pos++
      } else value += c
    }
  }

  protected double(): Expression {
    return this.token(() => this.expandable())
  }

  private expandable(): Expression {
    const start = this.pos++
    const pieces = new Pieces()
    for (;;) {
      const c = this.peek()
      if (c === '' || (c === '`' && this.peek(1) === ''))
        this.fail('TerminatorExpectedAtEndOfString', 'The string is missing the terminator: ".', start, true)
      if (isDoubleQuote(c)) {
        this.pos++
        if (!isDoubleQuote(this.peek())) break
        pieces.text += this.peek()
        this.pos++
      } else if (c === '`') pieces.text += this.escape()
      else if (c === '$') this.dollar(pieces, 'string')
      else {
        pieces.text += c
        this.pos++
      }
    }
    return pieces.made('double', start, this.pos)
  }

  /** At a `$`: what expands is a piece of its own, a plain dollar is text. */
  protected dollar(pieces: Pieces, where: 'string' | 'here'): void {
    const part = this.embedded(where)
    if (part) pieces.push(part)
    else pieces.text += '$'
  }

  /** What stands in `$( )` of the strings of the token that is being read; null outside of one. */
  private parts: { inner: Inner; part: Expression & { kind: 'subexpression' } }[] | null = null

  /** Reads a string, or a word with strings in it: its end is found before anything inside is read. */
  protected token(read: () => Expression): Expression {
    if (this.parts) return read()
    this.parts = []
    try {
      const found = read()
      for (const { inner, part } of this.parts) part.body = this.readInner(inner)
      return found
    } finally {
      this.parts = null
    }
  }

  private innerStatements(from: number): StatementBlock {
    this.pos = from
    try {
      const body = this.statementsUntil(')')
      this.close(')', 'MissingEndParenthesisInSubexpression', from)
      return body
    } catch (fault) {
      if (fault instanceof ParseError) this.openString(fault)
      throw fault
    }
  }

  private readInner(inner: Inner): StatementBlock {
    const { from } = inner
    const reader = this.another(`${this.text.slice(0, from)}${inner.text})`)
    try {
      const body = reader.innerStatements(from)
      if (reader.pos < reader.text.length) refuse('a parenthesis in a string inside $( ) of a string')
      inner.move(body)
      if (reader.meaning)
        this.note(reader.meaning.id, reader.meaning.message, inner.offset(reader.meaning.offset))
      return body
    } catch (fault) {
      if (!(fault instanceof ParseError)) throw fault
      const { id, message, offset } = fault
      // The real reader holds the place in the whole text against the end of the inner one.
      const incomplete = fault.incomplete || (mayBeIncomplete(id) && offset >= inner.text.length + 3)
      const moved = new ParseError(id, message, inner.offset(offset), incomplete)
      moved.settled = true
      throw moved
    }
  }

  /** `$name`, `${name}` or `$(...)`; null (nothing read, or one `$` left) when it is a plain dollar. */
  protected embedded(where: 'string' | 'here' | 'code' = 'code'): Expression | null {
    const start = this.pos
    const next = this.peek(1)
    if (next === '(') {
      this.pos += 2
      if (where !== 'code') return this.innerAhead(start, where === 'here')
      const body = this.statementsUntil(')')
      if (!this.take(')'))
        this.fail(
          'MissingEndParenthesisInSubexpression',
          "Missing closing ')' in subexpression.",
          start,
          true,
        )
      return { kind: 'subexpression', body, start, end: this.pos }
    }
    if (startsVariable(next)) {
      const found = this.variable()
      if (found) return found
    }
    this.pos = start + 1
    return null
  }

  private innerAhead(start: number, here: boolean): Expression {
    const inner = Inner.at(this.text, this.pos, here)
    if (!inner)
      return this.fail('IncompleteDollarSubexpressionReference', 'Incomplete $( reference.', start, true)
    this.pos = inner.end + 1
    const part: Expression & { kind: 'subexpression' } = {
      kind: 'subexpression',
      body: { statements: [], traps: [], start: inner.from, end: inner.end },
      start,
      end: this.pos,
    }
    this.parts?.push({ inner, part })
    return part
  }

  /** A here-string at `@'` or `@"`. */
  protected here(): Expression {
    return this.token(() => this.hereString())
  }

  private hereString(): Expression {
    const start = this.pos
    const single = isSingleQuote(this.peek(1))
    this.pos += 2
    while (isBlank(this.peek())) this.pos++
    if (!isNewline(this.peek())) {
      if (this.peek() === '')
        this.fail('TerminatorExpectedAtEndOfString', 'The string is missing the terminator.', start, true)
      this.fail(
        'UnexpectedCharactersAfterHereStringHeader',
        'No characters are allowed after a here-string header.',
      )
    }
    this.newline()
    const pieces = new Pieces()
    let lineStart = true
    for (;;) {
      const c = this.peek()
      if (c === '') this.openHere(start, single)
      if (lineStart && (single ? isSingleQuote(c) : isDoubleQuote(c)) && this.peek(1) === '@') {
        this.pos += 2
        break
      }
      lineStart = false
      if (isNewline(c)) {
        const from = this.pos
        this.newline()
        const after = this.peek()
        if ((single ? isSingleQuote(after) : isDoubleQuote(after)) && this.peek(1) === '@') {
          this.pos += 2
          break
        }
        pieces.text += this.text.slice(from, this.pos)
        lineStart = true
      } else if (!single && c === '`') pieces.text += this.escape()
      else if (!single && c === '$') this.dollar(pieces, 'here')
      else {
        pieces.text += c
        this.pos++
      }
    }
    return pieces.made('here', start, this.pos)
  }

  /** No line begins with the end of the here-string. Blanks before one are what is wrong, if there are any. */
  private openHere(start: number, single: boolean): never {
    const blanks = single ? /[\r\n][^\S\r\n]+['\u2018-\u201b]@/ : /[\r\n][^\S\r\n]+["\u201c-\u201e]@/
    const found = blanks.test(this.text.slice(start, this.pos))
    return this.fail(
      found ? 'WhitespaceBeforeHereStringFooter' : 'TerminatorExpectedAtEndOfString',
      'The here-string is missing its terminator.',
      start,
      true,
    )
  }

  private newline(): void {
    this.pos += this.peek() === '\r' && this.peek(1) === '\n' ? 2 : 1
  }
}

/** The real parser may call this fault one that more input could mend. */
const mayBeIncomplete = (id: string) =>
  /^(Missing|Expected|EndSquare|EmptyPip|Incomplete|TypeName|RequiredName|PipelineValue)/.test(id)
