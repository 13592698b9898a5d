import type { Signature } from '@/domain/failures/signature'
import { db } from '@/server/store/client'
import { direct } from '@/server/store/direct'
import { signaturesInUse, signaturesStamp } from '@/server/store/failure-signatures'

let known: readonly Signature[] = []
let stamp = ''

/** Operators' descriptions of errors, as they stood when this process last took on work. */
export const knownSignatures = (): readonly Signature[] => known

/** Reads them anew where they changed: before each piece of work, so that a new one counts from the next attempt on. */
export async function readSignatures(): Promise<void> {
  const now = await signaturesStamp(direct())
  if (now === stamp) return
  known = await signaturesInUse(db())
  stamp = now
}
