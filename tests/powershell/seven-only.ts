import { Parser } from '@/lab/interpreter/language/parser'
import { ALIASES } from '@/lab/interpreter/runtime/real-commands'

/** One thing in a script that Windows PowerShell 5.1 does not have, with the line it stands on. */
export type SevenOnly = { readonly line: number; readonly what: string }

/** Commands that came with PowerShell 6 and 7. */
const commands = new Set(
  'Get-Error Join-String Test-Json ConvertFrom-Markdown Show-Markdown Get-MarkdownOption Set-MarkdownOption Remove-Alias Get-Uptime Start-ThreadJob Remove-Service Get-SecureRandom Switch-Process Get-ExperimentalFeature Enable-ExperimentalFeature Disable-ExperimentalFeature ConvertTo-CliXml ConvertFrom-CliXml'
    .toLowerCase()
    .split(' '),
)

/** Parameters that 5.1's command of the same name does not have. */
const parameters: Readonly<Record<string, string>> = {
  'convertfrom-json': 'AsHashtable Depth NoEnumerate DateKind',
  'convertto-json': 'AsArray EnumsAsStrings EscapeHandling',
  'foreach-object': 'Parallel ThrottleLimit AsJob TimeoutSeconds UseNewRunspace',
  'invoke-restmethod':
    'SkipHttpErrorCheck SkipCertificateCheck Authentication Token Form NoProxy ResponseHeadersVariable StatusCodeVariable MaximumRetryCount RetryIntervalSec CustomMethod FollowRelLink Resume SslProtocol AllowInsecureRedirect ConnectionTimeoutSeconds OperationTimeoutSeconds HttpVersion SkipHeaderValidation PreserveAuthorizationOnRedirect',
  'invoke-webrequest':
    'SkipHttpErrorCheck SkipCertificateCheck Authentication Token Form NoProxy MaximumRetryCount RetryIntervalSec CustomMethod Resume SslProtocol AllowInsecureRedirect ConnectionTimeoutSeconds OperationTimeoutSeconds HttpVersion SkipHeaderValidation PreserveAuthorizationOnRedirect',
  'get-content': 'AsByteStream',
  'set-content': 'AsByteStream',
  'add-content': 'AsByteStream',
  'sort-object': 'Top Bottom Stable',
  'select-object': 'CaseInsensitive',
  'split-path': 'LeafBase Extension',
  'join-path': 'AdditionalChildPath',
  'export-csv': 'IncludeTypeInformation QuoteFields UseQuotes NoHeader',
  'convertto-csv': 'IncludeTypeInformation QuoteFields UseQuotes NoHeader',
  'get-date': 'UnixTimeSeconds AsUTC',
  'start-sleep': 'Duration',
  'measure-object': 'AllStats StandardDeviation',
  'select-string': 'Raw NoEmphasis Culture',
  'get-random': 'Shuffle',
  'get-childitem': 'FollowSymlink',
  'get-command': 'UseFuzzyMatching UseAbbreviationExpansion FuzzyMinimumDistance',
  'convertfrom-securestring': 'AsPlainText',
  'start-process': 'Environment',
  'test-connection': 'TargetName Ping Traceroute MtuSize TcpPort IPv4 IPv6 Repeat Detailed',
  'group-object': 'CaseInsensitive',
  'new-guid': 'InputObject Empty',
}

/** Aliases that Windows has beside those of every system. */
const onWindows: Readonly<Record<string, string>> = {
  ac: 'add-content',
  cat: 'get-content',
  curl: 'invoke-webrequest',
  ls: 'get-childitem',
  sleep: 'start-sleep',
  sort: 'sort-object',
  start: 'start-process',
  wget: 'invoke-webrequest',
}

const encodings = /^(?:utf8NoBOM|utf8BOM|ansi|\d+)$/i
const variables =
  /^(?:IsWindows|IsLinux|IsMacOS|IsCoreCLR|PSStyle|EnabledExperimentalFeatures|PSNativeCommandUseErrorActionPreference|PSNativeCommandArgumentPassing)$/i
