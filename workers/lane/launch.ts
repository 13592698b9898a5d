import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lanesStopped } from '@/server/commands/sign-in-turn'
import { type Environment, withoutCredentials } from '@/server/env'
import type { LaneSettings } from '@/server/queries/lane-settings'
import type { CredentialStore, Found } from '../credentials/credential-store'
import { chooseExecutable, shellEnvironmentOf } from '../powershell/executable'
import { cmdletsOfLanes } from '../powershell/lane-cmdlets'
import { type ScriptStore, scriptHash } from '../powershell/script-store'
import type { Launch } from '../powershell/session-pool'
import { lanesStand, NotSignedIn, signIn } from './sign-in'

export type Launching = {
  readonly root: string
  readonly env: Environment
  readonly store: ScriptStore
  readonly credentials: CredentialStore
  readonly stopping: AbortSignal
}

/**
 * How shells of a credential are started: which executable, with which environment, and what signs them in. Only this one
 * shell's environment gets the secret, and only where it signs in.
 * @throws NotSignedIn where the secret is not to be had or the credential's lanes are stopped; nothing was tried then.
 */
export async function launchFor(
  lanes: readonly LaneSettings[],
  credentialId: string,
  { root, env, store, credentials, stopping }: Launching,
): Promise<Launch> {
  const mine = lanes.filter(one => one.credentialId === credentialId)
  const lane = mine[0]
  const estate = lane?.estateKind ?? 'live'
  const choice = chooseExecutable({
    estate,
    estateExecutable: lane?.estateExecutable ?? null,
    override: env.FERRY_PWSH ?? null,
    labShell: env.FERRY_LAB_SHELL,
    root,
    path: process.env.PATH ?? '',
  })
  if (!choice.ok) throw new Error(choice.why)
  const launch: Launch = {
    executable: choice.executable,
    environment: shellEnvironmentOf(estate, root, shellEnvironment()),
    harnessPath: await store.harness(),
    cmdlets: cmdletsOfLanes(mine.map(one => one.name)),
  }
  if (!lane || lane.signIn === 'none') return launch
  if (await lanesStopped(credentialId)) throw lanesStand(lane.credential)
  const found = await credentials.find(lane.credential)
  if ('trouble' in found) throw new NotSignedIn(found.trouble, null)
  const text = readText(join(root, 'workers', 'powershell', 'sign-in.ps1'))
  const scriptPath = await store.prepare(scriptHash(text), text)
  const onMissing = (why: string) => credentials.vaultMissed(lane.credential, why)
  const vault = 'vault' in found ? found.vault : ''
  return {
    ...launch,
    environment: { ...launch.environment, ...loginVariables(found) },
    prepare: session => signIn(session, { lane, scriptPath, vault, onMissing, stopping }),
  }
}

/** A script of Ferry's own as it is stored and hashed. */
export const readText = (path: string): string => readFileSync(path, 'utf8').replace(/\r\n?/g, '\n')

/** The script that signs in takes them away before anything else. */
const loginVariables = (found: Exclude<Found, { trouble: string }>): Record<string, string> =>
  found.place === 'vault'
    ? {}
    : { FERRY_SIGN_IN_USER: found.login.user, FERRY_SIGN_IN_PASSWORD: found.login.password.reveal() }

/** What a shell inherits: Ferry's own secrets, its database and the worker's credentials stay here. */
function shellEnvironment(): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _database,
    REDIS_URL: _redis,
    FERRY_SECRET: _secret,
    FERRY_TOKEN: _token,
    ...rest
  } = process.env
  return withoutCredentials(rest)
}
