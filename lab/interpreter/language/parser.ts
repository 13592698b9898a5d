import { refuse } from '../refusal'
import type {
  AttributeNode,
  CatchNode,
  CommandNode,
  CommandParameter,
  Expression,
  ParamBlock,
  ParameterNode,
  PipelineElement,
  Redirection,
  ScriptBlockNode,
  Statement,
  StatementBlock,
  TypeName,
} from './ast'
import {
  endsWord,
  isBlank,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierStart,
  isNewline,
  isSingleQuote,
} from './characters'
import { Expressions } from './expressions'
import { scanNumber } from './number-literal'
import { ParseError } from './parse-error'
import { ASSIGNMENTS, UNARY } from './precedence'

const WORDS = new Set(
  'if while do for foreach switch try throw return exit break continue function filter param trap data class enum using workflow parallel sequence inlinescript configuration begin process end dynamicparam clean until else elseif catch finally in'.split(
    ' ',
  ),
)
/** Reserved, and never a command. */
const UNKNOWN = new Set([
  'class',
  'enum',
  'using',
  'workflow',
  'trap',
  'data',
  'dynamicparam',
  'clean',
  'parallel',
  'sequence',
  'inlinescript',
  'configuration',
  'define',
  'from',
  'var',
])

/** Statements, commands and script blocks. */
export class Parser extends Expressions {
  /** Parses a whole script. */
  script(): ScriptBlockNode {
    try {
      return this.whole()
    } catch (fault) {
      if (fault instanceof ParseError) this.openString(fault)
      throw fault
    }
  }

  /** An open string behind an error is what the real parser complains about first. */
  private openString(fault: ParseError): void {
    if (fault.settled || !/^(UnexpectedToken|MissingEnd|MissingExpression|ExpectedValue)/.test(fault.id))
      return
    this.pos = fault.offset
    try {
      while (this.pos < this.text.length) {
        this.skip(true)
        const c = this.peek()
        if (isSingleQuote(c)) this.single()
        else if (isDoubleQuote(c)) this.double()
        else this.pos++
      }
    } catch (open) {
      if (open instanceof ParseError && open.id === 'TerminatorExpectedAtEndOfString') throw open
    }
  }

  private whole(): ScriptBlockNode {
    const node = this.blockBody('')
    if (this.pos < this.text.length)
      this.fail('UnexpectedToken', `Unexpected token '${this.peek()}' in expression or statement.`)
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
      if (word === 'dynamicparam' || word === 'clean') {
        if (this.followedByBrace(word)) refuse(`a ${word} block`)
      }
      if ((word !== 'begin' && word !== 'process' && word !== 'end') || !this.followedByBrace(word)) break
      this.pos += word.length
      this.skip(true)
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
    return /^\s*\{/.test(this.text.slice(this.pos + word.length))
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
      this.pos = save
      return null
    }
    this.pos += word.length
    this.skip(true)
    if (this.peek() !== '(') {
      this.pos = save
      return null
    }
    return { attributes, parameters: this.parameters(), start: save, end: this.pos }
  }

