import type { CredentialFinding } from '@/domain/credentials/finding'
import type { LaneSettings } from '@/server/queries/lane-settings'
import type { CredentialStore } from '../credentials/credential-store'
import { logger } from '../logger'

/** What was said last of each credential, so that the log says it once. */
const said = new Map<string, string>()

/** Looks in the worker's store for the secret of every credential that these lanes sign in with. */
export async function findCredentials(
  lanes: readonly LaneSettings[],
  store: CredentialStore,
): Promise<CredentialFinding[]> {
  const names = [...new Set(lanes.filter(lane => lane.signIn !== 'none').map(lane => lane.credential))]
  const findings = await Promise.all(names.map(name => store.finding(name)))
  for (const { name, trouble } of findings) {
    if (trouble !== null && said.get(name) !== trouble)
      logger.warn({ credential: name }, `The lanes of this credential are not served here: ${trouble}`)
    said.set(name, trouble ?? '')
  }
  return findings
}

/** Whether this worker can open sessions for a lane: without the secret it takes nothing, so that others do. */
export const canSignIn = (lane: LaneSettings, findings: readonly CredentialFinding[]): boolean =>
  lane.signIn === 'none' || findings.some(one => one.name === lane.credential && one.trouble === null)
