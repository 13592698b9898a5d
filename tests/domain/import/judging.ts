import { readFileSync } from 'node:fs'
import { type JudgeEvent, type JudgeOptions, judgeCsv } from '@/domain/import/judge-csv'
import type { JudgedRow } from '@/domain/import/row'

export type Judged = {
  rows: JudgedRow[]
  file: Extract<JudgeEvent, { kind: 'file' }> | null
  end: Extract<JudgeEvent, { kind: 'done' | 'refused' }> | null
}

/** Judges bytes as they might come over a network: in pieces of `piece` bytes. */
export async function judge(
  content: string | Uint8Array,
  options: JudgeOptions & { piece?: number } = {},
): Promise<Judged> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const judged: Judged = { rows: [], file: null, end: null }
  for await (const event of judgeCsv(inPieces(bytes, options.piece ?? 65_536), options)) {
    if (event.kind === 'rows') judged.rows.push(...event.rows)
    else if (event.kind === 'file') judged.file = event
    else judged.end = event
  }
  return judged
}

export function sample(name: string): Uint8Array {
  return readFileSync(new URL(`../../samples/csv/${name}.csv`, import.meta.url))
}

/** `verdict code,code` per row, in the file's order. */
export function summary(rows: readonly JudgedRow[]): string[] {
  return rows.map(({ verdict, findings }) =>
    `${verdict} ${findings.map(({ code }) => code).join(',')}`.trim(),
  )
}

/** One row's judgement: `cells` under SipAddress, UserPrincipalName, DisplayName, TargetPool. */
export async function judgeOne(cells: {
  sip: string
  upn?: string
  name?: string
  pool?: string
}): Promise<JudgedRow> {
  const quoted = [
    cells.sip,
    cells.upn ?? cells.sip.replace(/^sip:/, ''),
    cells.name ?? 'Adele Vance',
    cells.pool ?? '',
  ]
    .map(cell => `"${cell.replaceAll('"', '""')}"`)
    .join(',')
  const { rows, end } = await judge(`SipAddress,UserPrincipalName,DisplayName,TargetPool\r\n${quoted}\r\n`)
  const row = rows[0]
  if (rows.length !== 1 || row === undefined) throw new Error(`one row expected: ${JSON.stringify(end)}`)
  return row
}

export function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
