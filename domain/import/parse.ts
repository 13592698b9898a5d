import { parse } from 'csv-parse'
import type { Delimiter } from './header'
import { importLimits } from './limits'
import type { RowInput } from './row'

export type ParseProblem = { readonly kind: 'quote' | 'long'; readonly row: number; readonly line: number }

/**
 * Cuts text into rows, piece by piece. A quotation mark in the middle of a cell is text; one that opens a cell and never
 * closes is a problem that ends the file, since nobody can tell where its rows begin.
 */
export class RowParser {
  emptyLines = 0
  problem: ParseProblem | null = null
  readonly #parser
  #rows: RowInput[] = []
  #count = 0
  #nextLine: number
  #endsInBreak = false

  /** @param firstLine the file's line that the rows begin in, from 1 */
  constructor(delimiter: Delimiter, firstLine: number) {
    this.#nextLine = firstLine
    this.#parser = parse({
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: importLimits.rowCharacters,
      on_record: (cells: string[], info) => {
        // The parser's own count of lines takes CR LF inside quotation marks for two.
        const line = this.#nextLine + info.empty_lines - this.emptyLines
        this.emptyLines = info.empty_lines
        this.#nextLine = cells.reduce((next, cell) => next + lineBreaks(cell), line + 1)
        this.#rows.push({ row: ++this.#count, line, cells })
        return null
      },
    })
    this.#parser.on('error', error => {
      const code = 'code' in error ? error.code : undefined
      if (code !== 'CSV_QUOTE_NOT_CLOSED' && code !== 'CSV_MAX_RECORD_SIZE') throw error
      const kind = code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote' : 'long'
      this.problem = { kind, row: this.#count + 1, line: this.#nextLine }
    })
    this.#parser.resume()
  }

  /** The rows that `text` completes. The parser hands them over before `write` returns, since none leaves by its stream. */
  async read(text: string): Promise<RowInput[]> {
    if (text !== '' && this.problem === null) {
      this.#endsInBreak = text.endsWith('\n') || text.endsWith('\r')
      await this.#turn(done => this.#parser.write(text, () => done()))
    }
    return this.#take()
  }

  async end(): Promise<RowInput[]> {
    if (this.problem === null) {
      await this.#turn(done => {
        this.#parser.once('end', done)
        this.#parser.end()
      })
    }
    // The parser counts what follows the last line break as an empty line; it is the end of the file.
    this.emptyLines = this.#parser.info.empty_lines - (this.#endsInBreak ? 1 : 0)
    return this.#take()
  }

  close(): void {
    this.#parser.destroy()
  }

  #take(): RowInput[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #turn(start: (done: () => void) => void): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.#parser.off('error', done)
        resolve()
      }
      this.#parser.once('error', done)
      start(done)
    })
  }
}

function lineBreaks(cell: string): number {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0
  return cell.match(/\r\n|\r|\n/g)?.length ?? 0
}
