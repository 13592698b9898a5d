import { readFileSync, writeFileSync } from 'node:fs'

/** The SIP addresses of a -UserList file: quoted or not, separated by commas or line breaks. Throws when it cannot be read. */
export function readUserList(path: string): string[] {
  return readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/[,\r\n]+/)
    .map(entry => entry.trim().replace(/^"(.*)"$/, '$1'))
    .filter(entry => entry !== '')
}

/** Writes what -Report asks for: one line a person with what became of the move. */
export function writeReport(path: string, target: unknown, people: string[], errors: string[]): void {
  const quoted = (text: unknown) => `"${String(text).replaceAll('"', '""')}"`
  const result = errors.length === 0 ? 'Success' : errors.join(' ')
  const lines = people.map(person => [person, target, result].map(quoted).join(','))
  writeFileSync(path, `${['"User","Target","Result"', ...lines].join('\r\n')}\r\n`)
}
