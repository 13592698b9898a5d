import type { Expression } from './ast'
import { isDoubleQuote } from './characters'

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

/**
 * What stands behind `` `u ``: a code point in braces.
 * @returns the text it stands for and its length, or the fault's id with the offset from `at`.
 */
export function unicodeEscape(
  text: string,
  at: number,
): { made: string; length: number } | { fault: string; offset: number } {
  if (text[at] !== '{') return { fault: 'InvalidUnicodeEscapeSequence', offset: -2 }
  const digits = /^[0-9a-fA-F]{0,7}/.exec(text.slice(at + 1, at + 8))?.[0] ?? ''
  if (digits.length === 7) return { fault: 'TooManyDigitsInUnicodeEscapeSequence', offset: 7 }
  if (text[at + 1 + digits.length] !== '}')
    return {
      fault: digits.length === 6 ? 'MissingUnicodeEscapeSequenceTerminator' : 'InvalidUnicodeEscapeSequence',
      offset: digits.length + 1,
    }
  if (digits === '') return { fault: 'InvalidUnicodeEscapeSequence', offset: -2 }
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff) return { fault: 'InvalidUnicodeEscapeSequenceValue', offset: 1 }
  return { made: String.fromCodePoint(point), length: digits.length + 2 }
}

/** What a string or a bare word holds, while it is read: the text since the last thing that expands, and what came before it. */
export class Pieces {
  text = ''
  private readonly parts: (string | Expression)[] = []

  push(part: Expression): void {
    if (this.text) this.parts.push(this.text)
    this.text = ''
    this.parts.push(part)
  }

  /** All of it as one expression, with its places in the script. */
  made(quote: 'double' | 'here' | 'bare', start: number, end: number): Expression {
    if (this.parts.length === 0) return { kind: 'string', value: this.text, quote, start, end }
    const parts = this.text ? [...this.parts, this.text] : this.parts
    return { kind: 'expandable', parts, bare: quote === 'bare', start, end }
  }
}

/** The text of a `$( )` in a string, without what its string doubled or escaped, and where its parenthesis closes. */
export class Inner {
  private constructor(
    readonly from: number,
    readonly end: number,
    readonly text: string,
    /** The places of the characters that were left out, in the whole text. */
    private readonly dropped: number[],
  ) {}

  /**
   * The real reader counts parentheses before it looks for strings in there, and takes one quote for two and for one
   * behind a backtick, but in a here-string.
   * @returns null where the parenthesis does not close.
   */
  static at(text: string, from: number, here: boolean): Inner | null {
    const dropped: number[] = []
    let inner = ''
    let depth = 1
    for (let i = from; i < text.length; i++) {
      if (!here && (text[i] === '`' || isDoubleQuote(text[i] ?? '')) && isDoubleQuote(text[i + 1] ?? ''))
        dropped.push(i++)
      else if (text[i] === '(') depth++
      else if (text[i] === ')' && --depth === 0) return new Inner(from, i, inner, dropped)
      inner += text[i]
    }
    return null
  }

  /** Where in the whole text an offset stands that counts without what was left out. */
  offset(at: number): number {
    return this.dropped.reduce((place, gone) => (place >= gone ? place + 1 : place), at)
  }

  /** Moves the places in a tree that was read from the inner text to where they stand in the whole text. */
  move(node: unknown, moved = new Set<unknown>()): void {
    if (this.dropped.length === 0 || typeof node !== 'object' || node === null || moved.has(node)) return
    moved.add(node)
    for (const [key, held] of Object.entries(node)) {
      if ((key === 'start' || key === 'end') && typeof held === 'number')
        Object.assign(node, { [key]: this.offset(held) })
      else this.move(held, moved)
    }
  }
}
