import type { Signature } from '@/domain/failures/signature'
import { db } from '@/server/store/client'
import { signaturesInUse } from '@/server/store/failure-signatures'

let known: readonly Signature[] = []

/** Operators' descriptions of errors, as they stood when this process last took on work. */
export const knownSignatures = (): readonly Signature[] => known

/** Reads them anew: before each piece of work, so that a new one counts from the next attempt on. */
export async function readSignatures(): Promise<void> {
  known = await signaturesInUse(db())
}
