import type { ScriptBlockNode, TypeName } from '../language/ast'
import type { SourceText } from '../language/source'
import { refuse } from '../refusal'
import { bucketOrder } from './hash-order'
import { PSChar, PSDecimal, PSDouble, PSInteger } from './numbers'

/** What a statement without output gives: null in an expression, nothing in a pipeline. */
export const NOTHING: unique symbol = Symbol('nothing')

export const isNull = (v: unknown): v is null | undefined | typeof NOTHING =>
  v === null || v === undefined || v === NOTHING

/** The element types of arrays that are not object[]. */
const elementTypes = new WeakMap<unknown[], string>()

export function typedArray(type: string, items: unknown[]): unknown[] {
  if (type !== 'System.Object') elementTypes.set(items, type)
  return items
}

export const elementType = (items: unknown[]): string => elementTypes.get(items) ?? 'System.Object'

/** ArrayList, List<T>, Collection<T>, Queue, Stack and HashSet: a growing sequence. */
export class PSList {
  /** The dictionary whose keys or values these are. */
  source: PSHash | null = null
  /** Counts the changes: who goes through it meanwhile has to know. */
  version = 0
  constructor(
    readonly type: string,
    readonly items: unknown[] = [],
    /** The .NET type of the elements; System.Object where there is none. */
    readonly element = 'System.Object',
  ) {}
}

/** Hashtable, OrderedDictionary and Dictionary<K,V>. */
export class PSHash {
  private held = new Map<unknown, [unknown, unknown]>()
  /** Whether the order of `held` is still to be made that of the real table. */
  private unsorted = false
  /** For how many entries the table was made. */
  capacity = 0
  /** Counts the changes: who goes through it meanwhile has to know. */
  version = 0
  constructor(
    readonly type = 'System.Collections.Hashtable',
    readonly caseSensitive = false,
  ) {}

  /** The type arguments of a Dictionary<K,V>, as they stand in type names; empty for other tables. */
  get generics(): string {
    if (this.type === 'System.Management.Automation.PSBoundParametersDictionary')
      return '`2[[System.String],[System.Object]]'
    return this.type.includes('Dictionary`2') ? this.type.slice(this.type.indexOf('`')) : ''
  }

  get ordered(): boolean {
    return this.type === 'System.Collections.Specialized.OrderedDictionary'
  }

  /** The entries in their order: as they came, or by their buckets where the keys of a plain table are whole numbers. */
  get entries(): Map<unknown, [unknown, unknown]> {
    if (this.unsorted) {
      this.unsorted = false
      this.sort()
    }
    return this.held
  }

  private sort(): void {
    if (this.type !== 'System.Collections.Hashtable' || this.held.size < 2) return
    const keys = [...this.held.values()].map(([key]) => key)
    if (!keys.every(key => typeof key === 'number')) return
    const order = bucketOrder(keys as number[], this.capacity)
    if (order) this.held = new Map(order.map(key => [`n:${key}`, this.held.get(`n:${key}`) ?? [key, null]]))
  }

  private keyOf(key: unknown): unknown {
    if (typeof key === 'string') return `s:${this.caseSensitive ? key : key.toLowerCase()}`
    if (typeof key === 'number') return `n:${key}`
    if (key instanceof PSDouble) return `${key.single ? 'f' : 'd'}:${key.value}`
    if (key instanceof PSDecimal || key instanceof PSInteger || key instanceof PSChar)
      return `${key.constructor.name}:${key instanceof PSInteger ? key.type : ''}:${key}`
    if (typeof key === 'object' && key !== null && 'key' in key && typeof key.key === 'string')
      return `o:${key.key}`
    return key
  }

