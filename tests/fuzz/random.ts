/** Numbers that look random and are the same for the same seed, on every machine (mulberry32 over an FNV-1a hash). */
export class Random {
  #state: number

  constructor(seed: string) {
    this.#state = 0x811c9dc5
    for (const character of seed) {
      this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x01000193)
    }
  }

  /** From 0 up to, and without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of the list. @throws RangeError when the list is empty. */
  pick<T>(list: readonly T[]): T {
    const index = this.below(list.length)
    if (index >= list.length) throw new RangeError('There is nothing to pick from.')
    return list[index] as T
  }

  /** `from` to `to` of them, joined. */
  some(parts: readonly string[], from: number, to: number, between = ''): string {
    const count = from + this.below(to - from + 1)
    return Array.from({ length: count }, () => this.pick(parts)).join(between)
  }
}
