import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readJson, writePrivateJson } from './files'

/** What this instance made for itself and must keep: lost secrets mean a lost database password and ended sessions. */
export type Secrets = { databasePassword: string; sessionSecret: string; labKey: string }

/** Reads `secrets.json` of the data folder (owner only), and makes what is not there yet. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const known = readJson<Partial<Secrets>>(file) ?? {}
  const secrets = {
    databasePassword: known.databasePassword ?? randomBytes(24).toString('hex'),
    sessionSecret: known.sessionSecret ?? randomBytes(32).toString('hex'),
    labKey: known.labKey ?? randomBytes(24).toString('hex'),
  }
  if (Object.keys(known).length < Object.keys(secrets).length) writePrivateJson(file, secrets)
  return secrets
}
