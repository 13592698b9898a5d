/** The places of a worker's own store, in the order in which they are looked in. */
export const credentialPlaces = ['environment', 'file', 'vault'] as const
export type CredentialPlace = (typeof credentialPlaces)[number]

/** What a worker says of a credential that it serves: where its secret is, never what. */
export type CredentialFinding = {
  readonly name: string
  /** Null where the secret is in none of the places. */
  readonly place: CredentialPlace | null
  /** Why it cannot be used, and what to do; null where it can. */
  readonly trouble: string | null
}

const words: Record<CredentialPlace, string> = {
  environment: 'in its environment',
  file: 'in a file',
  vault: 'in a vault, which is asked when a session opens',
}

/** “in its environment”, or what is in the way. */
export const findingText = ({ place, trouble }: CredentialFinding): string =>
  trouble ?? (place ? words[place] : 'nowhere')
