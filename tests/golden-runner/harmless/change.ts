import type { GoldenCase } from '../cases'
import { type Piece, piecesOf } from './pieces'
import { randomOf } from './random'
import { renamed } from './rename'

/** What a script says about its own text or place: these are changed by any change. */
const SPEAKS_OF_ITSELF =
  /\.(Line|Statement|Ast|Extent|StartPosition|PositionMessage|ScriptStackTrace|StackTrace|Definition|ScriptBlock)\b|ScriptLineNumber|OffsetInLine|MyInvocation|InvocationInfo|Out-String|[-+*/]\s*\{|--%|#requires|\busing\b/i

/** Behind a command, `[ordered]@{x=1}` is a word and a script block, whose text is its own. */
const BLOCK_AS_ARGUMENT = /\w-\w+\s+\[\w+\]@\{/

/**
 * Scripts with other variable names, more blanks, comments and line ends, which mean the same. The same seed gives the same
 * ones. Answers null for a case that cannot be changed so, such as one of the console, or one that does not parse.
 */
export function harmlesslyChanged<T extends GoldenCase>(one: T, seed: number): T | null {
  if (!('script' in one) || 'parseErrors' in one.real || SPEAKS_OF_ITSELF.test(one.script)) return null
  if (one.script.endsWith('`') || BLOCK_AS_ARGUMENT.test(one.script)) return null
  const answered = JSON.stringify(one.real)
  const pieces = piecesOf(one.script)
  if (!pieces || showsItsText(one.script, answered)) return null
  const random = randomOf(seed ^ hash(one.id))
  const changed = renamed(pieces, answered, random).map(piece => spread(piece, random))
  const head = pick(random, ['', '\n', '  ', '# first\n', '<# several\n lines #>\n'])
  const tail = pick(random, ['', '\n', ' ', ' # last', '\n\n<# end #>'])
  return { ...one, id: `${one.id}~${seed}`, script: head + changed.join('') + tail }
}

/** A script block written as text is its own text, blanks and all. */
function showsItsText(script: string, answered: string): boolean {
  return [...script.matchAll(/\{([^{}]+)\}/g)].some(([, inner = '']) => {
    const bare = JSON.stringify(inner).slice(1, -1)
    if (inner !== inner.trim() && answered.includes(bare)) return true
    const text = `"${bare}`
    return answered.includes(`${text}"`) || answered.includes(`${text}\\"`)
  })
}

function spread(piece: Piece, random: () => number): string {
  if (piece.kind === 'blank') return piece.text + pick(random, ['', '', ' ', '\t', '<# c #> ', '`\n '])
  if (piece.kind === 'newline')
    return pick(random, ['', ' ']) + piece.text + pick(random, ['', '', '\n', '  # c\n'])
  if (piece.kind !== 'code') return piece.text
  return piece.text
    .replace(/(?<!`);/g, found => found + pick(random, ['', ' ', '\n', ' # c\n', '\n\n']))
    .replace(/(?<![`|])\|(?!\|)/g, found => found + pick(random, ['', ' ', '\n', ' # c\n']))
    .replace(/(?<![`$])\{(?!$)/g, found => found + pick(random, ['', ' ', '\n', '<# c #>']))
    .replace(/(?<!`)\(/g, found => found + pick(random, ['', '', ' ', '\n', '<# c #>', ' # c\n']))
    .replace(/(?<!`)\)/g, found => pick(random, ['', '', ' ', '\n']) + found)
    .replace(/(?<![`,])(?<!\[[^\]]*),/g, found => found + pick(random, ['', '', ' ', '\n', ' # c\n']))
}

const pick = <T>(random: () => number, among: [T, ...T[]]): T =>
  among[Math.floor(random() * among.length)] ?? among[0]

function hash(text: string): number {
  let value = 0
  for (const c of text) value = (Math.imul(value, 31) + (c.codePointAt(0) ?? 0)) | 0
  return value
}
