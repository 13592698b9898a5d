import { join } from 'node:path'
import type { CredentialFinding } from '@/domain/credentials/finding'
import { type Login, readCredentialFile } from './credential-file'
import { Secret } from './secret'

export type Found =
  | { readonly place: 'environment' | 'file'; readonly login: Login }
  /** What the vault holds is asked for in the shell; it does not pass through this process. */
  | { readonly place: 'vault'; readonly vault: string }
  | { readonly place: CredentialFinding['place']; readonly trouble: string }

export type StoreOptions = {
  readonly environment: NodeJS.ProcessEnv
  /** FERRY_CREDENTIALS_DIR. */
  readonly directory: string | undefined
  /** FERRY_CREDENTIAL_VAULT. */
  readonly vault: string | undefined
  /** Number of the worker's own account; undefined where the system has none (Windows). */
  readonly account: number | undefined
}

/** How long a vault that did not have a secret is left alone. */
const vaultRestMs = 60_000

/** A worker's own store of secrets, by the names of credentials. The first place that has one counts. */
export class CredentialStore {
  readonly #missed = new Map<string, { at: number; why: string }>()

  constructor(private readonly options: StoreOptions) {}

  async find(name: string): Promise<Found> {
    return this.#inEnvironment(name) ?? (await this.#inFile(name)) ?? this.#inVault(name)
  }

  /** Where it is, for people: the same look without what was found. */
  async finding(name: string): Promise<CredentialFinding> {
    const found = await this.find(name)
    return { name, place: found.place, trouble: 'trouble' in found ? found.trouble : null }
  }

  /** The vault was asked and did not have it: it is not asked again for a while. */
  vaultMissed(name: string, why: string): void {
    this.#missed.set(name, { at: performance.now(), why })
  }

  #inEnvironment(name: string): Found | null {
    const { environment } = this.options
    const [user, password] = variablesOf(name)
    const given = { user: environment[user], password: environment[password] }
    if (!given.user && !given.password) return null
    if (!given.user || !given.password)
      return { place: 'environment', trouble: `${given.user ? password : user} is not set.` }
    return { place: 'environment', login: { user: given.user, password: new Secret(given.password) } }
  }

  async #inFile(name: string): Promise<Found | null> {
    const path = this.#pathOf(name)
    if (path === null) return null
    const { account } = this.options
    if (account === undefined) return null
    const read = await readCredentialFile(path, account)
    if (read === null) return null
    return typeof read === 'string' ? { place: 'file', trouble: read } : { place: 'file', login: read }
  }

  #inVault(name: string): Found {
    const { vault } = this.options
    if (!vault) return { place: null, trouble: this.#lookedIn(name) }
    const missed = this.#missed.get(name)
    if (missed && performance.now() - missed.at < vaultRestMs)
      return { place: null, trouble: `${this.#lookedIn(name)} ${missed.why}` }
    return { place: 'vault', vault }
  }

  #lookedIn(name: string): string {
    const { vault, account } = this.options
    const path = this.#pathOf(name)
    const file =
      path === null
        ? 'in no folder, since FERRY_CREDENTIALS_DIR is not set'
        : account === undefined
          ? 'in no folder, since who may read a file cannot be told on Windows'
          : `in ${path}`
    const asked = vault ? `in the vault ${vault}` : 'in no vault, since FERRY_CREDENTIAL_VAULT is not set'
    return `Not found. Looked in the environment (${variablesOf(name).join(', ')}), ${file}, and ${asked}.`
  }

  #pathOf(name: string): string | null {
    const { directory } = this.options
    return directory ? join(directory, `${name.replace(/[^\w.-]/g, '_')}.json`) : null
  }
}

/** `sfb-admin` is looked for as FERRY_CREDENTIAL_SFB_ADMIN_USER and FERRY_CREDENTIAL_SFB_ADMIN_PASSWORD. */
function variablesOf(name: string): readonly [user: string, password: string] {
  const stem = `FERRY_CREDENTIAL_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`
  return [`${stem}_USER`, `${stem}_PASSWORD`]
}