  has(key: unknown): boolean {
    return this.held.has(this.keyOf(key))
  }
  get(key: unknown): unknown {
    return this.held.get(this.keyOf(key))?.[1] ?? null
  }
  set(key: unknown, value: unknown): void {
    const id = this.keyOf(key)
    this.version++
    const old = this.held.get(id)
    if (old) old[1] = value
    else {
      this.held.set(id, [key, value])
      this.unsorted = typeof key === 'number'
    }
  }
  delete(key: unknown): boolean {
    const had = this.held.delete(this.keyOf(key))
    if (had) this.version++
    return had
  }
  keys(): unknown[] {
    return [...this.entries.values()].map(([key]) => key)
  }
  values(): unknown[] {
    return [...this.entries.values()].map(([, value]) => value)
  }
  clone(): PSHash {
    const copy = new PSHash(this.type, this.caseSensitive)
    for (const [key, value] of this.entries.values()) copy.set(key, value)
    return copy
  }
}

/** The items of a set: each once, as .NET tells them apart. */
export function distinct(items: unknown[]): unknown[] {
  const seen = new PSHash('', true)
  return items.filter(item => {
    const isNew = !seen.has(item)
    if (isNew) seen.set(item, true)
    return isNew
  })
}

export type Property = {
  name: string
  value: unknown
  kind: 'note' | 'script' | 'alias'
  getter?: PSScriptBlock
  setter?: PSScriptBlock | null
}

/** An object with properties of its own. */
export class PSObj {
  readonly props = new Map<string, Property>()
  readonly methods = new Map<string, PSScriptBlock>()
  constructor(public types: string[] = ['System.Management.Automation.PSCustomObject', 'System.Object']) {}

  static of(record: Record<string, unknown>, types?: string[]): PSObj {
    const made = new PSObj(types)
    for (const [name, value] of Object.entries(record)) made.set(name, value)
    return made
  }
  get(name: string): unknown {
    return this.props.get(name.toLowerCase())?.value ?? null
  }
  set(name: string, value: unknown): void {
    const old = this.props.get(name.toLowerCase())
    if (old) old.value = value
    else this.props.set(name.toLowerCase(), { name, value, kind: 'note' })
  }
  clone(): PSObj {
    const copy = new PSObj(this.types)
    for (const [key, property] of this.props) copy.props.set(key, { ...property })
    for (const [key, method] of this.methods) copy.methods.set(key, method)
    return copy
  }
}

export class PSScriptBlock {
  /** The scope it was made in, for GetNewClosure. */
  closure: unknown = null
  name = ''
  constructor(
    readonly node: ScriptBlockNode,
    readonly source: SourceText,
  ) {}
  toString(): string {
    return this.source.text.slice(this.node.inner.start, this.node.inner.end)
  }
}

/** A type as a value; `name` is the full .NET name. */
export class PSType {
  readonly key: string
  constructor(readonly name: string) {
    this.key = `type:${name}`
  }
}

export class PSException {
  readonly extra = new Map<string, unknown>()
  /** Thrown by the shell or a method, not made by the script: as a text it goes on with where in the shell that was. */
  traced = false
  /** Thrown once more by a `throw` without a value. */
  byThrow = false
  /** The record this exception carries, if any. */
  record: PSErrorRecord | null = null
  constructor(
    readonly type: string,
    readonly message: string,
    readonly inner: PSException | null = null,
  ) {}
}

export type Invocation = {
  command: string
  commandType: string
  line: number
  column: number
  text: string
  script: string
  name: string
  /** The line it stands on, and where in it. */
  lineText?: string
  /** The same with what ends it. */
  wholeLine?: string
  position?: string
}

export class PSErrorRecord {
  invocation: Invocation | null = null
  details: string | null = null
  recommendedAction = ''
  reason = ''
  activity = ''
  targetName: string | null = null
  targetType: string | null = null
  thrown = false
  /** Whether it has left a command, which put its name on it: an error from inside, or the command's own. */
  wrapped: false | 'inside' | 'own' = false
  /** Whether `throw` was given the record itself: its exception is then what is inside. */
  rethrown = false
  /** Whether its exception brought it along. */
  carried = false
  /** Seen in a catch clause: whether a preference ended what ran with it. */
  stopped = false
  stack = ''
  /** The common parameters of the function that a pipeline object did not bind to: its own -ErrorVariable does not tell of it. */
  unbound: unknown = null
  /** Written by an element before the last of a pipeline. */
  early = false
  /** An -ErrorAction or preference of Stop made it end what wrote it. */
  madeToEnd = false
  /** What `$MyInvocation` was where Write-Error was called, which is what its error tells of. */
  around: unknown = null
  /** The error that this one is seen in the place of, in a `catch`. */
  origin: PSErrorRecord | null = null
  /** The text that it was merged into the output in, as by `2>&1`: a console still shows it as an error. */
  merged: SourceText | null = null
  constructor(
    public exception: PSException,
    public id: string,
    public category: string,
    public target: unknown = null,
  ) {
    this.reason = exception.type.replace(/^.*[.+]/, '')
  }
  get message(): string {
    return this.details ?? this.exception.message
  }
  /** Another record of the same error. */
  copy(): PSErrorRecord {
    return Object.assign(new PSErrorRecord(this.exception, this.id, this.category, this.target), this)
  }
  /** Its id without the command that reported it. */
  get ownId(): string {
    return this.id.replace(/,[^,]*$/, '')
  }
}

