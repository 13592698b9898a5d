import { hostname, networkInterfaces } from 'node:os'
import type { Environment } from '@/server/env'

const EVERYWHERE = new Set(['0.0.0.0', '::', '[::]'])
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The origin a request came to, when it is one of this instance's own: FERRY_URL, this machine's loopback names, and
 * where HOST names more than loopback, the addresses and the name of this machine. `host` is the request's Host header,
 * port included. Anything else answers null, so that a name somebody else points here is never trusted.
 */
export function ownOrigin(
  host: string | null,
  environment: Pick<Environment, 'HOST' | 'FERRY_URL'>,
): string | null {
  if (!host) return null
  const outer = environment.FERRY_URL ? new URL(environment.FERRY_URL) : null
  if (outer && outer.host === host.toLowerCase()) return outer.origin
  if (!URL.canParse(`http://${host}`)) return null
  const asked = new URL(`http://${host}`)
  return ownNames(environment.HOST).includes(asked.hostname) ? asked.origin : null
}

function ownNames(listensOn: string): string[] {
  if (!EVERYWHERE.has(listensOn)) return [...LOOPBACK, inUrl(listensOn)]
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  return [...LOOPBACK, hostname().toLowerCase(), ...addresses.map(({ address }) => inUrl(address))]
}

/** As it stands in an address: IPv6 in brackets, names in lower case. */
function inUrl(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name.toLowerCase()}]` : name.toLowerCase()
}
