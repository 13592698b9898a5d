import { type May, no, yes } from '../lifecycle/transitions'

export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 128

/** Length is what counts (NIST SP 800-63B): no rules on kinds of characters, but not one's own name or one character. */
export function mayBePassword(password: string, person: { name: string; email: string }): May {
  if (password.length < MIN_PASSWORD_LENGTH)
    return no(`The password is ${password.length} characters long; it takes ${MIN_PASSWORD_LENGTH} or more.`)
  if (password.length > MAX_PASSWORD_LENGTH)
    return no(`The password is ${password.length} characters long; ${MAX_PASSWORD_LENGTH} is the most.`)
  if (new Set(password).size < 4)
    return no('The password is a few characters over and over. Choose another one.')
  const said = password.toLowerCase()
  if (said === person.email.toLowerCase() || said === person.name.toLowerCase())
    return no('The password is the name or the e-mail address. Choose another one.')
  return yes
}
