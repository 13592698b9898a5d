import { refuse } from '../refusal'

/** What stands for a letter behind a backtick. */
export const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Where the parenthesis closes that has just been opened, counting every parenthesis; -1 when it does not. */
export function closingParenthesis(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    const c = text[i]
    if (c === '`') i++
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  return -1
}

/** The real reader takes what stands in `$( )` of a string out of it first, and looks for strings in there only then. */
export function refuseOddInside(inside: string, closesFirst: boolean): void {
  if (!closesFirst) refuse('parentheses in strings inside $( ) of a string')
  if (/""/.test(inside)) refuse('doubled quotes inside $( ) of a string')
  if (/`["\u201c-\u201e]/.test(inside)) refuse('a quote behind a backtick inside $( ) of a string')
}
