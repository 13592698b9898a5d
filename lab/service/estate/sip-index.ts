import type { AdUser } from './shapes'

/**
 * Who holds which SIP address, as primary address or among the proxy addresses. Looking through everybody for each
 * Enable-CsUser would make the lab slower with every person in it.
 */
export class SipIndex {
  private readonly holders = new Map<string, Set<string>>()
  private readonly held = new Map<string, string[]>()

  /** Takes note of an account as it is now. */
  put(key: string, user: AdUser): void {
    for (const address of this.held.get(key) ?? []) this.holders.get(address)?.delete(key)
    const primary = user['msRTCSIP-PrimaryUserAddress']
    const addresses = [...(primary === null ? [] : [primary]), ...user.proxyAddresses]
      .map(address => address.toLowerCase())
      .filter(address => address.startsWith('sip:'))
    this.held.set(key, addresses)
    for (const address of addresses) {
      const holders = this.holders.get(address) ?? new Set()
      this.holders.set(address, holders.add(key))
    }
  }

  /** Keys of the accounts that hold the address. */
  find(address: string): string[] {
    return [...(this.holders.get(address.toLowerCase()) ?? [])]
  }
}
