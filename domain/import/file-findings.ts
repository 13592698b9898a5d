import type { Encoding } from './encoding'
import { type FileFinding, fileFinding } from './finding'
import type { Header } from './header'
import type { ParseProblem } from './parse'

export function fileFindings(seen: {
  header: Header
  guessed: boolean
  rowsRead: number
  encoding: Encoding
  unreadable: boolean
  lostLetters: number
  emptyLines: number
}): FileFinding[] {
  const { header, encoding } = seen
  const findings: FileFinding[] = []
  const has = (role: string) => header.columns.find(column => column.role === role)
  if (encoding === 'windows-1252') {
    findings.push(
      fileFinding(
        'windows-1252',
        'The file is neither UTF-8 nor UTF-16. Its letters are read as Windows-1252.',
      ),
    )
  }
  if (seen.guessed && encoding.startsWith('utf-16')) {
    findings.push(fileFinding('utf-16-guessed', 'The file is UTF-16 and does not say so at its beginning.'))
  }
  if (seen.unreadable) {
    findings.push(
      fileFinding('unreadable-characters', 'Some characters could not be read; � stands in their place.'),
    )
  }
  if (seen.lostLetters > 0) {
    const who = seen.lostLetters === 1 ? 'One name has' : `${seen.lostLetters} names have`
    findings.push(fileFinding('ascii-lost-letters', `${who} a ? where a letter probably was.`))
  }
  if (!has('UserPrincipalName')) {
    findings.push(
      fileFinding(
        'upn-assumed',
        'For everybody in the file, Ferry takes the SIP address without sip: as the user principal name. That is assumed, not checked.',
      ),
    )
  }
  const pool = has('RegistrarPool')
  if (pool && !has('TargetPool')) {
    findings.push(
      fileFinding('pool-is-evidence', `The column ${pool.name} says where people are, not where they go.`),
    )
  }
  const extra = header.columns.filter(column => column.role === null).map(column => column.name)
  if (extra.length > 0) findings.push(fileFinding('extra-columns', `Not used: ${extra.join(', ')}.`))
  if (header.typeLine) {
    findings.push(fileFinding('type-line', 'The #TYPE line above the header is passed over.'))
  }
  if (seen.emptyLines > 0) {
    const lines = seen.emptyLines === 1 ? 'One empty line is' : `${seen.emptyLines} empty lines are`
    findings.push(fileFinding('empty-lines', `${lines} passed over.`))
  }
  return findings
}

export function problemFinding({ kind, row, line }: ParseProblem): FileFinding {
  const where = row === 0 ? 'The header line' : `Row ${row}, which begins in line ${line},`
  return kind === 'quote'
    ? fileFinding('quote-never-closed', `${where} opens a quotation mark that nothing closes.`)
    : fileFinding('row-too-long', `${where} is longer than a million characters.`)
}

export function tooLarge(limit: number): FileFinding {
  const megabytes = Math.round(limit / 1024 / 1024)
  return fileFinding('too-large', `The file has more than ${megabytes} MB. Ferry stopped reading there.`)
}

export function tooManyRows(limit: number): FileFinding {
  return fileFinding('too-many-rows', `The file has more than ${limit} rows. Ferry stopped reading there.`)
}
