import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import type { Entry, Line } from './entries'

const CHUNK_BYTES = 1 << 20
const MARK_EVERY = 256

/**
 * An append-only file of JSON lines. A line is in the operating system's hands before `append` returns, so a
 * killed service loses nothing that it had answered. A torn last line (killed while writing) is cut off on open.
 */
export class Journal {
  private readonly file: number
  private length = 0
  private lastSeq = 0
  /** Byte offsets of some lines, so that `since` does not read the file from its beginning. */
  private readonly marks: { seq: number; offset: number }[] = []

  /** Opens or creates the file and hands every whole line to `replay`, oldest first. */
  constructor(path: string, replay: (line: Line) => void) {
    const existed = existsSync(path)
    this.file = openSync(path, 'a+', 0o600)
    if (!existed) return
    const end = fstatSync(this.file).size
    for (const { text, offset, next } of this.lines(0, end)) {
      let line: Line
      try {
        line = JSON.parse(text) as Line
      } catch {
        break
      }
      this.mark(line.seq, offset)
      this.lastSeq = line.seq
      this.length = next
      replay(line)
    }
    if (this.length < end) ftruncateSync(this.file, this.length)
  }

  get seq(): number {
    return this.lastSeq
  }

  /** Writes the entries as one block and returns them numbered. */
  append(entries: Entry[]): Line[] {
    const at = new Date().toISOString()
    const lines = entries.map((entry, index) => ({ seq: this.lastSeq + index + 1, at, ...entry }))
    let offset = this.length
    const blocks = lines.map(line => Buffer.from(`${JSON.stringify(line)}\n`))
    const block = Buffer.concat(blocks)
    for (let written = 0; written < block.length; ) {
      written += writeSync(this.file, block, written, block.length - written)
    }
    for (const [index, line] of lines.entries()) {
      this.mark(line.seq, offset)
      offset += blocks[index]?.length ?? 0
    }
    this.length = offset
    this.lastSeq += lines.length
    return lines
  }

  /** The texts of the lines with a number above `since`, oldest first, in blocks. */
  *since(since: number): Generator<string> {
    let from = 0
    for (const mark of this.marks) {
      if (mark.seq > since + 1) break
      from = mark.offset
    }
    for (const { text } of this.lines(from, this.length)) {
      if ((JSON.parse(text) as Line).seq > since) yield text
    }
  }

  close(): void {
    closeSync(this.file)
  }

  private mark(seq: number, offset: number): void {
    if (seq % MARK_EVERY === 1) this.marks.push({ seq, offset })
  }

  private *lines(from: number, to: number): Generator<{ text: string; offset: number; next: number }> {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    let rest = Buffer.alloc(0)
    let restOffset = from
    for (let at = from; at < to; ) {
      const count = readSync(this.file, chunk, 0, Math.min(CHUNK_BYTES, to - at), at)
      if (count === 0) return
      at += count
      let block = Buffer.concat([rest, chunk.subarray(0, count)])
      for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10)) {
        const next = restOffset + end + 1
        yield { text: block.toString('utf8', 0, end), offset: restOffset, next }
        block = block.subarray(end + 1)
        restOffset = next
      }
      rest = Buffer.from(block)
    }
  }
}