/** Warning, verbose, debug and information records. */
export class PSStreamRecord {
  /** Not to be shown by the host. */
  quiet = false
  constructor(
    readonly stream: 3 | 4 | 5 | 6,
    readonly data: unknown,
    readonly host: { noNewLine: boolean } | null = null,
    readonly tags: string[] = [],
  ) {}
  get type(): string {
    const name = { 3: 'Warning', 4: 'Verbose', 5: 'Debug', 6: 'Information' }[this.stream]
    return `System.Management.Automation.${name}Record`
  }
}

/** The end of the year 9999, in the ticks of a date. */
export const LAST_TICK = 3155378975999999999n

/** 100 ns units since 0001-01-01. */
export class PSDateTime {
  readonly key: string
  constructor(
    readonly ticks: bigint,
    readonly kind: 'Unspecified' | 'Utc' | 'Local' = 'Unspecified',
  ) {
    if (ticks < 0n || ticks > LAST_TICK) refuse('a date out of the range')
    this.key = `date:${ticks}`
  }
}
export class PSTimeSpan {
  constructor(readonly ticks: bigint) {
    if (BigInt.asIntN(64, ticks) !== ticks) refuse('a time span out of the range')
  }
}
export class PSGuid {
  readonly key: string
  constructor(readonly text: string) {
    this.key = `guid:${text}`
  }
}
export class PSVersion {
  constructor(
    readonly parts: number[],
    readonly type = 'System.Version',
    readonly suffix = '',
  ) {}
  toString(): string {
    return this.parts.join('.') + this.suffix
  }
}
export class PSRegex {
  constructor(
    readonly pattern: string,
    readonly ignoreCase: boolean,
  ) {}
}
/** A Match or a Group; `groups` is null for a group. */
export class PSMatch {
  constructor(
    readonly value: string,
    readonly index: number,
    readonly success: boolean,
    readonly name: string,
    readonly groups: PSMatch[] | null,
  ) {}
}
export class PSEnum {
  readonly key: string
  constructor(
    readonly type: string,
    readonly name: string,
    readonly value: number,
  ) {
    this.key = `${type}.${value}`
  }
}
export class PSSwitch {
  constructor(readonly on: boolean) {}
}
/** What foreach over a dictionary's GetEnumerator gives. */
export class PSEntry {
  constructor(
    readonly key0: unknown,
    readonly value: unknown,
    readonly type = 'System.Collections.DictionaryEntry',
  ) {}
}
/** A variable given by reference. */
export class PSRef {
  constructor(
    readonly get: () => unknown,
    readonly set: (value: unknown) => void,
  ) {}
}
/** A number written as an argument: its text counts where text is wanted. */
export class WrittenNumber {
  constructor(
    readonly value: unknown,
    readonly text: string,
  ) {}
}

type Method = (args: unknown[]) => unknown

/** Any other .NET object: its properties and methods by lower-case name. What it does not list is refused. */
export class NetObject {
  readonly setters: Record<string, (value: unknown) => void> = {}
  constructor(
    readonly type: string,
    readonly get: Record<string, () => unknown>,
    readonly methods: Record<string, Method> = {},
    readonly text: () => string = () => type,
  ) {}
}

export type TypeReference = { full: string; node: TypeName | null }
