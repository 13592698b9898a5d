import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ModuleSpec } from '../extension'
import { Printer } from '../formatting/printer'
import type { Statement } from '../language/ast'
import { ParseError } from '../language/parse-error'
import { Parser } from '../language/parser'
import { SourceText } from '../language/source'
import { REFUSED_EXIT_CODE, REFUSED_MARKER, Refusal, refuse } from '../refusal'
import { checkScript } from '../runtime/check'
import { Context, type Session, Streams } from '../runtime/context'
import { Effects } from '../runtime/effects'
import { BreakFlow, ContinueFlow, ExitFlow, PSThrow, ReturnFlow, StopPipeline } from '../runtime/errors'
import { loadScript } from '../runtime/find-command'
import { functionStage } from '../runtime/function-stage'
import { inputOf } from '../runtime/input'
import { seenOutside, stoppedBy } from '../runtime/outside'
import { remember } from '../runtime/reporting'
import { asThrow } from '../runtime/thrown'
import { createSession, VERSION } from '../session'
import {
  NetObject,
  NOTHING,
  PSErrorRecord,
  PSException,
  PSScriptBlock,
  PSStreamRecord,
} from '../values/model'
import { toText } from '../values/text'
import { errorText } from './error-view'
import type { Options } from './options'
import { Input, Output } from './stdio'

/** Runs the shell as its arguments say and gives the exit code. */
export class ConsoleHost {
  private readonly output = new Output()
  private readonly input = new Input()
  private readonly session: Session
  private readonly printer: Printer

  constructor(
    modules: ModuleSpec[],
    private readonly options: Options,
  ) {
    this.session = createSession(
      {
        out: text => this.output.out(text),
        err: text => this.output.err(text),
        readLine: () => this.input.line(),
        asks: options.asks === true,
      },
      modules,
    )
    if (options.directory !== undefined) this.session.location = options.directory
    this.printer = new Printer(text => this.output.out(text))
    // There is one on a console, about which nothing is known here.
    this.session.globals.set('MyInvocation', new NetObject('System.Management.Automation.InvocationInfo', {}))
  }

  /** The text of -Command: one that does not parse has failed; a line of standard input leaves $? as it was. */
  private wholeText = false

  /** What goes to standard error under -EncodedCommand is XML, in one piece at the end. */
  private clixml: string[] | null = null

  private flushClixml(): void {
    if (!this.clixml || this.clixml.length === 0) return
    const escaped = (line: string) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    const lines = this.clixml.join('').replace(/\n$/, '').split('\n')
    const items = lines.map(line => `<S S="Error">${escaped(line)}_x000A_</S>`).join('')
    this.output.err(
      `#< CLIXML\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${items}</Objs>`,
    )
  }

  async run(): Promise<number> {
    try {
      return await this.mode(this.options)
    } catch (fault) {
      if (fault instanceof ExitFlow) return fault.code
      this.session.effects.takeBack()
      if (fault instanceof Refusal) {
        this.output.err(`${fault.report(this.session.effects)}\n`)
        return REFUSED_EXIT_CODE
      }
      this.output.err(
        `${REFUSED_MARKER} an internal fault: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}${this.session.effects.words()}\n`,
      )
      return REFUSED_EXIT_CODE
    } finally {
      await this.output.flush()
    }
  }

  private async mode(options: Options): Promise<number> {
    switch (options.mode) {
      case 'version':
        this.output.out(`PowerShell ${VERSION.join('.')}\n`)
        return 0
      case 'usage':
        if (options.fault) this.output.err(options.fault)
        this.output.out(options.text)
        return options.code
      case 'refused':
        throw new Refusal(options.what)
      case 'stdin':
        return this.lines()
      case 'command':
        this.clixml = options.encoded ? [] : null
        this.wholeText = true
        return this.command(options.text).finally(() => this.flushClixml())
      case 'file':
        return this.file(options.path, options.args)
    }
  }

