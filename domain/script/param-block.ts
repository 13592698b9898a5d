/** One declared parameter of a script: its name, its type without brackets, and the text of its default. */
export type DeclaredParameter = {
  readonly name: string
  readonly type: string | null
  readonly defaultText: string | null
}

export type ParamBlock = {
  /** Where the block (with the attributes before it) starts and ends in the text. */
  readonly start: number
  readonly end: number
  readonly parameters: readonly DeclaredParameter[]
}

/**
 * Finds the `param( … )` block at the head of a script. Only what may stand before it is skipped: comments, blanks and
 * attributes such as [CmdletBinding()]. Strings and comments inside are read as such, so that a bracket in a text is none.
 * @returns null where the script has no param block, or one that this reader does not follow
 */
export function findParamBlock(text: string): ParamBlock | null {
  let at = skipBlank(text, 0)
  const start = at
  while (text.charAt(at) === '[') {
    const end = closing(text, at)
    if (end === null) return null
    at = skipBlank(text, end)
  }
  if (!/^param\b/i.test(text.slice(at, at + 6))) return null
  const open = skipBlank(text, at + 5)
  if (text.charAt(open) !== '(') return null
  const end = closing(text, open)
  if (end === null) return null
  const parameters: DeclaredParameter[] = []
  for (const part of splitTopLevel(text.slice(open + 1, end - 1))) {
    if (skipBlank(part, 0) === part.length) continue
    const parameter = readParameter(part)
    if (parameter === null) return null
    parameters.push(parameter)
  }
  return { start, end, parameters }
}

/** `[Parameter(…)] [string] $Name = 'default'`: the last bracket without arguments is the type. */
function readParameter(part: string): DeclaredParameter | null {
  let at = skipBlank(part, 0)
  let type: string | null = null
  while (part.charAt(at) === '[') {
    const end = closing(part, at)
    if (end === null) return null
    const inside = part.slice(at + 1, end - 1).trim()
    if (/^[A-Za-z][\w.]*(?:\[\])?$/.test(inside)) type = inside
    at = skipBlank(part, end)
  }
  const name = /^\$([A-Za-z]\w*)/.exec(part.slice(at))?.[1]
  if (name === undefined) return null
  at = skipBlank(part, at + 1 + name.length)
  if (at === part.length) return { name, type, defaultText: null }
  if (part.charAt(at) !== '=') return null
  return { name, type, defaultText: part.slice(at + 1).trim() }
}

/** Index behind the bracket that closes the one at `open`, or null. */
function closing(text: string, open: number): number | null {
  let depth = 0
  let at = open
  while (at < text.length) {
    const next = skipQuotedOrComment(text, at)
    if (next === null) return null
    if (next > at) {
      at = next
      continue
    }
    const character = text.charAt(at)
    if ('([{'.includes(character)) depth += 1
    if (')]}'.includes(character)) depth -= 1
    at += 1
    if (depth === 0) return at
  }
  return null
}

function splitTopLevel(text: string): string[] {
  const parts: string[] = []
  let from = 0
  let at = 0
  while (at < text.length) {
    const next = skipQuotedOrComment(text, at) ?? text.length
    if (next > at) at = next
    else if ('([{'.includes(text.charAt(at))) at = closing(text, at) ?? text.length
    else {
      if (text.charAt(at) === ',') {
        parts.push(text.slice(from, at))
        from = at + 1
      }
      at += 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

function skipBlank(text: string, from: number): number {
  let at = from
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1
    const end = text.charAt(at) === '#' || text.startsWith('<#', at) ? skipQuotedOrComment(text, at) : at
    if (end === null || end === at) return at
    at = end
  }
}

/** Index behind the string or comment that starts here; `at` itself where none does; null where it never ends. */
function skipQuotedOrComment(text: string, at: number): number | null {
  if (text.startsWith('<#', at)) {
    const end = text.indexOf('#>', at + 2)
    return end < 0 ? null : end + 2
  }
  const character = text.charAt(at)
  if (character === '#') {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  if (character === "'" || character === '"') return endOfString(text, at, character)
  return at
}

function endOfString(text: string, open: number, quote: string): number | null {
  for (let at = open + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '`') at += 1
    else if (text.charAt(at) === quote) {
      if (text.charAt(at + 1) !== quote) return at + 1
      at += 1
    }
  }
  return null
}
