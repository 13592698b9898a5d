import { isSignInKind, signInKinds, signInWord } from '@/domain/credentials/sign-in'
import type { Command } from '../command'
import { Misuse } from '../given'
import { answer } from '../say'
import { tokenActor } from '../token-actor'

export const setSignIn: Command = {
  does: 'Sets how sessions sign in with a credential before their first work',
  acts: 'person',
  options: {
    estate: { value: 'ID', required: true, does: 'the estate' },
    credential: { value: 'NAME', required: true, does: 'its credential' },
    kind: { value: signInKinds.join('|'), required: true, does: 'how' },
    'estate-name': { value: 'NAME', does: 'typed, on a LIVE estate that is switched on' },
    reason: { value: 'TEXT', required: true, does: 'why' },
  },
  async run(given) {
    const kind = given.text('kind')
    if (!isSignInKind(kind)) throw new Misuse(`--kind takes ${signInKinds.join(' or ')}.`)
    const name = given.text('credential')
    const typed = given.maybe('estate-name')
    const actor = await tokenActor()
    const { editEstate } = await import('@/server/commands/edit-estate')
    const { changed } = await editEstate(actor, {
      estateId: given.text('estate'),
      settings: { signIn: { [name]: kind } },
      reason: given.text('reason'),
      ...(typed === undefined ? {} : { estateName: typed }),
    })
    answer(
      changed.length === 0
        ? `It was so already: ${name}, ${signInWord(kind)}.`
        : `${name}: ${signInWord(kind)}, from the next session on.`,
    )
    return 0
  },
}
