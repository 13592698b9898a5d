/** Properties by which an object that came through the pipeline names the person it is about, in this order. */
const NAMING = ['Identity', 'DistinguishedName', 'UserPrincipalName', 'SipAddress']

/** Bound parameters as they go to the service: plain values, switches as true or false. */
export function plainParameters(bound: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(bound)) {
    if (name === 'Identity') plain[name] = identityText(value)
    else if (name === 'Credential') plain[name] = property(value, 'UserName') ?? null
    else plain[name] = value
  }
  return plain
}

/** The text of an -Identity; an object is asked for the properties that name it. */
export function identityText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const name of NAMING) {
    const text = property(value, name)
    if (typeof text === 'string' && text !== '') return text
  }
  return value
}

/** The password of a -Credential. It goes to the service beside the parameters, which are written to the journal. */
export function passwordOf(credential: unknown): string | null {
  const password = property(credential, 'Password')
  return typeof password === 'string' ? password : null
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const key = Object.keys(value).find(candidate => candidate.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : (value as Record<string, unknown>)[key]
}
