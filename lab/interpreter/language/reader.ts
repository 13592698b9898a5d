import { refuse } from '../refusal'
import type { Expression, Statement, StatementBlock, TypeName } from './ast'
import {
  isBlank,
  isDash,
  isDoubleQuote,
  isIdentifierPart,
  isNewline,
  isSingleQuote,
  isVariablePart,
} from './characters'
import { closingParenthesis, ESCAPES, refuseOddInside } from './embedded'
import { ParseError } from './parse-error'

/** Reads characters, blanks, strings and variables; the grammar builds on it. */
export abstract class Reader {
  protected pos = 0

  constructor(protected readonly text: string) {}

  protected abstract statementsUntil(close: string): StatementBlock
  protected abstract expression(): Expression

  protected peek(ahead = 0): string {
    return this.text[this.pos + ahead] ?? ''
  }

  protected fail(id: string, message: string, offset = this.pos, incomplete = false): never {
    throw new ParseError(id, message, offset, incomplete || offset >= this.text.trimEnd().length)
  }

  /** A fault of meaning: it is reported when nothing is wrong with the grammar of the whole. */
  protected meaning: ParseError | null = null

  protected note(id: string, message: string, offset: number): void {
    this.meaning ??= new ParseError(id, message, offset)
  }

  /** Where the first comment begins that opens a signature block, or looks as if: behind it no statement may stand. */
  protected signature: { at: number; exact: boolean } | null = null

  /** Skips blanks, comments and continued lines; line ends too where they do not count. */
  protected skip(lines = false): void {
    for (;;) {
      const c = this.peek()
      if (c === '') return
      if (isBlank(c) || (lines && isNewline(c))) this.pos++
      else if (c === '`' && isBlank(this.peek(1))) this.pos += 2
      else if (c === '`' && this.peek(1) === '')
        this.fail('IncompleteString', 'The line goes on after a backtick.', this.pos, true)
      else if (c === '`' && isNewline(this.peek(1))) {
        this.pos += this.peek(1) === '\r' && this.peek(2) === '\n' ? 3 : 2
      } else if (c === '#') {
        const start = this.pos
        while (this.peek() !== '' && !isNewline(this.peek())) this.pos++
        this.signature ??= signatureIn(this.text.slice(start, this.pos), start)
      } else if (c === '<' && this.peek(1) === '#') {
        const end = this.text.indexOf('#>', this.pos + 2)
        if (end < 0)
          this.fail(
            'MissingTerminatorMultiLineComment',
            'The terminator #> is missing from the multiline comment.',
            this.pos,
            true,
          )
        this.pos = end + 2
      } else return
    }
  }

  protected skipLinesAndSemicolons(): void {
    this.skip(true)
    while (this.peek() === ';') {
      this.pos++
      this.skip(true)
    }
  }

  protected take(text: string): boolean {
    if (!this.text.startsWith(text, this.pos)) return false
    this.pos += text.length
    return true
  }