  private context(source: SourceText): Context {
    const print = (v: unknown) => {
      if (!(v instanceof PSErrorRecord && v.merged)) return this.printer.print(v)
      if (this.clixml) refuse('errors among the output under -EncodedCommand')
      return this.error(v, v.merged)
    }
    const text = (prefix: string) => (v: unknown) => {
      if (this.clixml) refuse('other streams than errors under -EncodedCommand')
      if (v instanceof PSStreamRecord && v.quiet) return
      if (this.printer.open) refuse('other text between objects')
      this.output.out(`${prefix}${v instanceof PSStreamRecord ? toText(v.data) : toText(v)}\n`)
    }
    return new Context(
      this.session,
      this.session.globals,
      new Streams([
        () => {},
        print,
        v => this.error(v, source),
        text('WARNING: '),
        text('VERBOSE: '),
        text('DEBUG: '),
        v => {
          if (this.clixml) refuse('other streams than errors under -EncodedCommand')
          if (!(v instanceof PSStreamRecord) || v.quiet) return
          if (this.printer.open) refuse('other text between objects')
          this.output.out(`${toText(v.data)}${v.host?.noNewLine ? '' : '\n'}`)
        },
      ]),
      source,
    )
  }

  private error(v: unknown, source: SourceText): void {
    if (!(v instanceof PSErrorRecord)) return
    const sources = new Map([[source.file ?? '', source]])
    const text = errorText(
      v,
      record => sources.get(record.invocation?.script ?? '')?.line(record.invocation?.line ?? 1) ?? null,
    )
    if (this.clixml) this.clixml.push(text)
    else this.output.err(text)
  }

  /** Standard input: one line is one statement, unless it is open; then everything up to an empty line. */
  private async lines(): Promise<number> {
    let block: string[] | null = null
    for (;;) {
      const line = await this.input.line()
      if (line === null) break
      if (/^\ufeff\S*\$/.test(line)) refuse('a byte order mark in front of a variable')
      if (block) {
        block.push(line)
        if (line.trim() !== '') continue
        const text = block.join('\n')
        if (incomplete(text)) {
          // It asked whether this was the end, and is no part of what is open.
          if (line === '') block.pop()
          continue
        }
        block = null
        await this.statement(text)
      } else if (incomplete(line)) block = [line]
      else if (line.trim() !== '') await this.statement(line)
    }
    return this.session.ok ? 0 : 1
  }

  private async statement(text: string): Promise<void> {
    const source = new SourceText(text)
    await this.guarded(source, async cx => {
      const node = new Parser(text).script()
      const before = this.session.ok
      // A line that asks for it sees how the one before ended.
      this.session.ok = /\$\?/.test(text) ? before : true
      // What only defines or leaves does not change $?.
      const keeps = node.end?.statements.every(one => one.kind === 'function' || leavesWithConstant(one))
      const block = new PSScriptBlock(node, source)
      checkScript(block, cx)
      if (node.param || node.named) {
        await this.asFunction(block, cx)
      } else if (node.end) {
        try {
          await this.session.block(node.end, cx)
        } finally {
          if (keeps && this.session.ok) this.session.ok = before
        }
      }
    })
  }

  /** Runs a text that has parameters, or blocks with names, as a function is run. */
  private async asFunction(block: PSScriptBlock, cx: Context): Promise<void> {
    const stage = await functionStage(
      { kind: 'block', block, name: '' },
      [],
      cx,
      { start: 0, end: 0 },
      { piped: false, dotted: true, invokedAs: '' },
    )
    await stage.begin()
    await stage.process(NOTHING)
    await stage.end()
  }

  /** Runs one piece of input; an error ends it and nothing more. */
  private async guarded(source: SourceText, work: (cx: Context) => Promise<void>): Promise<void> {
    const cx = this.context(source)
    this.session.tries = 0
    this.session.effects = new Effects()
    this.session.nesting = 0
    try {
      await work(cx)
      await this.printer.finish()
    } catch (fault) {
      await this.printer.finish()
      if (fault instanceof ParseError) {
        if (fault.id === 'UnexpectedToken' && !isPlainToken(source.text.slice(fault.offset)))
          refuse('the name of a token that is no plain one')
        const at = source.place(Math.min(fault.offset, source.text.length))
        const record = new PSErrorRecord(
          new PSException('System.Management.Automation.ParseException', fault.message),
          fault.id,
          'ParserError',
        )
        record.invocation = {
          command: '',
          commandType: '',
          name: '',
          line: at.line,
          column: at.column,
          text: tokenAt(source.text, fault.offset),
          script: source.file ?? '',
        }
        if (this.wholeText) this.session.ok = false
        remember(cx, record)
        this.error(record, source)
        return
      }
      if (
        fault instanceof BreakFlow ||
        fault instanceof ContinueFlow ||
        fault instanceof ReturnFlow ||
        fault instanceof StopPipeline
      )
        return
      const thrown = fault instanceof PSThrow ? fault : asThrow(fault, cx, { start: 0, end: 0 })
      if (!thrown) throw fault
      this.session.ok = false
      remember(cx, thrown.record)
      const stopper = stoppedBy(thrown)
      if (stopper) this.session.errors.unshift(stopper)
      this.error(seenOutside(thrown), source)
    }
  }

