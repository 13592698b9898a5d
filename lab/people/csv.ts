import { parse } from 'csv-parse/sync'
import type { LabPerson } from './people'

/** The pool that the cloud shows for people homed there. */
const CLOUD_POOL = 'sippooldb41e04.infra.lync.example'

/** People as `Get-CsOnlineUser | Select-Object … | Export-Csv -NoTypeInformation` writes them on Windows. */
export function exportCsv(people: LabPerson[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = people.map(({ sipAddress, displayName, userPrincipalName }) =>
    [sipAddress, displayName, userPrincipalName, CLOUD_POOL].map(quoted).join(','),
  )
  return `${['"SipAddress","DisplayName","UserPrincipalName","RegistrarPool"', ...rows].join('\r\n')}\r\n`
}

/**
 * The people of a CSV file (UTF-8 or UTF-16 with a byte order mark; comma, semicolon or tab; header in any case).
 * Rows without an address that a person could have are counted in `leftOut`. Throws when there is no SipAddress or
 * UserPrincipalName column.
 */
export function readPeople(bytes: Buffer): { people: LabPerson[]; leftOut: number } {
  const text = decode(bytes).replace(/^#TYPE[^\n]*\n/, '')
  const header = text.slice(0, text.indexOf('\n'))
  const delimiter = [',', ';', '\t'].find(mark => header.includes(mark)) ?? ','
  const rows = parse(text, {
    columns: names => (names as string[]).map(name => name.trim().toLowerCase()),
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as Record<string, string>[]
  const [first] = rows
  if (first && !('sipaddress' in first) && !('userprincipalname' in first)) {
    throw new Error('The file has neither a SipAddress nor a UserPrincipalName column.')
  }
  const people = rows.flatMap(row => personOf(row) ?? [])
  return { people, leftOut: rows.length - people.length }
}

function personOf(row: Record<string, string>): LabPerson | null {
  const address = (row.sipaddress ?? '').trim().replace(/^sip:/i, '')
  const userPrincipalName = (row.userprincipalname ?? '').trim() || address
  const sip = 'sipaddress' in row ? address : userPrincipalName
  if (![sip, userPrincipalName].every(isAddress)) return null
  return {
    userPrincipalName,
    sipAddress: `sip:${sip}`,
    displayName: (row.displayname ?? '').trim(),
    standing: 'born-online',
  }
}

/** An empty SIP cell, wildcards, blanks and deleted accounts (a GUID for a name) are nobody. */
function isAddress(text: string): boolean {
  return /^[^\s@*?:]+@[^\s@*?:]+$/.test(text) && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@/i.test(text)
}

function decode(bytes: Buffer): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
