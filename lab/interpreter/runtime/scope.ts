import type { PSScriptBlock } from '../values/model'

export class Variable {
  type: string | null = null
  /** Validates what is written to it: a parameter's attributes. */
  check: ((value: unknown) => Promise<void>) | null = null
  options: 'None' | 'ReadOnly' | 'Constant' = 'None'
  isPrivate = false
  /** Set by a common parameter such as -ErrorAction. */
  isCommon = false
  constructor(
    readonly name: string,
    public value: unknown,
  ) {}
}

/** One scope of variables, functions and aliases; looking something up goes outwards. */
export class Scope {
  readonly variables = new Map<string, Variable>()
  readonly functions = new Map<string, PSScriptBlock>()
  readonly aliases = new Map<string, string>()
  strict: number | null = null

  constructor(
    readonly parent: Scope | null,
    readonly isScript = false,
    /** A call's own scope: its typed variables convert as casts do. */
    readonly isCall = false,
  ) {}

  find(name: string): Variable | null {
    const lower = name.toLowerCase()
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const found = scope.variables.get(lower)
      if (found && (!found.isPrivate || scope === this)) return found
    }
    return null
  }

  own(name: string): Variable | null {
    return this.variables.get(name.toLowerCase()) ?? null
  }

  /** Sets a variable in this very scope. */
  set(name: string, value: unknown): Variable {
    const lower = name.toLowerCase()
    const old = this.variables.get(lower)
    if (old) {
      old.value = value
      return old
    }
    const made = new Variable(name, value)
    this.variables.set(lower, made)
    return made
  }

  get global(): Scope {
    let scope: Scope = this
    while (scope.parent) scope = scope.parent
    return scope
  }

  /** The scope of the script file, or the global one. */
  get script(): Scope {
    let scope: Scope = this
    while (scope.parent && !scope.isScript) scope = scope.parent
    return scope
  }

  findFunction(name: string): PSScriptBlock | null {
    const lower = name.toLowerCase()
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const found = scope.functions.get(lower)
      if (found) return found
    }
    return null
  }

  findAlias(name: string): string | null {
    const lower = name.toLowerCase()
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const found = scope.aliases.get(lower)
      if (found) return found
    }
    return null
  }

  get strictness(): number {
    for (let scope: Scope | null = this; scope; scope = scope.parent)
      if (scope.strict !== null) return scope.strict
    return 0
  }
}