/** Members of .NET types that the framework below 5.1 does not have. */
const members =
  /^(?:Clamp|ToHexString|FromHexString|GetValueOrDefault|TryAdd|EnsureCapacity|ReplaceLineEndings|AppendJoin|ToHashSet|MinBy|MaxBy)$/i
/** Methods that have an overload with a comparison, or with a text for a character, only in newer frameworks. */
const newOverloads = /^(?:Contains|Replace|Split)$/i

type Node = {
  readonly kind?: unknown
  readonly start?: unknown
  readonly end?: unknown
  readonly [name: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What of a script Windows PowerShell 5.1 would not understand, or take for something else: judged by the tree that the
 * stand-in's parser makes of it, not by how the text looks. Bytes outside of ASCII count too, since 5.1 reads a file
 * without byte order mark in the code page of the machine; so do typographic quotes and dashes, which are among them.
 */
export function sevenOnly(text: string): SevenOnly[] {
  const found: SevenOnly[] = []
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  const add = (node: Node | number, what: string) => {
    const at = typeof node === 'number' ? node : typeof node.start === 'number' ? node.start : 0
    found.push({ line: lineOf(at), what })
  }
  for (const match of text.matchAll(/[^\p{ASCII}]/gu)) add(match.index, `U+${hex(match[0])} is not ASCII`)
  try {
    const script = new Parser(text).script()
    const splats = literalSplats(script)
    walk(script, node => judge(node, text, splats, add))
  } catch (error) {
    // What the parser refuses (a clean block, a class) or cannot read is a finding as well; it has no line.
    found.push({ line: 0, what: error instanceof Error ? error.message : String(error) })
  }
  return found
}

const hex = (character: string) => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit)
    return
  }
  if (!isNode(node)) return
  visit(node)
  for (const value of Object.values(node)) walk(value, visit)
}

/** A parameter as it is given, written out or in a hashtable that is splatted, with its value where it is written out. */
type Given = { readonly node: Node; readonly name: string; readonly value: unknown }

/** Keys and values of the hashtables that the script writes into a variable, or key by key, by the variable's name. */
type Splats = ReadonlyMap<string, readonly { readonly key: string; readonly value: unknown }[]>

function literalSplats(script: unknown): Splats {
  const found = new Map<string, { key: string; value: unknown }[]>()
  const keep = (variable: unknown, key: unknown, value: unknown) => {
    if (!isNode(variable) || variable.kind !== 'variable' || !isNode(key) || key.kind !== 'string') return
    const name = String(variable.name).toLowerCase()
    found.set(name, [...(found.get(name) ?? []), { key: String(key.value), value }])
  }
  walk(script, ({ kind, target, value }) => {
    if (kind !== 'assign' || !isNode(target)) return
    const variable = target.kind === 'cast' ? target.operand : target
    walk(value, hash => {
      if (hash.kind !== 'hash' || !Array.isArray(hash.entries)) return
      for (const entry of hash.entries.filter(isNode)) keep(variable, entry.key, only(entry.value))
    })
    if (target.kind === 'member') keep(target.target, target.name, only(value))
    if (target.kind === 'index') keep(target.target, target.index, only(value))
  })
  return found
}

/** The one expression of a statement. */
function only(statement: unknown): unknown {
  const [first] = isNode(statement) && Array.isArray(statement.elements) ? statement.elements : []
  return isNode(first) ? first.expression : undefined
}

function judge(node: Node, text: string, splats: Splats, add: (node: Node, what: string) => void): void {
  const source =
    typeof node.start === 'number' && typeof node.end === 'number' ? text.slice(node.start, node.end) : ''
  if (node.kind === 'ternary') add(node, 'the ternary operator')
  if (node.kind === 'chain') add(node, `the chain operator ${String(node.operator)}`)
  if ((node.kind === 'binary' || node.kind === 'assign') && String(node.operator).startsWith('??'))
    add(node, `the operator ${String(node.operator)}`)
  if (node.nullSafe === true) add(node, 'access that minds null (?. or ?[])')
  if (
    node.kind === 'constant' &&
    /^[-+]?(?:0b[01]|(?:0x[0-9a-f]+|\d[\d.e]*)(?:u|y|s|n|us|uy|ul)(?:[kmgtp]b)?$)/i.test(source)
  )
    add(node, `the number ${source}`)
  if (node.kind === 'expandable' || node.kind === 'string') judgeText(node, source, add)
  if (node.kind === 'variable' && variables.test(String(node.name)))
    add(node, `the variable $${String(node.name)}`)
  if (node.kind === 'call' || node.kind === 'member') judgeMember(node, add)
  if (node.kind === 'command') judgeCommand(node, splats, add)
}

