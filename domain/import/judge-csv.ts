import { type Encoding, type Sniffed, sniff, sniffedBytes } from './encoding'
import { tooLarge, tooManyRows } from './file-findings'
import { type FileFinding, fileFinding } from './finding'
import { type ImportLimits, importLimits } from './limits'
import type { KnownItems } from './open-item'
import { type FileFacts, Reading } from './reading'
import type { JudgedRow } from './row'
import type { VerdictTotals } from './verdicts'

export type JudgeOptions = {
  /** For identities (lower-case addresses without `sip:`): which of them are in an open batch of the estate. */
  readonly known?: KnownItems
  readonly limits?: Partial<ImportLimits>
}

/**
 * `file` once, as soon as the header is read; `rows` in the order of the file, at most {@link rowsTogether} at a time;
 * then one end: `done`, or `refused`, after which nothing of what came before counts.
 * `bytes` is how much of the file has been read so far.
 */
export type JudgeEvent =
  | { readonly kind: 'file'; readonly file: FileFacts }
  | { readonly kind: 'rows'; readonly rows: readonly JudgedRow[]; readonly bytes: number }
  | {
      readonly kind: 'done'
      readonly totals: VerdictTotals
      readonly encoding: Encoding
      readonly findings: readonly FileFinding[]
      readonly bytes: number
    }
  | { readonly kind: 'refused'; readonly finding: FileFinding; readonly bytes: number }

export const rowsTogether = 1_000

/**
 * Reads a CSV as administrators bring it and judges every row. Memory stays bounded: beside the rows at hand only the
 * addresses seen are kept. Reads no further than the limits.
 */
export async function* judgeCsv(
  source: AsyncIterable<Uint8Array>,
  options: JudgeOptions = {},
): AsyncGenerator<JudgeEvent, void, undefined> {
  const limits = { ...importLimits, ...options.limits }
  const tally = { rowsRead: 0, ready: 0, flagged: 0, refused: 0, left_out: 0 }
  let bytes = 0
  let reading: Reading | null = null
  let sniffed: Extract<Sniffed, { kind: 'text' }> | null = null
  const refused = (finding: FileFinding): JudgeEvent => ({ kind: 'refused', finding, bytes })

  try {
    for await (const { chunk, ended } of inPieces(source)) {
      bytes += chunk.length
      if (bytes > limits.bytes) return yield refused(tooLarge(limits.bytes))
      if (sniffed === null) {
        if (chunk.length === 0) return yield refused(fileFinding('empty-file', 'The file has 0 bytes.'))
        const seen = sniff(chunk)
        if (seen.kind === 'binary') {
          return yield refused(fileFinding('binary-file', `The file is ${seen.what}, not CSV.`))
        }
        sniffed = seen
        reading = new Reading(sniffed)
      }
      if (reading === null) return
      const rows = await reading.read(chunk, ended)
      if (reading.refusal) return yield refused(reading.refusal)
      if (reading.fresh) yield { kind: 'file', file: reading.fresh }
      if (tally.rowsRead + rows.length > limits.rows) {
        return yield refused(tooManyRows(limits.rows))
      }
      for (let at = 0; at < rows.length; at += rowsTogether) {
        const judged = await reading.judge(rows.slice(at, at + rowsTogether), options.known)
        for (const { verdict } of judged) {
          tally.rowsRead++
          tally[verdict]++
        }
        yield { kind: 'rows', rows: judged, bytes }
      }
    }
    if (reading === null || sniffed === null) return
    if (tally.rowsRead === 0) {
      return yield refused(fileFinding('header-only', 'The file has a header and no rows.'))
    }
    const findings = reading.findings(sniffed.guessed, tally.rowsRead)
    yield { kind: 'done', totals: { ...tally }, encoding: reading.encoding, findings, bytes }
  } finally {
    reading?.close()
  }
}

/** The first piece is as long as sniffing wants it, the others as they come; the last one is marked, and may be empty. */
async function* inPieces(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ chunk: Uint8Array; ended: boolean }> {
  let waiting: Uint8Array[] = []
  let length = 0
  let sniffing = true
  for await (const chunk of source) {
    if (!sniffing) {
      yield { chunk, ended: false }
      continue
    }
    waiting.push(chunk)
    length += chunk.length
    if (length < sniffedBytes) continue
    yield { chunk: joined(waiting, length), ended: false }
    waiting = []
    sniffing = false
  }
  yield { chunk: sniffing ? joined(waiting, length) : new Uint8Array(), ended: true }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
