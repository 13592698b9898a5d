import 'server-only'
import { refresh } from 'next/cache'
import type { FormResult } from '@/components/forms/form-result'
import type { Actor } from '@/domain/people/actor'
import { currentActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { unexpected } from './unexpected'

type SignedIn = Extract<Actor, { kind: 'person' }>

/**
 * Runs a command for whoever is signed in and says in a form's words what came of it. A refusal is its own sentence; anything
 * unexpected is logged under a reference that the person can quote. The page is drawn anew afterwards, also after a
 * refusal: what stood on it was out of date.
 */
export async function actAs(run: (actor: SignedIn) => Promise<string>): Promise<FormResult> {
  const actor = await currentActor()
  if (!actor)
    return { ok: false, message: 'Your session has ended, so nothing was done.', remedy: 'Sign in again.' }
  try {
    const message = await run(actor)
    refresh()
    return { ok: true, message }
  } catch (error) {
    if (error instanceof Refused) {
      refresh()
      return {
        ok: false,
        message: error.message,
        ...(error.details.length > 0 ? { remedy: `${error.details.join('. ')}.` } : {}),
      }
    }
    return unexpected(error)
  }
}

/** A text field of a form; empty when it is missing. */
export function field(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
