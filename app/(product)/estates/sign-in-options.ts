import { signInKinds, signInWord } from '@/domain/credentials/sign-in'
import { sentenceCase } from '@/domain/wording/sentence'

/** The kinds of sign-in as a choice in a form. */
export const signInOptions = signInKinds.map(value => ({ value, label: sentenceCase(signInWord(value)) }))
