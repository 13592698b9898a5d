import { refuse } from '../refusal'
import { NetObject } from '../values/model'

/** The text of each SecureString, which no member gives away. */
const texts = new WeakMap<NetObject, string>()

function secureString(text: string): NetObject {
  const made = new NetObject('System.Security.SecureString', { length: () => text.length })
  texts.set(made, text)
  return made
}

/** System.Net.NetworkCredential from a user name and a password in plain text. */
export function networkCredential(args: unknown[]): NetObject {
  const [user, password] = args
  if (args.length !== 2 || typeof user !== 'string' || typeof password !== 'string')
    return refuse('a NetworkCredential from such arguments')
  return new NetObject('System.Net.NetworkCredential', {
    username: () => user,
    password: () => password,
    securepassword: () => secureString(password),
    domain: () => '',
  })
}

/** PSCredential from a user name and a SecureString. */
export function psCredential(args: unknown[]): NetObject {
  const [user, password] = args
  const whole =
    typeof user === 'string' && user !== '' && password instanceof NetObject && texts.has(password)
  if (args.length !== 2 || !whole) return refuse('a PSCredential from such arguments')
  return new NetObject('System.Management.Automation.PSCredential', {
    username: () => user,
    password: () => password,
  })
}

/** A PSCredential as it is handed to a command of a host; null for any other object. */
export function plainCredential(value: NetObject): { UserName: string; Password: string } | null {
  const password = value.get.password?.()
  if (value.type !== 'System.Management.Automation.PSCredential' || !(password instanceof NetObject))
    return null
  return { UserName: String(value.get.username?.()), Password: texts.get(password) ?? '' }
}

/** The PSCredential that a command of a host puts out. */
export const credentialFrom = (plain: { UserName: string; Password: string }): NetObject =>
  psCredential([plain.UserName, secureString(plain.Password)])
