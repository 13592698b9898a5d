import { type May, no, yes } from '../lifecycle/transitions'

export const MAX_NAME_LENGTH = 100
export const MAX_EMAIL_LENGTH = 254

/** As it is stored and compared: without spaces around it, in lower case. */
export const emailKey = (email: string): string => email.trim().toLowerCase()

/** Whether somebody can be called by this name on screens and in the ledger. */
export function mayBeName(name: string): May {
  const trimmed = name.trim()
  if (trimmed === '') return no('The name is empty. Write it as colleagues know it.')
  if (trimmed.length > MAX_NAME_LENGTH) return no(`The name is longer than ${MAX_NAME_LENGTH} characters.`)
  if (/\p{Cc}/u.test(trimmed)) return no('The name contains a control character. Type it anew.')
  return yes
}

/** Whether the text has the shape of an e-mail address. Nothing is sent to it: it is what a person signs in with. */
export function mayBeEmail(email: string): May {
  const key = emailKey(email)
  if (key.length > MAX_EMAIL_LENGTH)
    return no(`The e-mail address is longer than ${MAX_EMAIL_LENGTH} characters.`)
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z0-9-]+$/u.test(key))
    return no('The e-mail address is not complete. It looks like adele.vance@contoso.example.')
  return yes
}
