import { canonicalText, sha256 } from './canonical'

/** The chain of everything that belongs to no batch. A batch's chain has the batch's id. */
export const instanceChain = 'instance'

/** What a chain's first event names as its previous hash. */
export const genesisHash = '0'.repeat(64)

/** One ledger row without its hashes; times are ISO 8601 in UTC with milliseconds. */
export type LedgerBody = {
  chain: string
  seq: number
  type: string
  version: number
  at: string
  actor: { kind: string; id: string | null; name: string; via: string }
  batchId: string | null
  waveId: string | null
  itemId: string | null
  data: unknown
}

/** The row as stored: canonical RFC 8785 text (previous hash included) and the SHA-256 of that text. */
export function link(body: LedgerBody, previousHash: string): { canonical: string; hash: string } {
  const canonical = canonicalText({ ...body, previousHash })
  return { canonical, hash: sha256(canonical) }
}

/**
 * The parts of a row's canonical text that are known before its place in the chain is, in the order of their keys: `who`,
 * the time, `about`, the previous hash, the number, `kind`. Each is what stands between the braces of its own text.
 */
export type UnlinkedText = { who: string; about: string; kind: string }

export function unlinkedText(body: Omit<LedgerBody, 'seq' | 'at'>): UnlinkedText {
  const { actor, batchId, chain, data, itemId, type, version, waveId } = body
  const inside = (part: object): string => canonicalText(part).slice(1, -1)
  return {
    who: inside({ actor }),
    about: inside({ batchId, chain, data, itemId }),
    kind: inside({ type, version, waveId }),
  }
}

export type StoredRow = LedgerBody & { canonical: string; previousHash: string; hash: string }

/**
 * What is wrong with a row that should follow `previous` in its chain; empty when nothing is. Columns are compared
 * with the canonical text, so an edit of either shows. A tail that was cut off cannot be seen from inside a chain:
 * that takes a head exported earlier.
 */
export function faultsOf(row: StoredRow, previous: { seq: number; hash: string }): string[] {
  const faults: string[] = []
  if (row.seq !== previous.seq + 1)
    faults.push(`sequence ${row.seq} follows ${previous.seq}: rows are missing or doubled`)
  if (row.previousHash !== previous.hash) faults.push('does not link to the row before it')
  if (sha256(row.canonical) !== row.hash)
    faults.push('its canonical text no longer has the hash that was recorded')
  const { canonical: _canonical, hash: _hash, previousHash, ...body } = row
  if (canonicalText({ ...body, previousHash }) !== row.canonical)
    faults.push('its columns no longer say what its canonical text says')
  return faults
}
