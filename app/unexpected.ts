import 'server-only'
import { randomBytes } from 'node:crypto'
import type { FormResult } from '@/components/forms/form-result'

/** An error nobody foresaw: logged under a reference, which the person can quote. */
export function unexpected(error: unknown): FormResult {
  const reference = randomBytes(4).toString('hex')
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  console.error(JSON.stringify({ level: 'error', reference, error: text }))
  return {
    ok: false,
    message: 'Something went wrong inside Ferry.',
    remedy: 'Try once more; if it happens again, quote the reference to whoever keeps Ferry.',
    reference,
  }
}
