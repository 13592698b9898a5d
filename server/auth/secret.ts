import { createHash, randomBytes } from 'node:crypto'

/** Something nobody can guess: 256 random bits as text that fits an address and a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a secret: enough to know it again, nothing to use it with. SHA-256 in hex. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
