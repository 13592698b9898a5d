import type { CommandSpec, ModuleSpec } from '../extension'
import type { Expression, Statement, StatementBlock } from '../language/ast'
import type { SourceText } from '../language/source'
import type { Invocation, PSErrorRecord, PSScriptBlock } from '../values/model'
import type { Effects } from './effects'
import type { Scope } from './scope'

export type Sink = (value: unknown) => Promise<void> | void

/** Where the six streams go; index 1 is output, 2 errors, 3 warnings, 4 verbose, 5 debug, 6 information. */
export class Streams {
  constructor(readonly sinks: Sink[]) {}

  write(stream: number, value: unknown): Promise<void> | void {
    return this.sinks[stream]?.(value)
  }

  with(stream: number, sink: Sink): Streams {
    const sinks = [...this.sinks]
    sinks[stream] = sink
    return new Streams(sinks)
  }
}

/** What the function or script around a statement knows about itself. */
export type Frame = {
  name: string
  block: PSScriptBlock | null
  /** An advanced function: $PSCmdlet exists. */
  advanced: boolean
  invocation: Invocation | null
  shouldProcess: boolean
  confirmImpact: string
  bound: Map<string, unknown>
  parameterSet: string
  errorSink: string | null
  /** It has written an error of its own: `$?` is false after it. */
  failed?: boolean
  expectingInput: boolean
  parent: Frame | null
}

/** Everything a piece of code runs in. */
export class Context {
  constructor(
    readonly session: Session,
    readonly scope: Scope,
    readonly streams: Streams,
    readonly source: SourceText,
    readonly frame: Frame | null = null,
  ) {}

  with(change: { scope?: Scope; streams?: Streams; source?: SourceText; frame?: Frame | null }): Context {
    return new Context(
      this.session,
      change.scope ?? this.scope,
      change.streams ?? this.streams,
      change.source ?? this.source,
      change.frame === undefined ? this.frame : change.frame,
    )
  }

  output(value: unknown): Promise<void> | void {
    return this.streams.write(1, value)
  }
}

/** One element of a running pipeline. */
export type Stage = {
  /** What its StopPipeline carries. */
  token?: object
  /** Whether it wrote an error of its own. */
  failed?: () => boolean
  begin(): Promise<void>
  process(value: unknown): Promise<void>
  end(): Promise<void>
}

export type Argument = {
  name: string | null
  value: unknown
  given: boolean
  text: string
  splatted?: boolean
  /** Of an item of $args that was written as a parameter's name: splatting makes it a name again. */
  parameter?: { name: string; colon: boolean }
}

/** Values as arguments without names, as code gives them. */
export const asArguments = (values: readonly unknown[]): Argument[] =>
  values.map(value => ({ name: null, value, given: true, text: '' }))

export type SetInfo = {
  mandatory: boolean
  position: number | null
  byValue: boolean
  byName: boolean
  remaining: boolean
}

/** A parameter, as the binder sees it. */
export type Parameter = {
  /** ValidateSet says what it may be. */
  ofSet?: boolean
  name: string
  aliases: string[]
  type: string
  /** By set name; `*` is every set. */
  sets: Map<string, SetInfo>
  values: string[] | null
  range: [number, number] | null
  /** Has to be greater than zero, and says so in words of its own. */
  positive?: boolean
  allowNull: boolean
  allowEmpty: boolean
  /** What a cmdlet's validation forbids: null, what is empty as well, or both by two attributes that speak in this order. */
  forbids?: 'null' | 'empty' | 'null, then empty'
  /** A text that names a type of member is meant for another parameter. */
  noMemberType?: boolean
  /** Known to exist, and not known here what it does. */
  refused: boolean
  /** Converts and validates; used by functions. */
  accept: ((value: unknown) => Promise<unknown>) | null
  /** Only validates: what is written to the parameter's variable later. */
  check?: (value: unknown) => Promise<void>
}

/** What a cmdlet sees of its call. */
export type Run = {
  cx: Context
  name: string
  bound: Map<string, unknown>
  set: string
  invocation: Invocation
  /** True when something comes through the pipeline. */
  piped: boolean
  get(name: string): unknown
  has(name: string): boolean
  on(name: string): boolean
  text(name: string): string | null
  out(value: unknown): Promise<void> | void
  error(record: PSErrorRecord): Promise<void>
  /** What the script blocks given to it run in: the cmdlet's streams, the caller's variables and preferences. */
  around: Context
  /** What an error of such a block is once it leaves the cmdlet. */
  left(fault: unknown): unknown
  /** Ends what comes before in the pipeline: the cmdlet has all it wants. */
  stop(): never
}

export type Cmdlet = {
  name: string
  /** The class behind it, for error ids. */
  id: string
  parameters: Parameter[]
  defaultSet: string
  make(run: Run): {
    begin?(): Promise<void> | void
    process?(value: unknown): Promise<void> | void
    end?(): Promise<void> | void
  }
  shouldProcess?: boolean
  spec?: CommandSpec
}

export type CallOptions = {
  args?: Argument[]
  /** Runs in the caller's scope, as `.` and ForEach-Object do. */
  sameScope?: boolean
  /** It has a $MyInvocation of its own all the same, as in Where-Object and the methods of lists. */
  ownInvocation?: boolean
  /** `$_` and `$args` of the call. */
  item?: { value: unknown }
}

/** The console around a session. */
export type Terminal = {
  out(text: string): void
  err(text: string): void
  readLine(): Promise<string | null>
  /** True where no console is around at all: what would ask fails with another error than on a console. */
  hosted?: boolean
  /** True where the real shell would read an answer from standard input: whatever asks is refused. */
  asks?: boolean
}

/** The running interpreter, as its parts see each other. */
export type Session = {
  globals: Scope
  /** $Error, newest first. */
  errors: unknown[]
  /** $? */
  ok: boolean
  /** How many `try` are open around what runs. */
  tries: number
  /** How many expandable strings are being put together, under version 1 of strict mode. */
  quoted: number
  cmdlets: Map<string, Cmdlet>
  modules: ModuleSpec[]
  terminal: Terminal
  effects: Effects
  location: string
  lastExit: unknown
  nesting: number
  evaluate(e: Expression, cx: Context): Promise<unknown>
  statement(s: Statement, cx: Context): Promise<void>
  block(b: StatementBlock, cx: Context): Promise<void>
  /** Runs a statement and gives its value: nothing, one value or an array. */
  value(s: Statement, cx: Context): Promise<unknown>
  /** Refuses a script that has in it what is not known here. */
  check(block: PSScriptBlock, cx: Context): void
  /** Runs a script block and writes to the context's streams. */
  invoke(block: PSScriptBlock, cx: Context, options?: CallOptions): Promise<void>
  /** Runs a script block and gives what it put out. */
  collect(block: PSScriptBlock, cx: Context, options?: CallOptions): Promise<unknown[]>
  /** Runs a command by name with arguments. */
  command(name: unknown, args: Argument[], cx: Context): Promise<void>
}
