import { refuse } from '../refusal'
import { NetFault } from '../runtime/errors'
import { PSMatch } from './model'
import { WideRegExp } from './wide-regex'

const cache = new Map<string, RegExp>()

/** What only .NET has, or reads in another way than JavaScript does. */
const ONLY_DOTNET =
  /\(\?(>|\(|#|[imsnx-]+[:)])|\\G|\(\?<\w+-|[*+?}]\+|\\p\{Is|\[[^\]]*-\[|\\c[A-Z]|\\k(?!<[A-Za-z_]\w*>)|\\u\{|\(\?<\d|\\[0-9]{2}|\{,\d/

/** In .NET a `]` that comes first in brackets stands for itself. */
const firstBracket = (source: string): string =>
  source.replace(/\\[\s\S]|\[(\^?)\]/g, (token, not) => (token.startsWith('[') ? `[${not}\\]` : token))

/** A .NET pattern as a JavaScript one; refuses what only .NET has. */
export function regex(pattern: string, ignoreCase: boolean, extra = ''): RegExp {
  const id = `${ignoreCase}${extra}|${pattern}`
  const known = cache.get(id)
  if (known) {
    known.lastIndex = 0
    return known
  }
  let flags = `gd${ignoreCase ? 'i' : ''}${extra}`
  let source = pattern
  const inline = /^\(\?([imsn]+)\)/.exec(source)
  if (inline) {
    source = source.slice(inline[0].length)
    for (const flag of inline[1] ?? '') {
      if (flag === 'n') refuse('the regular expression option n')
      if (!flags.includes(flag)) flags += flag
    }
  }
  if (ONLY_DOTNET.test(source)) refuse(`the regular expression ${pattern}`)
  source = firstBracket(source)
  source = source
    .replace(/\\A/g, '(?<![\\s\\S])')
    .replace(/\\z/g, '(?![\\s\\S])')
    .replace(/\\Z/g, '(?=\\n?(?![\\s\\S]))')
    .replace(/\(\?'(\w+)'/g, '(?<$1>')
    .replace(/\\a/g, '\\x07')
    .replace(/\\e/g, '\\x1b')
  if (!flags.includes('m')) source = dollarEnds(source)
  let made: RegExp
  try {
    made = /\\p\{/i.test(source) ? new RegExp(source, `${flags}u`) : new WideRegExp(source, flags)
  } catch {
    if (/\(\?<(\w+)>.*\(\?<\1>/.test(source)) return refuse(`the regular expression ${pattern}`)
    const unclosed = /\[[^\]]*$/.test(source) ? `Unterminated [] set.` : null
    const offset = unclosed ? source.length : 0
    if (!unclosed) {
      const opens = (source.replace(/\\./g, '').match(/\(/g) ?? []).length
      const closes = (source.replace(/\\./g, '').match(/\)/g) ?? []).length
      if (opens > closes) return invalid(pattern, source.length, "Not enough )'s.")
      if (closes > opens) return invalid(pattern, source.lastIndexOf(')') + 1, "Too many )'s.")
      if (/^[*+?]/.test(source)) return invalid(pattern, 1, `Quantifier '${source[0]}' following nothing.`)
      return refuse(`the regular expression ${pattern}`)
    }
    return invalid(pattern, offset, unclosed)
  }
  cache.set(id, made)
  return made
}

export const regexFault = (pattern: string, offset: number, why: string): string =>
  `Invalid pattern '${pattern}' at offset ${offset}. ${why}`

function invalid(pattern: string, offset: number, why: string): never {
  throw new NetFault('System.Text.RegularExpressions.RegexParseException', regexFault(pattern, offset, why))
}

/** In .NET a `$` also matches before a last line end. */
function dollarEnds(source: string): string {
  let out = ''
  let inClass = false
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? ''
    if (c === '\\') {
      out += c + (source[++i] ?? '')
      continue
    }
    if (c === '[') inClass = true
    if (c === ']') inClass = false
    out += c === '$' && !inClass ? '(?=\\n?(?![\\s\\S]))' : c
  }
  return out
}

/** A match with its groups: numbered ones first, then the named, as .NET orders them. */
export function matchOf(m: RegExpExecArray): PSMatch {
  const names = Object.keys(m.groups ?? {})
  const spans = (
    m as RegExpExecArray & {
      indices?: ([number, number] | undefined)[] & { groups?: Record<string, [number, number] | undefined> }
    }
  ).indices
  const nameOf = (i: number): string => {
    const span = spans?.[i]
    return (
      names.find(
        name =>
          !used.has(name) &&
          spans?.groups?.[name] === span &&
          (span !== undefined || m.groups?.[name] === undefined),
      ) ?? ''
    )
  }
  const used = new Set<string>()
  const plain: PSMatch[] = []
  const named: PSMatch[] = []
  for (let i = 0; i < m.length; i++) {
    const name = i === 0 ? '' : nameOf(i)
    if (name) used.add(name)
    const value = m[i]
    const group = new PSMatch(value ?? '', spans?.[i]?.[0] ?? 0, value !== undefined, name, null)
    if (name) named.push(group)
    else plain.push(group)
  }
  const groups = [...plain, ...named].map((g, i) =>
    g.name ? g : new PSMatch(g.value, g.index, g.success, String(i), null),
  )
  return new PSMatch(m[0], m.index, true, '0', groups)
}

/** .NET's replacement text: `$1`, `${name}`, `$&`, `$$`, `` $` ``, `$'`, `$_`, `$+`. */
export function substitute(template: string, match: PSMatch, input: string): string {
  return template.replace(/\$(?:(\d+)|\{(\w+)\}|([$&`'_+]))/g, (token, digits, name, sign) => {
    const groups = match.groups ?? []
    const wanted = digits ?? name
    if (wanted !== undefined) {
      const found =
        groups.find(g => g.name === wanted) ?? (/^\d+$/.test(wanted) ? groups[Number(wanted)] : undefined)
      return found ? found.value : token
    }
    switch (sign) {
      case '$':
        return '$'
      case '&':
        return match.value
      case '`':
        return input.slice(0, match.index)
      case "'":
        return input.slice(match.index + match.value.length)
      case '_':
        return input
      default:
        return groups[groups.length - 1]?.value ?? ''
    }
  })
}
