/** A stretch of a script: `code` may be changed between its words, all else stays as it is. */
export type Piece = { kind: 'code' | 'blank' | 'newline' | 'text' | 'comment'; text: string }

const SINGLE = /['\u2018-\u201B]/
const DOUBLE = /["\u201C-\u201E]/

/**
 * Cuts a script into code, blanks, line ends, texts and comments. Knows nothing of the stand-in's own reader, and of
 * the language only where texts and comments begin and end. Answers null where it cannot be sure.
 */
export function piecesOf(script: string): Piece[] | null {
  const pieces: Piece[] = []
  let at = 0
  let wordStart = true
  const take = (kind: Piece['kind'], end: number) => {
    const last = pieces.at(-1)
    const text = script.slice(at, end)
    if (kind === 'code' && last?.kind === 'code') last.text += text
    else pieces.push({ kind, text })
    at = end
    wordStart = kind !== 'code' && kind !== 'text'
  }
  while (at < script.length) {
    const c = script[at] ?? ''
    const rest = script.slice(at, at + 2)
    if (c === ' ' || c === '\t') take('blank', at + (/^[ \t]+/.exec(script.slice(at))?.[0].length ?? 1))
    else if (c === '\r' || c === '\n') take('newline', at + (rest === '\r\n' ? 2 : 1))
    else if (rest === '<#') {
      const end = script.indexOf('#>', at)
      if (end < 0) return null
      take('comment', end + 2)
    } else if (c === '#' && (wordStart || /[;{}()|,]$/.test(script.slice(0, at))))
      take('comment', at + (/^[^\r\n]*/.exec(script.slice(at))?.[0].length ?? 1))
    else if (c === '@' && (SINGLE.test(rest[1] ?? '') || DOUBLE.test(rest[1] ?? ''))) {
      const end = endOfHere(script, at)
      if (end === null) return null
      take('text', end)
    } else if (SINGLE.test(c) || DOUBLE.test(c)) {
      const end = SINGLE.test(c) ? endOfSingle(script, at) : endOfDouble(script, at)
      if (end === null) return null
      take('text', end)
    } else if (rest === '${') {
      const end = script.indexOf('}', at)
      if (end < 0) return null
      take('code', end + 1)
    } else take('code', at + (c === '`' ? 2 : 1))
  }
  return pieces
}

function endOfSingle(script: string, start: number): number | null {
  for (let i = start + 1; i < script.length; i++) {
    if (!SINGLE.test(script[i] ?? '')) continue
    if (!SINGLE.test(script[i + 1] ?? '')) return i + 1
    i++
  }
  return null
}

function endOfDouble(script: string, start: number): number | null {
  for (let i = start + 1; i < script.length; i++) {
    const c = script[i] ?? ''
    if (c === '`') i++
    else if (c === '$' && script[i + 1] === '(') {
      const end = endOfParen(script, i + 1)
      if (end === null) return null
      i = end - 1
    } else if (DOUBLE.test(c)) {
      if (!DOUBLE.test(script[i + 1] ?? '')) return i + 1
      i++
    }
  }
  return null
}

/** The end of what stands in parentheses within a text, by counting them and stepping over the texts inside. */
function endOfParen(script: string, start: number): number | null {
  let depth = 0
  for (let i = start; i < script.length; i++) {
    const c = script[i] ?? ''
    if (c === '`') i++
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i + 1
    else if (SINGLE.test(c) || DOUBLE.test(c)) {
      const end = SINGLE.test(c) ? endOfSingle(script, i) : endOfDouble(script, i)
      if (end === null) return null
      i = end - 1
    }
  }
  return null
}

function endOfHere(script: string, start: number): number | null {
  const quote = SINGLE.test(script[start + 1] ?? '') ? SINGLE : DOUBLE
  const close = new RegExp(`[\\r\\n]${quote.source}@`).exec(script.slice(start))
  return close ? start + close.index + 3 : null
}
