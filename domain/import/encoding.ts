/** How a file’s bytes are read. `ascii` says the same under every other; `windows-1252` is always a guess. */
export const encodings = ['ascii', 'utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** Bytes looked at before anything is decoded; a smaller file is looked at whole. */
export const sniffedBytes = 1024 * 1024

export type Sniffed =
  | { readonly kind: 'text'; readonly encoding: Encoding; readonly guessed: boolean; readonly skip: number }
  | { readonly kind: 'binary'; readonly what: string }

const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an Excel workbook or another zip archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)'],
  [[0x4d, 0x5a, 0x90], 'a program'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
  [[0xff, 0xfe, 0x00, 0x00], 'text in UTF-32'],
  [[0x00, 0x00, 0xfe, 0xff], 'text in UTF-32'],
]

/** Tells from a file's first bytes how to read it. A stray NUL in text is left to its row; many make the file binary. */
export function sniff(bytes: Uint8Array): Sniffed {
  const known = signatures.find(([signature]) => signature.every((byte, index) => bytes[index] === byte))
  if (known) return { kind: 'binary', what: known[1] }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return text('utf-16le', false, 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return text('utf-16be', false, 2)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return text('utf-8-bom', false, 3)
  const wide = wideWithoutMark(bytes)
  if (wide) return text(wide, true, 0)
  if (looksBinary(bytes)) return { kind: 'binary', what: 'binary data' }
  if (isAscii(bytes)) return text('ascii', false, 0)
  return validUtf8(bytes) ? text('utf-8', false, 0) : text('windows-1252', true, 0)
}

/**
 * Turns bytes into text piece by piece. What began as ASCII becomes UTF-8 or Windows-1252 with the first other byte;
 * until then all three say the same, so nothing read before is wrong.
 */
export class TextReader {
  encoding: Encoding
  /** Bytes that are not what the encoding promises, or a U+FFFD that somebody wrote before. */
  unreadable = false
  #skip: number
  #decoder: TextDecoder

  constructor(sniffed: { readonly encoding: Encoding; readonly skip: number }) {
    this.encoding = sniffed.encoding
    this.#skip = sniffed.skip
    this.#decoder = decoderOf(sniffed.encoding)
  }

  read(chunk: Uint8Array): string {
    const bytes = this.#skip > 0 ? chunk.subarray(this.#skip) : chunk
    this.#skip = Math.max(0, this.#skip - chunk.length)
    if (this.encoding === 'ascii' && !isAscii(bytes)) {
      this.encoding = validUtf8(bytes) ? 'utf-8' : 'windows-1252'
      this.#decoder = decoderOf(this.encoding)
    }
    return this.#checked(this.#decoder.decode(bytes, { stream: true }))
  }

  /** What was still waiting for its other half at the end of the file. */
  end(): string {
    return this.#checked(this.#decoder.decode())
  }

  #checked(decoded: string): string {
    if (decoded.includes('\ufffd')) this.unreadable = true
    return this.encoding === 'windows-1252' ? decoded.replace(c1, toWindows1252) : decoded
  }
}

/** Windows-1252 where Latin-1 has C1 controls; some Node versions decode one as the other. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const c1 = /[\u0080-\u009f]/g
const toWindows1252 = (character: string) => windows1252[character.charCodeAt(0) - 0x80] ?? character

function decoderOf(encoding: Encoding): TextDecoder {
  const label = encoding === 'utf-8-bom' || encoding === 'ascii' ? 'utf-8' : encoding
  return new TextDecoder(label, { ignoreBOM: true })
}

function text(encoding: Encoding, guessed: boolean, skip: number): Sniffed {
  return { kind: 'text', encoding, guessed, skip }
}

/** UTF-16 without a mark: the header is ASCII letters, so every other byte at the beginning is NUL. */
function wideWithoutMark(bytes: Uint8Array): Encoding | null {
  const pairs = Math.min(bytes.length >> 1, 256)
  if (pairs < 4) return null
  let highFirst = 0
  let highSecond = 0
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0 && bytes[2 * i + 1] !== 0) highFirst++
    if (bytes[2 * i] !== 0 && bytes[2 * i + 1] === 0) highSecond++
  }
  if (highSecond > 0.7 * pairs && highFirst < 0.05 * pairs) return 'utf-16le'
  if (highFirst > 0.7 * pairs && highSecond < 0.05 * pairs) return 'utf-16be'
  return null
}

function looksBinary(bytes: Uint8Array): boolean {
  const looked = Math.min(bytes.length, 65_536)
  let odd = 0
  for (let i = 0; i < looked; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) odd++
  }
  return odd > 8 && odd > looked * 0.01
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 127) return false
  return true
}

/** True where all is valid UTF-8; a sequence cut off by the end of the piece is no fault of it. */
function validUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
