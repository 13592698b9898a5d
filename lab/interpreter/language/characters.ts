/** Character classes of the language. Typographic quotes and dashes count as their plain relatives. */

export const isSingleQuote = (c: string): boolean => c === "'" || (c >= '\u2018' && c <= '\u201b')

export const isDoubleQuote = (c: string): boolean => c === '"' || (c >= '\u201c' && c <= '\u201e')

export const isDash = (c: string): boolean => c === '-' || (c >= '\u2013' && c <= '\u2015')

export const isNewline = (c: string): boolean => c === '\n' || c === '\r'

/** Blank, but not a line end. */
export function isBlank(c: string): boolean {
  if (c === ' ' || c === '\t') return true
  if (c === '' || c < '\u0080') return c === '\v' || c === '\f'
  return c === '\u00a0' || c === '\u0085' || /^[\p{Zs}\p{Zl}\p{Zp}]$/u.test(c)
}

export const isDigit = (c: string): boolean => c >= '0' && c <= '9' && c.length === 1

export const isLetter = (c: string): boolean =>
  (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c > '\u007f' && /^\p{L}$/u.test(c))

export const isIdentifierStart = (c: string): boolean => c === '_' || isLetter(c)

export const isIdentifierPart = (c: string): boolean =>
  isIdentifierStart(c) || isDigit(c) || (c > '\u007f' && /^\p{Nd}$/u.test(c))

/** A character of a variable name outside braces. */
export const isVariablePart = (c: string): boolean => isIdentifierPart(c) || c === '?'

/** Begins the name of a variable after its dollar. */
export const startsVariable = (c: string): boolean => isVariablePart(c) || (c !== '' && '{:$^'.includes(c))

/** Ends a number in an expression: `5+` is two tokens, `5z` is one word. */
export const endsNumber = (c: string): boolean => endsWord(c) || isDash(c) || '!#%*+./<=>]'.includes(c)

/** Ends a bare word, wherever it stands. A redirection has to stand apart: `a>b` is one word. */
export const endsWord = (c: string): boolean =>
  c === '' || c === '\0' || isBlank(c) || isNewline(c) || '&(),;{|}'.includes(c)
