import { refuse } from '../refusal'
import { raise } from '../runtime/errors'

const cache = new Map<string, RegExp>()

/** A wildcard pattern (`*`, `?`, `[a-z]`, backtick) as a regular expression over the whole text. */
export function wildcard(pattern: string, caseSensitive = false): RegExp {
  const id = `${caseSensitive ? 'c' : 'i'}${pattern}`
  const known = cache.get(id)
  if (known) return known
  let source = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? ''
    if (c === '`' && i + 1 < pattern.length) source += literal(pattern[++i] ?? '')
    else if (c === '*') source += '[\\s\\S]*'
    else if (c === '?') source += '[\\s\\S]'
    else if (c === '[') {
      const end = pattern.indexOf(']', i + 2)
      if (end < 0)
        raise({
          message: `The specified wildcard character pattern is not valid: ${pattern}`,
          id: 'RuntimeException',
          category: 'NotSpecified',
          type: 'System.Management.Automation.WildcardPatternException',
        })
      else {
        const body = pattern.slice(i + 1, end).replace(/[\\^[\]]/g, '\\$&')
        if (/(.)-(.)/.test(body) && [...body.matchAll(/(.)-(.)/g)].some(m => (m[1] ?? '') > (m[2] ?? '')))
          refuse(`the wildcard pattern ${pattern}`)
        source += `[${body}]`
        i = end
      }
    } else source += literal(c)
  }
  const made = new RegExp(`^${source}$`, caseSensitive ? 'u' : 'iu')
  cache.set(id, made)
  return made
}
const literal = (c: string) => c.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
