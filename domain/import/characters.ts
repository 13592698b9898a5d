/** Characters that look like others, or like nothing: named, so that a person sees what is really there. */
const names: Readonly<Record<number, string>> = {
  0: 'NUL',
  9: 'TAB',
  10: 'LINE FEED',
  13: 'CARRIAGE RETURN',
  32: 'SPACE',
  34: 'QUOTATION MARK',
  127: 'DELETE',
  133: 'NEXT LINE',
  160: 'NO-BREAK SPACE',
  173: 'SOFT HYPHEN',
  180: 'ACUTE ACCENT',
  1564: 'ARABIC LETTER MARK',
  8194: 'EN SPACE',
  8195: 'EM SPACE',
  8201: 'THIN SPACE',
  8203: 'ZERO WIDTH SPACE',
  8204: 'ZERO WIDTH NON-JOINER',
  8205: 'ZERO WIDTH JOINER',
  8206: 'LEFT-TO-RIGHT MARK',
  8207: 'RIGHT-TO-LEFT MARK',
  8208: 'HYPHEN',
  8209: 'NON-BREAKING HYPHEN',
  8211: 'EN DASH',
  8212: 'EM DASH',
  8213: 'HORIZONTAL BAR',
  8216: 'LEFT SINGLE QUOTATION MARK',
  8217: 'RIGHT SINGLE QUOTATION MARK',
  8218: 'SINGLE LOW-9 QUOTATION MARK',
  8219: 'SINGLE HIGH-REVERSED-9 QUOTATION MARK',
  8220: 'LEFT DOUBLE QUOTATION MARK',
  8221: 'RIGHT DOUBLE QUOTATION MARK',
  8222: 'DOUBLE LOW-9 QUOTATION MARK',
  8223: 'DOUBLE HIGH-REVERSED-9 QUOTATION MARK',
  8232: 'LINE SEPARATOR',
  8233: 'PARAGRAPH SEPARATOR',
  8234: 'LEFT-TO-RIGHT EMBEDDING',
  8235: 'RIGHT-TO-LEFT EMBEDDING',
  8236: 'POP DIRECTIONAL FORMATTING',
  8237: 'LEFT-TO-RIGHT OVERRIDE',
  8238: 'RIGHT-TO-LEFT OVERRIDE',
  8239: 'NARROW NO-BREAK SPACE',
  8288: 'WORD JOINER',
  8294: 'LEFT-TO-RIGHT ISOLATE',
  8295: 'RIGHT-TO-LEFT ISOLATE',
  8296: 'FIRST STRONG ISOLATE',
  8297: 'POP DIRECTIONAL ISOLATE',
  12288: 'IDEOGRAPHIC SPACE',
  65279: 'ZERO WIDTH NO-BREAK SPACE',
  65312: 'FULLWIDTH COMMERCIAL AT',
  65533: 'REPLACEMENT CHARACTER',
}

/** C0 without tab and line breaks, DEL, C1, and Unicode's own line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/u
/** Characters that reorder what a reader sees, without leaving a trace. */
export const bidiOverrides = /[\u202a-\u202e\u2066-\u2069]/u
/** Direction marks that right-to-left names legally carry, and blanks of no width. */
export const invisibles = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/u
export const typographicQuotes = /[\u2018-\u201f]/u
export const loneSurrogates = /\p{Surrogate}/u
export const lineBreaksAndTabs = /[\t\r\n]/

/** `U+2019 RIGHT SINGLE QUOTATION MARK`; without a name where Ferry knows none. */
export function nameCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const hex = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  const name = names[point] ?? (point > 127 && /\p{L}/u.test(character) ? character : '')
  return name === '' ? hex : `${hex} ${name}`
}

/** The different characters of `text` that match, each named, in the order they come in; four at most. */
export function nameCharacters(text: string, matching: RegExp): string {
  const found = new Set<string>()
  for (const character of text) if (matching.test(character)) found.add(character)
  const named = [...found].slice(0, 4).map(nameCharacter)
  return found.size > 4 ? `${named.join(', ')} and ${found.size - 4} more` : named.join(', ')
}

const hidden = [controls, bidiOverrides, invisibles, lineBreaksAndTabs, loneSurrogates]

/** Text as a person can see it: what has no picture of its own stands as its code point. */
export function visible(text: string): string {
  if (!hidden.some(kind => kind.test(text))) return text
  let shown = ''
  for (const character of text) {
    const unseen = hidden.some(kind => kind.test(character))
    shown += unseen ? `⟨${nameCharacter(character).split(' ')[0]}⟩` : character
  }
  return shown
}

/** Text as a database keeps it: PostgreSQL stores neither NUL nor half a surrogate pair. The findings say what stood there. */
export function keepable(text: string): string {
  if (!text.includes('\0') && !loneSurrogates.test(text)) return text
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd')
}
