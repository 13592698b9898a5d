/** A script's text, its file (null for typed input), and the way from offsets to lines. */
export class SourceText {
  private starts: number[] | null = null

  constructor(
    readonly text: string,
    readonly file: string | null = null,
  ) {}

  /** Line and column, both from 1. */
  place(offset: number): { line: number; column: number } {
    const starts = this.lineStarts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }

  /** The text of a line, counted from 1, without its end. */
  line(number: number): string {
    return this.wholeLine(number).replace(/[\r\n]+$/, '')
  }

  /** A line with what ends it. */
  wholeLine(number: number): string {
    const starts = this.lineStarts()
    const from = starts[number - 1] ?? this.text.length
    const to = starts[number] ?? this.text.length
    return this.text.slice(from, to)
  }

  private lineStarts(): number[] {
    if (this.starts) return this.starts
    const starts = [0]
    for (let i = 0; i < this.text.length; i++) {
      const c = this.text[i]
      if (c === '\n' || (c === '\r' && this.text[i + 1] !== '\n')) starts.push(i + 1)
    }
    this.starts = starts
    return starts
  }
}
