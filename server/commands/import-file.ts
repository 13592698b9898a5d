import type { Actor } from '@/domain/people/actor'
import { type ImportOutcome, type ImportProgress, judgeImport } from './judge-import'
import { type ImportInput, receiveImport } from './receive-import'

/** Takes a file in and judges it, in one go: for the command line, and for whoever wants to wait. */
export async function importFile(
  actor: Actor,
  input: ImportInput,
  onProgress?: (progress: ImportProgress) => void,
): Promise<ImportOutcome> {
  const { importId } = await receiveImport(actor, input)
  return judgeImport(actor, importId, onProgress)
}
