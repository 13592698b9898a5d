import { refuse } from '../refusal'
import type {
  AttributeNode,
  Expression,
  ParamBlock,
  ParameterNode,
  ScriptBlockNode,
  Statement,
  StatementBlock,
  TypeName,
} from './ast'
import { endsWord, isDoubleQuote, isIdentifierStart, isNewline, isSingleQuote } from './characters'
import { ParseError } from './parse-error'
import { Statements } from './statements'

const REQUIRES =
  /^\s+-(version\s+[1-7](\.\d+)?|psedition\s+(core|desktop)|runasadministrator|modules\s+["'\w@][^<>]*)\s*$/i

/** Statements that need nothing after them: they end with a block or a condition, or take a single word and no pipeline. */
const WHOLE: ReadonlySet<string> = new Set([
  'if',
  'while',
  'do',
  'for',
  'foreach',
  'switch',
  'try',
  'function',
  'break',
  'continue',
] satisfies Statement['kind'][])

/** Whole scripts, script blocks and their parameters. */
export class Parser extends Statements {
  /** Parses a whole script. */
  script(): ScriptBlockNode {
    const asked = new Set<string>()
    for (const [, rest = ''] of this.text.matchAll(/^[ \t]*#requires\b(.*)$/gim)) {
      const what = REQUIRES.exec(rest)?.[1]?.split(/\s/)[0]?.toLowerCase()
      if (what === undefined) refuse('such a #requires')
      // The real shell binds all lines together, and these are values that can be given once.
      if ((what === 'version' || what === 'psedition') && asked.has(what)) refuse(`#requires -${what} twice`)
      asked.add(what)
    }
    try {
      return this.whole()
    } catch (fault) {
      if (fault instanceof ParseError) this.openString(fault)
      throw fault
    }
  }

  /** An open string behind an error is what the real parser complains about first. */
  protected openString(fault: ParseError): void {
    if (
      fault.settled ||
      !/^(UnexpectedToken|MissingE|MissingTypename|ExpectedValue|EndSquare|MissingArg)/.test(fault.id)
    )
      return
    this.pos = fault.offset
    if (fault.id === 'UnexpectedToken' && this.openWord()) return
    this.skip(true)
    if (this.unrecognized()) refuse('several faults in one script')
    try {
      while (this.pos < this.text.length) {
        this.skip(true)
        const c = this.peek()
        if (isSingleQuote(c)) this.single()
        else if (isDoubleQuote(c)) this.double()
        else this.pos++
      }
    } catch (open) {
      if (open instanceof ParseError && open.id === 'TerminatorExpectedAtEndOfString')
        refuse('several faults in one script')
    }
  }

  protected another(text: string): Parser {
    return new Parser(text)
  }

  /** A word or a string at the cursor is read to its end before it is called unexpected: an open string in it comes first. */
  private openWord(): boolean {
    const c = this.peek()
    if (isSingleQuote(c)) this.single()
    else if (isDoubleQuote(c)) this.double()
    else if (isIdentifierStart(c) || c === '\\') this.word()
    else return false
    return true
  }

  private whole(): ScriptBlockNode {
    const node = this.blockBody('')
    if (this.pos < this.text.length)
      this.fail('UnexpectedToken', `Unexpected token '${this.peek()}' in expression or statement.`)
    if (this.meaning) throw this.meaning
    return node
  }

  protected scriptBlock(opened: number): ScriptBlockNode {
    this.pos = opened + 1
    const node = this.blockBody('}')
    if (!this.take('}'))
      this.fail(
        'MissingEndCurlyBrace',
        "Missing closing '}' in statement block or type definition.",
        opened,
        true,
      )
    return node
  }

  private blockBody(close: string): ScriptBlockNode {
    const start = this.pos
    this.skipLinesAndSemicolons()
    const node: ScriptBlockNode = {
      param: null,
      begin: null,
      process: null,
      end: null,
      named: false,
      isFilter: false,
      inner: { start, end: start },
      start,
    }
    node.param = this.paramBlock()
    this.skipLinesAndSemicolons()
    for (;;) {
      const word = this.wordAhead().toLowerCase()
      if (!endsWord(this.peek(word.length))) break
      if (word === 'dynamicparam' || word === 'clean') refuse(`a ${word} block`)
      if (word !== 'begin' && word !== 'process' && word !== 'end') break
      if (!this.followedByBrace(word))
        this.fail(
          'MissingNamedStatementBlock',
          `Missing statement block after '${word}' keyword.`,
          this.pos + word.length,
          true,
        )
      this.pos += word.length
      this.skip(true)
      const again = node[word] !== null
      if (again)
        this.fail(
          'DuplicateScriptCommandClause',
          `Script command clause '${word}' has already been defined.`,
          this.pos - word.length,
        )
      node[word] = this.block()
      node.named = true
      this.skipLinesAndSemicolons()
    }
    if (!node.named) node.end = this.statementsUntil(close)
    else if (this.peek() !== close && this.peek() !== '')
      this.fail('MissingNamedBlocks', 'Only begin, process and end blocks may stand here.')
    node.inner = { start, end: this.pos }
    return node
  }

  private followedByBrace(word: string): boolean {
    const save = this.pos
    this.pos += word.length
    this.skip(true)
    const found = this.peek() === '{'
    this.pos = save
    return found
  }

  private paramBlock(): ParamBlock | null {
    const save = this.pos
    const attributes: AttributeNode[] = []
    while (this.peek() === '[') {
      const start = this.pos
      this.pos++
      this.skip(true)
      const word = this.wordAhead()
      if (!/^(cmdletbinding|outputtype|diagnostics|suppressmessage|alias)/i.test(word)) {
        this.pos = save
        return null
      }
      const type = this.typeName()
      this.skip()
      if (this.peek() !== '(') {
        this.pos = save
        return null
      }
      attributes.push(this.attributeArguments(type.name, start))
      this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
      this.skip(true)
    }
    const word = this.wordAhead()
    if (word.toLowerCase() !== 'param') {
      if (attributes.some(one => /^cmdletbinding$/i.test(one.name)))
        this.fail(
          'UnexpectedAttribute',
          `Unexpected attribute '${attributes[0]?.name}'.`,
          attributes[0]?.start ?? save,
        )
      this.pos = save
      return null
    }
    this.pos += word.length
    const apart = endsWord(this.peek())
    this.skip(true)
    if (!apart || this.peek() !== '(') {
      this.pos = save
      return null
    }
    return { attributes, parameters: this.parameters(), start: save, end: this.pos }
  }

  protected parameters(): ParameterNode[] {
    const opened = this.pos++
    const parameters: ParameterNode[] = []
    this.withCommas(() => {
      for (;;) {
        this.skip(true)
        if (this.peek() === ')' || this.peek() === '') break
        if (this.peek() !== '$' && this.peek() !== '[')
          this.fail('MissingEndParenthesisInFunctionParameterList', "Missing ')' in function parameter list.")
        const parameter = this.parameter()
        const { name } = parameter
        if (parameters.some(other => other.name.toLowerCase() === name.toLowerCase()))
          this.note(
            'DuplicateFormalParameter',
            `Duplicate parameter $${name} in parameter list.`,
            parameter.start,
          )
        parameters.push(parameter)
        this.skip(true)
        if (!this.take(',')) break
        this.skip(true)
        if (this.peek() !== '$' && this.peek() !== '[')
          this.fail(
            'MissingExpressionAfterToken',
            "Missing expression after ','.",
            this.pos,
            this.peek() === '',
          )
      }
    })
    this.close(')', 'MissingEndParenthesisInFunctionParameterList', opened)
    return parameters
  }

  private parameter(): ParameterNode {
    const start = this.pos
    const attributes: (AttributeNode | TypeName)[] = []
    while (this.peek() === '[') {
      const at = this.pos++
      const type = this.typeName()
      this.skip()
      this.needsClosing()
      if (this.peek() === '(') attributes.push(this.attributeArguments(type.name, at))
      else attributes.push(type)
      this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', at)
      this.skip(true)
    }
    const variable = this.peek() === '$' ? this.variable() : null
    if (variable?.kind !== 'variable')
      this.fail('InvalidFunctionParameter', 'Missing parameter name.', this.pos, this.peek() === '')
    this.skip(true)
    let defaultValue: Expression | null = null
    if (this.take('=')) {
      this.skip(true)
      if (this.peek() === ')' || this.peek() === ',')
        this.fail('MissingExpressionAfterToken', "Missing expression after '='.")
      defaultValue = this.alone(() => this.expression())
    }
    return { name: variable.name, attributes, defaultValue, start, end: this.pos }
  }

  protected statementsUntil(close: string): StatementBlock {
    const start = this.pos
    const statements: Statement[] = []
    for (;;) {
      this.skipLinesAndSemicolons()
      const c = this.peek()
      if (c === '' || c === close) break
      if (c === ')' || c === '}') this.strayToken(close)
      this.nothingSigned()
      const statement = this.statement()
      if (!statement) this.strayToken(close)
      statements.push(statement)
      if (WHOLE.has(statement.kind)) continue
      this.skip()
      const after = this.peek()
      if (after !== '' && after !== ';' && after !== close && !isNewline(after)) {
        if (after === ')' || after === '}') this.strayToken(close)
        this.fail(
          'UnexpectedToken',
          `Unexpected token '${/^[^\s]+/.exec(this.text.slice(this.pos))?.[0] ?? after}' in expression or statement.`,
        )
      }
    }
    return { statements, traps: [], start, end: this.pos }
  }

  /** Behind the comment that opens a signature block no statement may stand. */
  private nothingSigned(): void {
    const { signature } = this
    if (signature === null || signature > this.pos) return
    this.note('TokenAfterEndOfValidScriptText', 'Executable script code found in signature block.', this.pos)
  }

  /** What is here begins no statement: the block that is open misses its end. */
  private strayToken(close: string): never {
    if (close === '}') this.fail('MissingEndCurlyBrace', "Missing closing '}'.")
    if (close === ')')
      this.fail('MissingEndParenthesisInSubexpression', "Missing closing ')' in subexpression.")
    return this.fail('UnexpectedToken', `Unexpected token '${this.peek()}' in expression or statement.`)
  }
}
