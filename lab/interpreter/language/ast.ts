/** The syntax tree. `start` and `end` are offsets into the source text. */

export type Place = { start: number; end: number }

/** A type as written: `[string[]]` is { name: 'string', rank 1 arrays: 1 }. */
export type TypeName = Place & { name: string; arrays: number; generics: TypeName[] }

export type Expression =
  | (Place & { kind: 'constant'; value: unknown })
  | (Place & { kind: 'string'; value: string; quote: 'single' | 'double' | 'bare' | 'here' })
  | (Place & { kind: 'expandable'; parts: (string | Expression)[]; bare: boolean })
  | (Place & { kind: 'variable'; name: string; splat: boolean })
  | (Place & { kind: 'list'; items: Expression[] })
  | (Place & { kind: 'array'; body: StatementBlock })
  | (Place & { kind: 'subexpression'; body: StatementBlock })
  | (Place & { kind: 'paren'; pipeline: Statement })
  | (Place & { kind: 'hash'; entries: { key: Expression; value: Statement }[]; ordered: boolean })
  | (Place & { kind: 'scriptblock'; body: ScriptBlockNode })
  | (Place & { kind: 'type'; type: TypeName })
  | (Place & { kind: 'cast'; type: TypeName; attribute: AttributeNode | null; operand: Expression })
  | (Place & { kind: 'unary'; operator: string; operand: Expression })
  | (Place & { kind: 'step'; operator: '++' | '--'; prefix: boolean; operand: Expression })
  | (Place & { kind: 'binary'; operator: string; left: Expression; right: Expression })
  | (Place & { kind: 'ternary'; condition: Expression; yes: Expression; no: Expression })
  | (Place & { kind: 'member'; target: Expression; name: Expression; isStatic: boolean; nullSafe: boolean })
  | (Place & {
      kind: 'call'
      target: Expression
      name: Expression
      args: Expression[]
      isStatic: boolean
      nullSafe: boolean
    })
  | (Place & { kind: 'index'; target: Expression; index: Expression; nullSafe: boolean })

export type ExpressionKind = Expression['kind']

export type AttributeNode = Place & {
  name: string
  positional: Expression[]
  named: { name: string; value: Expression | null }[]
}

export type ParameterNode = Place & {
  name: string
  attributes: (AttributeNode | TypeName)[]
  defaultValue: Expression | null
}

export type ParamBlock = Place & { attributes: AttributeNode[]; parameters: ParameterNode[] }

export type StatementBlock = Place & { statements: Statement[]; traps: TrapNode[] }

export type TrapNode = Place & { type: TypeName | null; body: StatementBlock }

export type ScriptBlockNode = {
  start: number
  param: ParamBlock | null
  begin: StatementBlock | null
  process: StatementBlock | null
  end: StatementBlock | null
  /** True when the blocks are named; a body without names is one end block. */
  named: boolean
  isFilter: boolean
  /** The text between the braces. */
  inner: Place
}

export type CommandParameter = Place & {
  kind: 'parameter'
  name: string
  argument: Expression | null
  text: string
}

export type Redirection = Place & {
  from: number | '*'
  to: number | null
  append: boolean
  target: Expression | null
}

export type CommandNode = Place & {
  kind: 'command'
  operator: '' | '&' | '.'
  elements: (Expression | CommandParameter)[]
  redirections: Redirection[]
}

export type CommandExpressionNode = Place & {
  kind: 'expression'
  expression: Expression
  redirections: Redirection[]
}

export type PipelineElement = CommandNode | CommandExpressionNode

export type CatchNode = Place & { types: TypeName[]; body: StatementBlock }

export type SwitchNode = Place & {
  kind: 'switch'
  label: string
  mode: 'exact' | 'wildcard' | 'regex'
  caseSensitive: boolean
  condition: Statement
  clauses: { test: Expression; body: StatementBlock }[]
  otherwise: StatementBlock | null
}

export type Statement =
  | (Place & { kind: 'pipeline'; elements: PipelineElement[] })
  | (Place & { kind: 'chain'; left: Statement; operator: '&&' | '||'; right: Statement })
  | (Place & { kind: 'assign'; target: Expression; operator: string; value: Statement })
  | (Place & {
      kind: 'if'
      clauses: { test: Statement; body: StatementBlock }[]
      otherwise: StatementBlock | null
    })
  | (Place & { kind: 'while'; label: string; test: Statement; body: StatementBlock })
  | (Place & { kind: 'do'; label: string; test: Statement; body: StatementBlock; until: boolean })
  | (Place & {
      kind: 'for'
      label: string
      init: Statement | null
      test: Statement | null
      step: Statement | null
      body: StatementBlock
    })
  | (Place & { kind: 'foreach'; label: string; variable: string; items: Statement; body: StatementBlock })
  | SwitchNode
  | (Place & { kind: 'try'; body: StatementBlock; catches: CatchNode[]; finallyBody: StatementBlock | null })
  | (Place & { kind: 'throw'; value: Statement | null })
  | (Place & { kind: 'return'; value: Statement | null })
  | (Place & { kind: 'exit'; value: Statement | null })
  | (Place & { kind: 'break'; label: Expression | null })
  | (Place & { kind: 'continue'; label: Expression | null })
  | (Place & { kind: 'function'; name: string; body: ScriptBlockNode })
  | (Place & { kind: 'data'; name: string; body: StatementBlock })
