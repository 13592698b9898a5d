/** Why a text cannot be written as a PowerShell literal. Codes are stable; `message` is for people. */
export const literalRefusals = [
  'nul',
  'control-character',
  'line-separator',
  'lone-surrogate',
  'too-long',
] as const
export type LiteralRefusal = (typeof literalRefusals)[number]

export type Literal =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusal: LiteralRefusal; readonly message: string }

/** Longest text that may become a literal, in UTF-16 units. Attributes of directories are far shorter. */
export const longestLiteral = 4096

const messages: Record<LiteralRefusal, string> = {
  nul: 'It holds a NUL character, which no directory attribute has.',
  'control-character': 'It holds a control character (a tab, a line break or the like).',
  'line-separator': 'It holds a Unicode line or paragraph separator.',
  'lone-surrogate':
    'It holds half of a character (an unpaired surrogate), so the file it came from is damaged.',
  'too-long': `It is longer than ${longestLiteral} characters.`,
}

export const refusalMessage = (refusal: LiteralRefusal): string => messages[refusal]

/** What keeps a text from becoming a literal, or null. */
export function refusalOf(value: string): LiteralRefusal | null {
  if (value.length > longestLiteral) return 'too-long'
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0) return 'nul'
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return 'control-character'
    if (code === 0x2028 || code === 0x2029) return 'line-separator'
    if (code >= 0xd800 && code <= 0xdfff) return 'lone-surrogate'
  }
  return null
}

/**
 * The five characters that open and close a single-quoted string in PowerShell: U+0027 and U+2018 to U+201B.
 * Any two of them in a row stand for the second, so each is doubled with itself, as PowerShell's own
 * CodeGeneration.EscapeSingleQuotedStringContent does. Doubling only the first lets a typographic apostrophe end the text.
 */
const singleQuotes = /['\u2018\u2019\u201a\u201b]/g

/** A text as a PowerShell single-quoted literal, or why not. Nothing inside such a literal is ever expanded. */
export function literal(value: string): Literal {
  const refusal = refusalOf(value)
  if (refusal) return { ok: false, refusal, message: messages[refusal] }
  return { ok: true, text: quoted(value) }
}

/** The quoting alone, for texts that are known to be clean. */
function quoted(value: string): string {
  return `'${value.replace(singleQuotes, '$&$&')}'`
}

/**
 * A file's path as a single-quoted literal for the line that travels.
 * @throws RangeError when the path cannot be written in ASCII on one line.
 */
export function pathLiteral(path: string): string {
  if (!/^[\x20-\x7e]+$/.test(path)) {
    throw new RangeError(
      `The path ${JSON.stringify(path)} has characters outside of printable ASCII. Set FERRY_DATA_DIR to a plain path.`,
    )
  }
  return quoted(path)
}
