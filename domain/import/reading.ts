import { Claims } from './claims'
import { type Encoding, TextReader } from './encoding'
import { fileFindings, problemFinding } from './file-findings'
import type { FileFinding } from './finding'
import { type Column, type Delimiter, type Header, readHeader, splitHeader } from './header'
import { importLimits } from './limits'
import { type KnownItems, withOpenItem } from './open-item'
import { RowParser } from './parse'
import { type JudgedRow, judgeRow, type RowInput } from './row'

/** What a file turned out to be, known as soon as its header is read. */
export type FileFacts = {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  readonly columns: readonly Column[]
  readonly typeLine: string | null
}

/** One file being read: text first gathers until the header is whole, then goes to the row parser. */
export class Reading {
  refusal: FileFinding | null = null
  /** Set in the turn in which the header was read. */
  fresh: FileFacts | null = null
  readonly #text: TextReader
  #head = ''
  #header: Header | null = null
  #parser: RowParser | null = null
  #claims: Claims | null = null
  #lostLetters = 0

  constructor(sniffed: { readonly encoding: Encoding; readonly skip: number }) {
    this.#text = new TextReader(sniffed)
  }

  get encoding(): Encoding {
    return this.#text.encoding
  }

  async read(chunk: Uint8Array, ended: boolean): Promise<RowInput[]> {
    let text = this.#text.read(chunk) + (ended ? this.#text.end() : '')
    this.fresh = null
    if (this.#parser === null) {
      this.#head += text
      text = this.#readHead(ended)
    }
    const parser = this.#parser
    if (parser === null) return []
    const rows = await parser.read(text)
    if (ended) rows.push(...(await parser.end()))
    if (parser.problem) this.refusal = problemFinding(parser.problem)
    return rows
  }

  async judge(rows: readonly RowInput[], known: KnownItems | undefined): Promise<JudgedRow[]> {
    const header = this.#header
    const claims = this.#claims
    if (header === null || claims === null) return []
    const context = { columns: header.columns, guessedEncoding: this.#text.encoding === 'windows-1252' }
    const judged = rows.map(row => judgeRow(row, context))
    const identities = judged.flatMap(row => (row.identity === null ? [] : [row.identity]))
    const open = identities.length > 0 ? await known?.(identities) : undefined
    return judged.map(row => {
      if (row.findings.some(({ code }) => code === 'lost-letters')) this.#lostLetters++
      const item = row.identity === null ? undefined : open?.get(row.identity)
      return claims.claim(item ? withOpenItem(row, item, header.columns) : row)
    })
  }

  findings(guessed: boolean, rowsRead: number): FileFinding[] {
    const header = this.#header
    if (header === null) return []
    return fileFindings({
      header,
      guessed,
      rowsRead,
      encoding: this.#text.encoding,
      unreadable: this.#text.unreadable,
      lostLetters: this.#lostLetters,
      emptyLines: this.#parser?.emptyLines ?? 0,
    })
  }

  close(): void {
    this.#parser?.close()
  }

  #readHead(ended: boolean): string {
    const split = splitHeader(this.#head, ended)
    if (split === null) {
      if (this.#head.length > importLimits.rowCharacters) {
        this.refusal = problemFinding({ kind: 'long', row: 0, line: 1 })
      }
      return ''
    }
    const { header, refusal } = readHeader(split)
    this.refusal = refusal
    this.#head = ''
    if (header === null) return ''
    this.#header = header
    this.#claims = new Claims(header.columns)
    this.#parser = new RowParser(header.delimiter, header.lines + 1)
    this.fresh = {
      encoding: this.#text.encoding,
      delimiter: header.delimiter,
      columns: header.columns,
      typeLine: header.typeLine,
    }
    return split.rest
  }
}
