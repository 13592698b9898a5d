import { refuse } from '../refusal'
import type { Expression, Statement, StatementBlock, TypeName } from './ast'
import { isBlank, isDash, isIdentifierPart, isNewline, isVariablePart } from './characters'
import { ParseError } from './parse-error'
import { opensSignature } from './signature-block'
import { ESCAPES, unicodeEscape } from './string-parts'

/** Reads characters, blanks, variables and names of types; strings and the grammar build on it. */
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

  /** A type name has to be closed where it stands: no further line makes it right. */
  protected needsClosing(): void {
    if (this.peek() !== '' && !isNewline(this.peek())) return
    if (/\s/.test(this.text[this.pos - 1] ?? '')) refuse('a type that is not closed, with a space behind it')
    throw new ParseError(
      'EndSquareBracketExpectedAtEndOfAttribute',
      'Missing ] at end of attribute or type literal.',
      this.pos,
    )
  }

  /** A fault of meaning: it is reported when nothing is wrong with the grammar of the whole. */
  protected meaning: ParseError | null = null

  protected note(id: string, message: string, offset: number): void {
    this.meaning ??= new ParseError(id, message, offset)
  }

  /** Where the first comment begins that opens a signature block, or looks as if: behind it no statement may stand. */
  protected signature: number | null = null

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
        const comment = `${this.text.slice(start + 1, this.pos)}${this.peek() || '\0'}`
        if (this.signature === null && opensSignature(comment)) this.signature = start
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

  /** After a backtick. */
  protected escape(): string {
    this.pos++
    const c = this.peek()
    if (c === '') return this.fail('IncompleteString', 'Incomplete string token.', this.pos, true)
    this.pos++
    if (c === 'u') {
      const point = unicodeEscape(this.text, this.pos)
      if ('fault' in point) {
        const fault = new ParseError(
          point.fault,
          'The Unicode escape sequence is not valid.',
          this.pos + point.offset,
        )
        fault.settled = true
        throw fault
      }
      this.pos += point.length
      return point.made
    }
    return ESCAPES[c] ?? c
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
