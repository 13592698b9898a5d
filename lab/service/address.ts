import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a lab answers, as `lab.json` in its folder says it (readable by its owner alone). */
export type LabAddress = { url: string; key: string; pid: number }

/** The address last written in this folder; null when there is none. */
export function readAddress(directory: string): LabAddress | null {
  const path = join(directory, 'lab.json')
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LabAddress
  } catch {
    return null
  }
}

export function writeAddress(directory: string, address: LabAddress): void {
  const path = join(directory, 'lab.json')
  writeFileSync(`${path}.new`, `${JSON.stringify(address)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Takes the process id out of the address and leaves the port, so that the next start answers at the same one. */
export function retireAddress(directory: string): void {
  const address = readAddress(directory)
  if (address?.pid === process.pid) writeAddress(directory, { ...address, pid: 0 })
}

/** The key given, else the one in `lab.key`, which is made on the first start. */
export function labKey(directory: string, given: string | null): string {
  if (given) return given
  const path = join(directory, 'lab.key')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const key = randomBytes(24).toString('base64url')
  writeFileSync(path, `${key}\n`, { mode: 0o600 })
  return key
}

/** True when a lab with that address answers. */
export async function answers(address: LabAddress): Promise<boolean> {
  try {
    const response = await fetch(`${address.url}/health`, {
      headers: { 'x-lab-key': address.key },
      signal: AbortSignal.timeout(1500),
    })
    return response.ok
  } catch {
    return false
  }
}
