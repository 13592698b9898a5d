export type TokenKind =
  | 'text'
  | 'comment'
  | 'string'
  | 'variable'
  | 'command'
  | 'parameter'
  | 'keyword'
  | 'number'
export type Token = { kind: TokenKind; text: string }

const keywords =
  'begin|break|catch|continue|do|else|elseif|end|exit|filter|finally|for|foreach|function|if|in|param|process|return|switch|throw|trap|try|until|while'

/** Tried in this order at every place; what none takes is plain text. The dashes and quotes of PowerShell's own lexer. */
const rules: readonly [TokenKind, RegExp][] = [
  ['comment', /<#[\s\S]*?(?:#>|$)/y],
  ['comment', /(?<![^\s;|&(){}[\],=])#[^\n]*/y],
  ['string', /@'[ \t]*\r?\n[\s\S]*?(?:\n'@|$)|@"[ \t]*\r?\n[\s\S]*?(?:\n"@|$)/y],
  ['string', /['‘’‚‛](?:[^'‘’‚‛]|['‘’‚‛]{2})*(?:['‘’‚‛]|$)/y],
  ['string', /["“”„](?:`[\s\S]|[^"“”„`]|["“”„]{2})*(?:["“”„]|$)/y],
  ['variable', /\$(?:\{[^}]*\}|[A-Za-z_?][\w:]*|[$^?])/y],
  ['keyword', new RegExp(`(?<![\\w$.-])(?:${keywords})(?![\\w-])`, 'iy')],
  ['command', /(?<![\w$.-])[A-Z][A-Za-z]*-[A-Z][A-Za-z0-9]*/iy],
  ['parameter', /(?<=[\s(,])[-–—][A-Za-z][A-Za-z0-9]*/y],
  ['number', /(?<![\w$.-])(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:kb|mb|gb)?)(?![\w.])/iy],
]

/**
 * PowerShell text as coloured pieces. Joined again they are the text, character for character: what a person approves is
 * never changed by showing it. It colours; it does not judge whether the text is valid.
 */
export function highlight(script: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < script.length) {
    const found = tokenAt(script, at) ?? { kind: 'text' as const, text: plainAt(script, at) }
    const last = tokens.at(-1)
    if (last && last.kind === 'text' && found.kind === 'text') last.text += found.text
    else tokens.push(found)
    at += found.text.length
  }
  return tokens
}

function tokenAt(script: string, at: number): Token | null {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at
    const match = rule.exec(script)
    if (match && match[0].length > 0) return { kind, text: match[0] }
  }
  return null
}

/** A whole word at once, so that no rule starts in its middle. */
function plainAt(script: string, at: number): string {
  const word = /[A-Za-z0-9_]+|[\s\S]/y
  word.lastIndex = at
  return word.exec(script)?.[0] ?? ''
}
