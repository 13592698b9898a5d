import { createHash } from 'node:crypto'

/**
 * A number in [0, 1) that depends on nothing but its arguments. Two runs that ask the same things get the same
 * numbers, in whatever order the calls arrive.
 */
export function seeded(seed: number, ...parts: (string | number)[]): number {
  const digest = createHash('sha256')
    .update(`${seed}\u0000${parts.join('\u0000')}`)
    .digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}
