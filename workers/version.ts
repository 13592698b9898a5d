import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** This Ferry's version, as package.json has it. */
export function version(root: string): string {
  const file = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version?: string }
  return file.version ?? '0.0.0'
}
