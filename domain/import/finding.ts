import { type FileCode, fileCodes, type RowCode, rowCodes } from './catalogue'
import { keepable } from './characters'
import type { Severity } from './verdicts'

/** One thing said about one row. `column` is the file's own name of the column; null where the whole row is meant. */
export type RowFinding = {
  readonly row: number
  readonly column: string | null
  readonly value: string | null
  readonly code: RowCode
  readonly severity: Severity
  readonly reason: string
  readonly remedy: string
}

/** One thing said about the file as a whole. */
export type FileFinding = {
  readonly code: FileCode
  readonly severity: Severity
  readonly reason: string
  readonly remedy: string
}

const shownCharacters = 300

/** `value` is cut to what a screen can show; the whole cell stays in the row. */
export function rowFinding(
  code: RowCode,
  at: { row: number; column: string | null; value?: string | null },
  reason: string,
): RowFinding {
  const { severity, remedy } = rowCodes[code]
  const value = at.value === undefined || at.value === null ? null : shorten(keepable(at.value))
  return { row: at.row, column: at.column, value, code, severity, reason, remedy }
}

export function fileFinding(code: FileCode, reason: string): FileFinding {
  const { severity, remedy } = fileCodes[code]
  return { code, severity, reason, remedy }
}

function shorten(value: string): string {
  return value.length <= shownCharacters ? value : `${keepable(value.slice(0, shownCharacters))}…`
}