  private parameters(): ParameterNode[] {
    const opened = this.pos++
    const parameters: ParameterNode[] = []
    this.withCommas(() => {
      for (;;) {
        this.skip(true)
        if (this.peek() === ')' || this.peek() === '') break
        if (this.peek() !== '$' && this.peek() !== '[')
          this.fail('MissingEndParenthesisInFunctionParameterList', "Missing ')' in function parameter list.")
        parameters.push(this.parameter())
        this.skip(true)
        if (!this.take(',')) break
        this.skip(true)
        if (this.peek() === ')') this.fail('MissingExpressionAfterToken', "Missing expression after ','.")
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
      this.skip(true)
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
      if (c === ')' || c === '}')
        this.fail('UnexpectedToken', `Unexpected token '${c}' in expression or statement.`)
      const statement = this.statement()
      if (statement) statements.push(statement)
      // A statement that ends with its block needs nothing after it.
      if (
        statement &&
        ['if', 'while', 'for', 'foreach', 'switch', 'try', 'function'].includes(statement.kind)
      )
        continue
      this.skip()
      const after = this.peek()
      if (after !== '' && after !== ';' && after !== close && !isNewline(after)) {
        if (after === ')' || after === '}')
          this.fail('UnexpectedToken', `Unexpected token '${after}' in expression or statement.`)
        this.fail(
          'UnexpectedToken',
          `Unexpected token '${/^[^\s]+/.exec(this.text.slice(this.pos))?.[0] ?? after}' in expression or statement.`,
        )
      }
    }
    return { statements, traps: [], start, end: this.pos }
  }

  protected block(missing = 'MissingStatementBlock'): StatementBlock {
    this.skip(true)
    const opened = this.pos
    if (!this.take('{')) this.fail(missing, 'Missing statement block.', this.pos, this.peek() === '')
    const body = this.withCommas(() => this.statementsUntil('}'))
    if (!this.take('}'))
      this.fail(
        'MissingEndCurlyBrace',
        "Missing closing '}' in statement block or type definition.",
        opened,
        true,
      )
    return body
  }

  protected statement(): Statement | null {
    this.skip()
    const start = this.pos
    let label = ''
    if (this.peek() === ':' && isIdentifierStart(this.peek(1))) {
      this.pos++
      label = this.wordAhead()
      this.pos += label.length
      this.skip(true)
    }
    if (label && !/^(for|foreach|while|do|switch)$/i.test(this.wordAhead())) {
      this.pos = start
      return this.chain()
    }
    const word = this.wordAhead()
    const lower = word.toLowerCase()
    const next = this.text[this.pos + word.length] ?? ''
    if (
      WORDS.has(lower) &&
      (endsWord(next) ||
        next === '[' ||
        next === '$' ||
        next === '"' ||
        next === "'" ||
        next === ':' ||
        next === '@' ||
        next === '-')
    ) {
      if (UNKNOWN.has(lower)) refuse(`the ${lower} statement`)
      const found = this.keyword(lower, label, start)
      if (found) return found
      this.pos = start
    }
    return this.chain()
  }

  private keyword(word: string, label: string, start: number): Statement | null {
    this.pos += word.length
    const done = <const T extends object>(node: T) => ({ ...node, start, end: this.pos })
    switch (word) {
      case 'if': {
        const clauses = [{ test: this.condition('if'), body: this.block() }]
        let otherwise: StatementBlock | null = null
        for (;;) {
          const save = this.pos
          this.skip(true)
          const more = this.wordAhead().toLowerCase()
          if (more === 'elseif') {
            this.pos += 6
            clauses.push({ test: this.condition('elseif'), body: this.block() })
          } else if (more === 'else') {
            this.pos += 4
            this.skip(true)
            if (this.peek() !== '{')
              this.fail(
                'MissingStatementBlockAfterElse',
                "Missing statement block after 'else' keyword.",
                this.pos,
                this.peek() === '',
              )
            otherwise = this.block()
            break
          } else {
            this.pos = save
            break
          }
        }
        return done({ kind: 'if', clauses, otherwise })
      }
      case 'while':
        return done({
          kind: 'while',
          label,
          test: this.condition('while'),
          body: this.block('MissingLoopStatement'),
        })
      case 'do': {
        const body = this.block('MissingLoopStatement')
        this.skip(true)
        const end = this.wordAhead().toLowerCase()
        if (end !== 'while' && end !== 'until')
          this.fail(
            'MissingWhileOrUntilInDoWhile',
            'The while or until keyword was missing.',
            this.pos,
            this.peek() === '',
          )
        this.pos += 5
        return done({ kind: 'do', label, test: this.condition(end), body, until: end === 'until' })
      }
      case 'for':
        return done({ kind: 'for', label, ...this.forHeader(), body: this.block('MissingLoopStatement') })
      case 'foreach':
        return done(this.foreachHeader(label))
      case 'switch':
        return done(this.switchStatement(label))
      case 'try':
        return done(this.tryStatement())
      case 'throw':
      case 'return':
      case 'exit': {
        this.skip()
        const value = this.endsStatement() ? null : this.chain()
        return done({ kind: word, value })
      }
      case 'break':
      case 'continue': {
        this.skip()
        const target: Expression | null = this.endsStatement() ? null : this.jumpLabel()
        return done({ kind: word, label: target })
      }
      case 'function':
      case 'filter':
        return done(this.functionStatement(word === 'filter'))
      default:
        return null
    }
  }

  private jumpLabel(): Expression {
    const word = this.wordAhead()
    const start = this.pos
    if (!word) return this.primary()
    this.pos += word.length
    return { kind: 'string', value: word, quote: 'bare', start, end: this.pos }
  }

  private endsStatement(): boolean {
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

  private condition(word: string): Statement {
    this.skip(true)
    const opened = this.pos
    if (!this.take('('))
      this.fail(
        word === 'if' || word === 'elseif'
          ? 'MissingOpenParenthesisInIfStatement'
          : word === 'switch'
            ? 'PipelineValueRequired'
            : 'MissingOpenParenthesisAfterKeyword',
        `Missing '(' after '${word}' in ${word} statement.`,
        this.pos,
        this.peek() === '',
      )
    const test = this.withCommas(() => {
      this.skip(true)
      return this.statement()
    })
    if (!test)
      this.fail(
        word === 'if' || word === 'elseif' ? 'IfStatementMissingCondition' : 'MissingExpressionAfterKeyword',
        `Missing condition in ${word} statement after '${word} ('.`,
      )
    this.close(')', 'MissingEndParenthesisAfterStatement', opened)
    return test
  }

  private forHeader() {
    this.skip(true)
    const opened = this.pos
    if (!this.take('('))
      this.fail(
        'MissingOpenParenthesisAfterKeyword',
        "Missing opening '(' after keyword 'for'.",
        this.pos,
        this.peek() === '',
      )
    const parts: (Statement | null)[] = [null, null, null]
    this.withCommas(() => {
      for (let i = 0; i < 3; i++) {
        this.skip(true)
        if (this.peek() !== ';' && this.peek() !== ')') parts[i] = this.statement()
        this.skip(true)
        if (i < 2 && !this.take(';')) break
      }
    })
    this.close(')', 'MissingEndParenthesisAfterStatement', opened)
    return { init: parts[0] ?? null, test: parts[1] ?? null, step: parts[2] ?? null }
  }

  private foreachHeader(label: string) {
    this.skip(true)
    const opened = this.pos
    if (this.peek() === '-') refuse('foreach with a flag')
    if (!this.take('('))
      this.fail(
        'MissingOpenParenthesisAfterKeyword',
        "Missing opening '(' after keyword 'foreach'.",
        this.pos,
        this.peek() === '',
      )
    this.skip(true)
    const variable = this.peek() === '$' ? this.variable() : null
    if (variable?.kind !== 'variable')
      this.fail(
        'MissingVariableNameAfterForeach',
        'Missing variable name after foreach.',
        this.pos,
        this.peek() === '',
      )
    this.skip(true)
    if (this.wordAhead().toLowerCase() !== 'in')
      this.fail(
        'MissingInInForeach',
        "Missing 'in' after variable in foreach loop.",
        this.pos,
        this.peek() === '',
      )
    this.pos += 2
    const items = this.withCommas(() => {
      this.skip(true)
      return this.statement()
    })
    if (!items) this.fail('MissingForeachExpression', "Missing expression after 'in' in foreach loop.")
    this.close(')', 'MissingEndParenthesisAfterForeach', opened)
    return {
      kind: 'foreach' as const,
      label,
      variable: variable.name,
      items,
      body: this.block('MissingForeachStatement'),
    }
  }

  private switchStatement(label: string) {
    let mode: 'exact' | 'wildcard' | 'regex' = 'exact'
    let caseSensitive = false
    for (;;) {
      this.skip(true)
      const flag = this.dashWordAhead()
      if (!flag) break
      const known = ['-regex', '-wildcard', '-exact', '-casesensitive', '-file', '-parallel'].find(name =>
        name.startsWith(flag),
      )
      if (known === '-regex') mode = 'regex'
      else if (known === '-wildcard') mode = 'wildcard'
      else if (known === '-casesensitive') caseSensitive = true
      else if (known !== '-exact') refuse(`switch ${flag}`)
      this.pos += flag.length
    }
    const condition = this.condition('switch')
    this.skip(true)
    const opened = this.pos
    if (!this.take('{'))
      this.fail(
        'MissingCurlyBraceInSwitchStatement',
        "Missing '{' in switch statement.",
        this.pos,
        this.peek() === '',
      )
    const clauses: { test: Expression; body: StatementBlock }[] = []
    let otherwise: StatementBlock | null = null
    this.withCommas(() => {
      for (;;) {
        this.skipLinesAndSemicolons()
        if (this.peek() === '' && clauses.length === 0 && !otherwise)
          this.fail('MissingSwitchConditionExpression', 'Switch statement clause is missing.', this.pos, true)
        if (this.peek() === '}' || this.peek() === '') break
        if (this.wordAhead().toLowerCase() === 'default') {
          this.pos += 7
          if (otherwise)
            this.fail('MultipleSwitchDefaultClauses', 'A switch statement can have only one default clause.')
          otherwise = this.block('MissingSwitchStatementClause')
        } else {
          const test = this.argument()
          clauses.push({ test, body: this.block('MissingSwitchStatementClause') })
        }
      }
    })
    if (!this.take('}'))
      this.fail(
        'MissingEndCurlyBrace',
        "Missing closing '}' in statement block or type definition.",
        opened,
        true,
      )
    return {
      kind: 'switch' as const,
      label,
      mode,
      caseSensitive,
      condition,
      clauses,
      otherwise: otherwise as StatementBlock | null,
    }
  }

  private tryStatement() {
    const body = this.block('MissingTryStatementBlock')
    const catches: CatchNode[] = []
    let finallyBody: StatementBlock | null = null
    for (;;) {
      const save = this.pos
      this.skip(true)
      const start = this.pos
      const word = this.wordAhead().toLowerCase()
      if (word === 'catch') {
        this.pos += 5
        const types: TypeName[] = []
        for (;;) {
          this.skip(true)
          if (this.peek() !== '[') break
          this.pos++
          types.push(this.typeName())
          this.close(']', 'EndSquareBracketExpectedAtEndOfAttribute', start)
          this.skip(true)
          if (!this.take(',')) break
        }
        if (catches.some(one => one.types.length === 0))
          this.fail('EmptyCatchNotLast', 'A catch block without a type must be the last one.', start)
        catches.push({ types, body: this.block('MissingCatchHandlerBlock'), start, end: this.pos })
      } else if (word === 'finally') {
        this.pos += 7
        finallyBody = this.block('MissingFinallyStatementBlock')
        break
      } else {
        this.pos = save
        break
      }
    }
    if (catches.length === 0 && !finallyBody)
      this.fail('MissingCatchOrFinally', 'The Try statement is missing its Catch or Finally block.')
    return { kind: 'try' as const, body, catches, finallyBody }
  }

  private functionStatement(isFilter: boolean) {
    this.skip(true)
    const name = /^[^\s(){};,|&]+/.exec(this.text.slice(this.pos))?.[0] ?? ''
    if (!name)
      this.fail(
        'MissingNameAfterKeyword',
        'Missing name after function keyword.',
        this.pos,
        this.peek() === '',
      )
    this.pos += name.length
    this.skip(true)
    let parameters: ParameterNode[] | null = null
    const at = this.pos
    if (this.peek() === '(') parameters = this.parameters()
    this.skip(true)
    if (this.peek() !== '{')
      this.fail(
        'MissingFunctionBody',
        'Missing function body in function declaration.',
        this.pos,
        this.peek() === '',
      )
    const body = this.withCommas(() => this.scriptBlock(this.pos))
    if (parameters) body.param = { attributes: [], parameters, start: at, end: at }
    body.isFilter = isFilter
    return { kind: 'function' as const, name, body }
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
      const number = scanNumber(this.text, this.pos, false)
      return !!number && !/[\p{L}_]/u.test(this.text[number.end] ?? '')
    }
    if (c === '+') return isDigit(next) || '$(+.'.includes(next) || isBlank(next)
    if (!isDash(c)) return false
    const dash = this.dashWordAhead()
    return dash ? UNARY.has(dash) : isDigit(next) || isDash(next) || '$(.["\''.includes(next) || isBlank(next)
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
        this.fail('InvalidLeftHandSide', 'The assignment expression is not valid.', start)
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

  private redirections(): Redirection[] {
    const found: Redirection[] = []
    for (;;) {
      const save = this.pos
      this.skip()
      const one = this.redirection()
      if (!one) {
        this.pos = save
        return found
      }
      found.push(one)
    }
  }

  private redirection(): Redirection | null {
    if (/^[1-6*]?>&(?![12])/.test(this.text.slice(this.pos, this.pos + 4)))
      this.fail('MissingFileSpecification', 'Missing file specification after redirection operator.')
    if (/^[13-6*]?>&2/.test(this.text.slice(this.pos, this.pos + 4)))
      this.fail('RedirectionNotSupported', 'This redirection is reserved for future use.')
    const m = /^([1-6*])?(>>?)(&([12]))?/.exec(this.text.slice(this.pos, this.pos + 5))
    if (!m) {
      if (this.peek() === '<')
        this.fail('RedirectionNotSupported', "The '<' operator is reserved for future use.")
      return null
    }
    const start = this.pos
    this.pos += m[0].length
    const from = m[1] === '*' ? '*' : Number(m[1] ?? 1)
    if (m[4]) return { from, to: Number(m[4]), append: false, target: null, start, end: this.pos }
    this.skip()
    if (this.peek() === '' || this.endsStatement())
      this.fail(
        'MissingFileSpecification',
        'Missing file specification after redirection operator.',
        this.pos,
        this.peek() === '',
      )
    const target = this.argument()
    return { from, to: null, append: m[2] === '>>', target, start, end: this.pos }
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
  private argument(): Expression {
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
      if (number && endsWord(this.text[number.end] ?? '')) {
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
      endsWord(next) ||
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
    while (!endsWord(this.peek())) {
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
