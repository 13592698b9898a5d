/** Sizes of a Hashtable's buckets, as the runtime picks them. */
const PRIMES = [
  3, 7, 11, 17, 23, 29, 37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431, 521, 631, 761, 919, 1103,
  1327, 1597, 1931, 2333, 2801, 3371, 4049, 4861, 5839, 7013, 8419, 10103, 12143, 14591, 17519, 21023, 25229,
  30293, 36353, 43627, 52361, 62851, 75431, 90523, 108631, 130363, 156437, 187751, 225307, 270371, 324449,
]
const LOAD = 0.72

const primeFrom = (least: number): number | null => PRIMES.find(prime => prime >= least) ?? null

/**
 * The order in which a Hashtable gives keys that are whole numbers of 32 bits: that of its buckets, from the last to the
 * first. The order of texts changes from process to process, so that there is none to follow. Null where this one is not known.
 * @param keys in the order in which they came
 * @param capacity what the table was made for
 */
export function bucketOrder(keys: number[], capacity: number): number[] | null {
  const raw = Math.trunc(capacity / LOAD)
  let size = capacity / LOAD > 3 ? primeFrom(raw) : 3
  if (size === null) return null
  let buckets: (number | undefined)[] = new Array(size)
  const place = (key: number) => {
    const seed = BigInt.asUintN(32, BigInt(key)) & 0x7fffffffn
    const step = 1n + (BigInt.asUintN(32, seed * 101n) % BigInt(buckets.length - 1))
    let at = Number(seed % BigInt(buckets.length))
    while (buckets[at] !== undefined) at = Number((BigInt(at) + step) % BigInt(buckets.length))
    buckets[at] = key
  }
  let count = 0
  for (const key of keys) {
    if (count >= Math.trunc(LOAD * buckets.length)) {
      size = primeFrom(buckets.length * 2)
      if (size === null) return null
      const held = buckets
      buckets = new Array(size)
      for (const one of held) if (one !== undefined) place(one)
    }
    place(key)
    count++
  }
  return buckets.filter(one => one !== undefined).reverse()
}
