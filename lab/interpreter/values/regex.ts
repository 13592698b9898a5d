import { refuse } from '../refusal'
import { NetFault } from '../runtime/errors'
import { PSMatch } from './model'
import { WideRegExp } from './wide-regex'

const cache = new Map<string, RegExp>()

/** What only .NET has, or reads in another way than JavaScript does. */
const ONLY_DOTNET =
  /\(\?(>|\(|#|[imsnx-]+[:)])|\\G|\(\?<\w+-|[*+?}]\+|\\p\{Is|\[[^\]]*-\[|\\c[A-Z]|\\k(?!<[A-Za-z_]\w*>)|\\u\{|\(\?<\d|\\[0-9]{2}|\{,\d/

/** What JavaScript takes for plain characters, and .NET for a fault. */
const ONLY_JAVASCRIPT =
  /\\(?:[CEFHIJKLMNOQRTUVXYghijlmoqy_]|c(?![A-Za-z])|x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|[pP](?!\{))|\[[^\]]*[^[\]\\^]-\\[dswDSWpP]/

/** A reference to a group that is not there is a fault in .NET alone. */
const refersToNothing = (source: string): boolean => {
  const bare = source.replace(/\\\\/g, '')
  const highest = Math.max(0, ...[...bare.matchAll(/\\([1-9])/g)].map(m => Number(m[1])))
  const groups = (bare.replace(/\\./g, '').match(/\((?!\?)|\(\?(?:<(?![=!])|')/g) ?? []).length
  return highest > groups || [...bare.matchAll(/\\k<(\w+)>/g)].some(m => !bare.includes(`(?<${m[1]}>`))
}

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
  if (
    ONLY_DOTNET.test(source) ||
    ONLY_JAVASCRIPT.test(source.replace(/\\\\/g, '')) ||
    refersToNothing(source)
  )
    refuse(`the regular expression ${pattern}`)
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
    return faultOf(pattern, source, flags)
  }
  cache.set(id, made)
  return made
}

export const regexFault = (pattern: string, offset: number, why: string): string =>
  `Invalid pattern '${pattern}' at offset ${offset}. ${why}`

/**
 * Names the fault of a pattern only where mending that one fault would leave a valid pattern: .NET names the first fault it meets,
 * and which of several that is, is not known here. The offset is one in the pattern as written, not in what it was turned into.
 */
function faultOf(pattern: string, source: string, flags: string): never {
  const valid = (text: string): boolean => {
    try {
      new RegExp(text, /\\p\{/i.test(source) ? `${flags}u` : flags)
      return true
    } catch {
      return false
    }
  }
  const bare = pattern.replace(/\\[\s\S]/g, '..')
  // What would be added behind a last backslash would only be escaped by it.
  if (bare.endsWith('\\')) return refuse(`the regular expression ${pattern}`)
  for (let missing = 1; missing <= (source.match(/\(/g) ?? []).length; missing++)
    if (valid(source + ')'.repeat(missing))) return invalid(pattern, pattern.length, "Not enough )'s.")
  if (!valid(source) && valid(`${source}]`)) return invalid(pattern, pattern.length, 'Unterminated [] set.')
  if (bare.split(')').length === 2 && valid(`(?:${source}`))
    return invalid(pattern, bare.indexOf(')') + 1, "Too many )'s.")
  if (/^[*+?]/.test(pattern) && valid(source.slice(1)))
    return invalid(pattern, 1, `Quantifier '${pattern[0]}' following nothing.`)
  return refuse(`the regular expression ${pattern}`)
}

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
