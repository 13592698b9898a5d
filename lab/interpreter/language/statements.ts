import { refuse } from '../refusal'
import { chainOf, resolveType } from '../values/type-names'
import type { CatchNode, Expression, ParameterNode, Statement, StatementBlock, TypeName } from './ast'
import { endsWord, isIdentifierStart, isNewline } from './characters'
import { Commands } from './commands'
import { UNKNOWN, WORDS } from './keywords'

/** Statements that begin with a keyword. */
export abstract class Statements extends Commands {
  protected abstract parameters(): ParameterNode[]

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
    if (/^(from|define|var)$/.test(lower) && endsWord(next))
      this.fail('ReservedKeywordNotAllowed', `The '${word}' keyword is reserved for future use.`)
    if (WORDS.has(lower) && endsWord(next)) {
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
        return done({ kind: word, value: this.chain() })
      }
      case 'break':
      case 'continue': {
        this.skip()
        const target: Expression | null =
          this.endsStatement() || /[-+!,]/.test(this.peek()) ? null : this.jumpLabel()
        return done({ kind: word, label: target })
      }
      case 'function':
      case 'filter':
        return done(this.functionStatement(word === 'filter'))
      default:
        return null
    }
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

  private jumpLabel(): Expression {
    const word = this.wordAhead()
    const start = this.pos
    if (!word) return this.primary()
    this.pos += word.length
    return { kind: 'string', value: word, quote: 'bare', start, end: this.pos }
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
      return this.chain()
    })
    if (!test)
      this.fail(
        word === 'if' || word === 'elseif'
          ? 'IfStatementMissingCondition'
          : word === 'switch'
            ? 'PipelineValueRequired'
            : 'MissingExpressionAfterKeyword',
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
        if (this.peek() !== ';' && this.peek() !== ')') parts[i] = this.chain()
        this.skip()
        // A line end separates as well as a semicolon.
        if (i < 2 && !this.take(';') && !isNewline(this.peek())) break
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
      return this.chain()
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
      if (this.peek() === '`') refuse('a backtick behind a switch')
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
        const ended = this.peek() === ''
        if ((ended || this.peek() === '}') && clauses.length === 0 && !otherwise)
          this.fail(
            'MissingSwitchConditionExpression',
            'Switch statement clause is missing.',
            this.pos,
            ended,
          )
        if (this.peek() === '}' || this.peek() === '') break
        if (this.wordAhead().toLowerCase() === 'default') {
          this.pos += 7
          if (otherwise)
            this.fail('MultipleSwitchDefaultClauses', 'A switch statement can have only one default clause.')
          otherwise = this.block('MissingSwitchStatementClause')
        } else {
          if ('&)|,<>'.includes(this.peek()) || /^[1-6*]>/.test(this.text.slice(this.pos, this.pos + 2)))
            this.fail('MissingSwitchConditionExpression', 'Switch statement clause is missing.')
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
        this.caughtBefore(types, catches, start)
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

  /** A type whose base an earlier clause catches is a fault. */
  private caughtBefore(types: TypeName[], earlier: CatchNode[], start: number): void {
    const before = earlier.flatMap(one => one.types).map(resolveType)
    for (const type of types) {
      const full = resolveType(type)
      if (full && chainOf(full).some(base => before.includes(base)))
        this.note('ExceptionTypeAlreadyCaught', 'An earlier catch block catches this type already.', start)
    }
  }

  private functionStatement(isFilter: boolean) {
    this.skip(true)
    const name = /^[^\s(){};,|&"'$@<>\u2018-\u201e][^\s(){};,|&]*/.exec(this.text.slice(this.pos))?.[0] ?? ''
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
    if (parameters && body.param)
      this.fail(
        'OnlyOneParameterListAllowed',
        'The param statement cannot be used if arguments were specified in the function declaration.',
        body.param.start,
      )
    if (parameters) body.param = { attributes: [], parameters, start: at, end: at }
    body.isFilter = isFilter
    return { kind: 'function' as const, name, body }
  }
}
