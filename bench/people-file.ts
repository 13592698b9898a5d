import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** A tenant as it comes: mostly plain, with every kind of trouble now and then. */
function person(n: number): string {
  const address = `user.number${n}@contoso.example`
  const pool = 'sippoolxyz01.infra.lync.example'
  if (n % 50 === 7) return `"sip:${address}","Müller, Zoë ${n}","other${n}@contoso.example","${pool}"`
  if (n % 500 === 9)
    return `"sip:4d5c0bd1-7c9e-4a35-9a0b-${String(n).padStart(12, '0')}@contoso.example","","","${pool}"`
  if (n % 500 === 11) return `"sip:user.number${n - 1}@contoso.example","Twice ${n}","${address}","${pool}"`
  if (n % 500 === 13) return `"sip:*@contoso.example","Star","*@contoso.example","${pool}"`
  return `"sip:${address}","Number ${n}","${address}","${pool}"`
}

/** Writes a file of users as Export-Csv does, in pieces. */
export async function writePeopleFile(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(
    '#TYPE Selected.Microsoft.Rtc.Management\r\n"SipAddress","DisplayName","UserPrincipalName","RegistrarPool"\r\n',
  )
  for (let n = 0; n < rows; n += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, rows - n) }, (_, i) => person(n + i))
    if (!file.write(`${lines.join('\r\n')}\r\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