  private async command(text: string): Promise<number> {
    const source = new SourceText(text)
    // An open text is not run, and nothing is said about it.
    if (incomplete(text)) return 1
    await this.guarded(source, async cx => {
      const block = new PSScriptBlock(new Parser(text).script(), source)
      checkScript(block, cx)
      this.session.ok = true
      const lines: string[] = []
      if (/\$input\b/i.test(text)) {
        for (let line = await this.input.line(); line !== null; line = await this.input.line())
          lines.push(line)
        cx.scope.set('input', inputOf(lines))
      }
      if (block.node.named || (block.node.param && lines.length > 0))
        refuse('blocks with names, or parameters beside standard input, in -Command')
      if (block.node.param) await this.asFunction(block, cx)
      else if (block.node.end) await this.session.block(block.node.end, cx)
    })
    return this.session.ok ? 0 : 1
  }

  private async file(
    path: string,
    args: { name: string | null; value: unknown; given: boolean; text: string }[],
  ): Promise<number> {
    const full = resolve(path)
    if (!existsSync(full)) {
      this.output.err(
        `The argument '${path}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.\n`,
      )
      this.output.out(USAGE)
      return 64
    }
    const source = new SourceText('')
    let failed = false
    await this.guarded(source, async cx => {
      const block = loadScript(full)
      const inner = this.context(block.source)
      try {
        const stage = await functionStage(
          { kind: 'script', block, name: path.replace(/^.*[\\/]/, ''), path: full },
          args,
          inner.with({ scope: cx.scope }),
          { start: 0, end: 0 },
          { piped: false, dotted: false, invokedAs: path, fromConsole: true },
        )
        await stage.begin()
        await stage.process(NOTHING)
        await stage.end()
      } catch (fault) {
        failed = fault instanceof PSThrow
        throw fault
      }
    })
    return failed ? 1 : 0
  }
}

export const USAGE = '\nUsage: pwsh[.exe] [-Login] [[-File] <filePath> [args]]\n'

/** `return`, alone or with a value that is written out. */
function leavesWithConstant(one: Statement): boolean {
  if (one.kind !== 'return') return false
  if (!one.value) return true
  const first = one.value.kind === 'pipeline' ? one.value.elements[0] : null
  return first?.kind === 'expression' && /^(constant|string)$/.test(first.expression.kind)
}

/** The token that a fault marks. */
const tokenAt = (text: string, offset: number): string =>
  /^('(?:[^']|'')*'|"(?:[^"`]|`.|"")*"|[-–—―]\w+|[\w$.:]+|.)/s.exec(text.slice(offset))?.[0] ?? ''

function parseFault(text: string): ParseError | null {
  try {
    new Parser(text).script()
    return null
  } catch (fault) {
    return fault instanceof ParseError ? fault : null
  }
}

/** Whether a text begins with a token that ends at a blank for sure: in other words quotes and parentheses may stand. */
const isPlainToken = (text: string): boolean =>
  /^(?:[)\]}]|[-–—]\p{L}|(?:[\p{L}\p{N}_.]+|\$[\p{L}\p{N}_]+|"[^\s"“”„`$]*"|'[^\s'‘’‚‛]*')(?:\s|$))/u.test(
    text,
  )

/** Whether more lines could make the text right. */
function incomplete(text: string): boolean {
  // A line that ends in a backtick goes on, whatever stands on it.
  if (/`\n?$/.test(text) && !/``\n?$/.test(text)) return true
  const fault = parseFault(text)
  return fault?.incomplete === true
}
