/** Reads and writes CSV text as the real cmdlets do. */

const isBlank = (c: string): boolean => c === ' ' || c === '\t'

/** Reads records one after another. */
export class CsvReader {
  private pos = 0

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
  ) {}

  get done(): boolean {
    return this.pos >= this.text.length
  }

  /** The rest of the line, when it begins with `start` in any case; else null. */
  lineStarting(start: string): string | null {
    const rest = this.text.slice(this.pos)
    if (!rest.toLowerCase().startsWith(start.toLowerCase())) return null
    const line = /^[^\r\n]*/.exec(rest)?.[0] ?? ''
    this.pos += line.length
    this.newline()
    return line
  }

  /** The cells of the next record. A cell is missing, not empty, after a delimiter at the very end. */
  record(): string[] {
    const cells: string[] = []
    let cell = ''
    let quoted = false
    while (!this.done) {
      const c = this.text[this.pos] ?? ''
      if (quoted) {
        this.pos++
        if (c !== '"') cell += c
        else if (this.text[this.pos] === '"') {
          cell += '"'
          this.pos++
        } else {
          quoted = false
          const rest = this.rest(true)
          cells.push(cell + rest.text)
          cell = ''
          if (rest.ends) break
        }
        continue
      }
      if (c === this.delimiter) {
        this.pos++
        cells.push(cell)
        cell = ''
      } else if (this.newline()) {
        cells.push(cell)
        cell = ''
        break
      } else if (isBlank(c) && cell === '') this.pos++
      else if (c === '"' && cell === '') {
        this.pos++
        quoted = true
      } else if (c === '"' || isBlank(c)) {
        this.pos++
        const rest = this.rest(isBlank(c))
        cells.push(cell + c + rest.text)
        cell = ''
        if (rest.ends) break
      } else {
        this.pos++
        cell += c
      }
    }
    if (cell !== '') cells.push(cell)
    return cells
  }

  /** What is left of a cell; nothing where only blanks are left and those do not count. */
  private rest(dropBlanks: boolean): { text: string; ends: boolean } {
    let text = ''
    let ends = true
    while (!this.done) {
      const c = this.text[this.pos] ?? ''
      if (c === this.delimiter) {
        this.pos++
        ends = false
        break
      }
      if (this.newline()) break
      text += c
      this.pos++
    }
    return { text: dropBlanks && text.trim() === '' ? '' : text, ends }
  }

  private newline(): boolean {
    const c = this.text[this.pos]
    if (c !== '\n' && c !== '\r') return false
    this.pos += c === '\r' && this.text[this.pos + 1] === '\n' ? 2 : 1
    return true
  }
}

export type Quotes = 'Always' | 'AsNeeded' | 'Never'

/** One cell; null is an empty cell without quotes. */
export function csvCell(text: string | null, delimiter: string, quotes: Quotes): string {
  if (text === null) return ''
  const needed =
    quotes === 'Always' || (quotes === 'AsNeeded' && (/["\n]/.test(text) || text.includes(delimiter)))
  return needed ? `"${text.replaceAll('"', '""')}"` : text
}