  protected close(char: string, id: string, opened: number): void {
    this.skip(true)
    if (this.take(char)) return
    const atEnd = this.peek() === ''
    this.fail(id, `Missing closing '${char}'.`, atEnd ? opened : this.pos, atEnd)
  }

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
    const start = this.pos++
    const parts: (string | Expression)[] = []
    let value = ''
    for (;;) {
      const c = this.peek()
      if (c === '')
        this.fail('TerminatorExpectedAtEndOfString', 'The string is missing the terminator: ".', start, true)
      if (isDoubleQuote(c)) {
        this.pos++
        if (!isDoubleQuote(this.peek())) break
        value += this.peek()
        this.pos++
      } else if (c === '`') {
        if (this.peek(1) === '')
          this.fail(
            'TerminatorExpectedAtEndOfString',
            'The string is missing the terminator: ".',
            start,
            true,
          )
        value += this.escape()
      } else if (c === '$') {
        const part = this.embedded(true)
        if (part) {
          if (value) parts.push(value)
          value = ''
          parts.push(part)
        } else value += c
      } else {
        value += c
        this.pos++
      }
    }
    return this.joined(parts, value, start, 'double')
  }

  private joined(
    parts: (string | Expression)[],
    rest: string,
    start: number,
    quote: 'double' | 'here',
  ): Expression {
    if (parts.length === 0) return { kind: 'string', value: rest, quote, start, end: this.pos }
    if (rest) parts.push(rest)
    return { kind: 'expandable', parts, bare: false, start, end: this.pos }
  }

  /** After a backtick. */
  protected escape(): string {
    this.pos++
    const c = this.peek()
    if (c === '') return this.fail('IncompleteString', 'Incomplete string token.', this.pos, true)
    this.pos++
    if (c === 'u' && this.peek() === '{') {
      const m = /^\{([0-9a-fA-F]{1,6})\}/.exec(this.text.slice(this.pos, this.pos + 9))
      if (!m || Number.parseInt(m[1] ?? '', 16) > 0x10ffff)
        this.fail('InvalidUnicodeEscapeSequence', 'The Unicode escape sequence is not valid.', this.pos)
      this.pos += m[0].length
      return String.fromCodePoint(Number.parseInt(m[1] ?? '0', 16))
    }
    return ESCAPES[c] ?? c
  }

  /** `$name`, `${name}` or `$(...)` in a string; null (nothing read, or one `$` left) when it is a plain dollar. */
  private inString(inString: boolean, start: number): StatementBlock {
    const from = this.pos
    const raw = inString ? closingParenthesis(this.text, this.pos) : -1
    if (inString && raw < 0)
      this.fail('IncompleteDollarSubexpressionReference', 'Incomplete $( reference.', start, true)
    try {
      const body = this.statementsUntil(')')
      if (inString) refuseOddInside(this.text.slice(from, this.pos), raw === this.pos)
      return body
    } catch (fault) {
      if (inString && fault instanceof ParseError && fault.incomplete)
        this.fail('IncompleteDollarSubexpressionReference', 'Incomplete $( reference.', start, true)
      if (inString && fault instanceof ParseError) fault.settled = true
      throw fault
    }
  }

  protected embedded(inString = false): Expression | null {
    const start = this.pos
    const next = this.peek(1)
    if (next === '(') {
      this.pos += 2
      const body = this.inString(inString, start)
      if (!this.take(')'))
        this.fail(
          'MissingEndParenthesisInSubexpression',
          "Missing closing ')' in subexpression.",
          start,
          true,
        )
      return { kind: 'subexpression', body, start, end: this.pos }
    }
    if (
      next === '{' ||
      next === '$' ||
      next === '^' ||
      next === '?' ||
      isVariablePart(next) ||
      next === ':'
    ) {
      const found = this.variable()
      if (found) return found
    }
    this.pos = start + 1
    return null
  }

  /** A variable at `$` (or `@`, for splatting). */
  protected variable(): Expression | null {
    const start = this.pos
    const splat = this.peek() === '@'
    this.pos++
    if (this.peek() === '{') {
      let name = ''
      this.pos++
      while (this.peek() !== '}') {
        if (this.peek() === '')
          this.fail('IncompleteDollarVariableReference', 'Incomplete variable reference token.', start, true)
        if (this.peek() === '`') name += this.escape()
        else {
          name += this.peek()
          this.pos++
        }
      }
      this.pos++
      if (name === '') this.fail('EmptyVariableReference', 'The variable name is empty.', start)
      return { kind: 'variable', name, splat, start, end: this.pos }
    }
    const c = this.peek()
    if (!splat && (c === '$' || c === '^' || c === '?')) {
      this.pos++
      return { kind: 'variable', name: c, splat, start, end: this.pos }
    }
    let name = ''
    while (
      isVariablePart(this.peek()) ||
      (this.peek() === ':' &&
        this.peek(1) !== ':' &&
        (isVariablePart(this.peek(1)) || (name !== '' && !name.includes(':'))))
    ) {
      if (this.peek() === ':' && !isVariablePart(this.peek(1)))
        this.fail(
          /^(variable|global|script|local|private)$/i.test(name)
            ? 'InvalidVariableReference'
            : 'InvalidVariableReferenceWithDrive',
          "Variable reference is not valid. ':' was not followed by a valid variable name character.",
          start,
        )
      name += this.peek()
      this.pos++
    }
    if (name === '') {
      this.pos = start
      return null
    }
    if (/^using:/i.test(name)) refuse('a variable of another session ($using:)')
    return { kind: 'variable', name, splat, start, end: this.pos }
  }

  /** A here-string at `@'` or `@"`. */
  protected here(): Expression {
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
    const parts: (string | Expression)[] = []
    let value = ''
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
        value += this.text.slice(from, this.pos)
        lineStart = true
      } else if (!single && c === '`') value += this.escape()
      else if (!single && c === '$') {
        const part = this.embedded()
        if (part) {
          if (value) parts.push(value)
          value = ''
          parts.push(part)
        } else value += c
      } else {
        value += c
        this.pos++
      }
    }
    return this.joined(parts, value, start, 'here')
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

  /** A word at the cursor such as a keyword; empty when there is none. */
  protected wordAhead(): string {
    let end = this.pos
    while (isIdentifierPart(this.text[end] ?? '')) end++
    return this.text.slice(this.pos, end)
  }

  /** A dash operator's name at the cursor (`-eq`), lower case; empty when there is none. */
  protected dashWordAhead(): string {
    if (!isDash(this.peek())) return ''
    let end = this.pos + 1
    while (/[a-zA-Z]/.test(this.text[end] ?? '')) end++
    return end === this.pos + 1 ? '' : `-${this.text.slice(this.pos + 1, end).toLowerCase()}`
  }

  /** A type name up to (not including) the closing bracket. */
  protected typeName(): TypeName {
    this.skip(true)
    const start = this.pos
    if (/[\p{L}_]/u.test(this.peek())) while (/[\p{L}\p{Nd}_.`+#\\]/u.test(this.peek())) this.pos++
    const name = this.text.slice(start, this.pos)
    if (name === '') this.fail('MissingTypename', "Missing type name after '['.")
    const generics: TypeName[] = []
    let arrays = 0
    for (;;) {
      this.skip()
      if (this.peek() !== '[') break
      const save = this.pos
      this.pos++
      this.skip()
      if (this.peek() === ',') refuse('an array type of several dimensions')
      if (this.peek() === ']') {
        this.pos++
        arrays++
      } else if (arrays === 0 && generics.length === 0) {
        do {
          this.skip(true)
          const bracket = this.take('[')
          generics.push(this.typeName())
          if (bracket) this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', save)
          this.skip(true)
        } while (this.take(','))
        this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', save)
      } else this.fail('EndSquareBracketExpectedAtEndOfType', 'Missing ] at end of type token.')
    }
    return { name, arrays, generics, start, end: this.pos }
  }

  protected statementValue(expression: Expression): Statement {
    const { start, end } = expression
    return {
      kind: 'pipeline',
      elements: [{ kind: 'expression', expression, redirections: [], start, end }],
      start,
      end,
    }
  }
}

/** The real shell compares such a comment loosely; what is not clearly one is told apart, so that it can be refused. */
function signatureIn(comment: string, at: number): { at: number; exact: boolean } | null {
  const bare = comment.toLowerCase().replace(/\s/g, '')
  if (bare.startsWith('#sig#beginsignatureblock')) return { at, exact: true }
  return /beginsignature|signatureblock|sig#begin/.test(bare) && !/end/.test(bare)
    ? { at, exact: false }
    : null
}