/** Escapes of double-quoted texts that 5.1 reads as the letter behind the backtick. */
function judgeText(node: Node, source: string, add: (node: Node, what: string) => void): void {
  if (node.quote === 'single' || source.startsWith("'") || source.startsWith("@'")) return
  for (const [written] of source.matchAll(/`(?:[\s\S])/g)) {
    if (written === '`e' || (written === '`u' && /`u\{/.test(source))) add(node, `the escape ${written}`)
  }
}

function judgeMember(node: Node, add: (node: Node, what: string) => void): void {
  const name = isNode(node.name) && node.name.kind === 'string' ? String(node.name.value) : ''
  if (members.test(name)) add(node, `the member ${name}`)
  const args = Array.isArray(node.args) ? (node.args as unknown[]) : []
  const comparison = args.some(
    one =>
      isNode(one) &&
      isNode(one.target) &&
      isNode(one.target.type) &&
      /StringComparison$/.test(String(one.target.type.name)),
  )
  if (newOverloads.test(name) && comparison) add(node, `${name} with a comparison`)
}

function judgeCommand(node: Node, splats: Splats, add: (node: Node, what: string) => void): void {
  const [first, ...elements] = (Array.isArray(node.elements) ? (node.elements as unknown[]) : []).filter(
    isNode,
  )
  const written = first?.kind === 'string' ? String(first.value) : ''
  const plain = written.slice(written.lastIndexOf('\\') + 1)
  const alias = plain.toLowerCase()
  const name = (ALIASES[alias] ?? onWindows[alias] ?? plain).toLowerCase()
  if (commands.has(name)) add(node, `the command ${written}`)
  const given = elements.flatMap((element, index): Given[] => {
    if (element.kind === 'parameter') {
      const value = isNode(element.argument) ? element.argument : elements[index + 1]
      return [{ node: element, name: String(element.name), value }]
    }
    if (element.kind !== 'variable' || element.splat !== true) return []
    const keys = splats.get(String(element.name).toLowerCase()) ?? []
    return keys.map(({ key, value }) => ({ node: element, name: key, value }))
  })
  // A name may be shortened; one that is short for a newer parameter too means something else in each version.
  const foreign = (parameters[name] ?? '').toLowerCase().split(' ').filter(Boolean)
  for (const one of given) {
    const lower = one.name.toLowerCase()
    if (foreign.some(full => full.startsWith(lower))) add(one.node, `-${one.name} of ${written}`)
    if (!/^en(?:c(?:o(?:d(?:i(?:n(?:g)?)?)?)?)?)?$/.test(lower)) continue
    if (isNode(one.value) && encodings.test(String(one.value.value)))
      add(one.node, `-${one.name} ${String(one.value.value)}`)
  }
  if (name === 'join-path' && placesTaken(elements, given) > 2) add(node, `a third path of ${written}`)
}

/** How many of Join-Path's two places are taken: those given by name, and what stands there without one. */
function placesTaken(elements: readonly Node[], given: readonly Given[]): number {
  const named = given.filter(({ name }) => /^(?:p(?:s|at|ath)?|c(?:h\w*)?)$/i.test(name)).length
  const places = elements.filter((element, index) => {
    if (element.kind === 'parameter' || element.splat === true) return false
    const before = elements[index - 1]
    const isSwitch = /^(?:r(?:e\w*)?|verbose|debug)$/i.test(String(before?.name))
    return before?.kind !== 'parameter' || isNode(before.argument) || isSwitch
  })
  return named + places.length
}
