import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writePrivateJson } from './files'
import type { ProcessIdentity } from './process-identity'

/**
 * What a running instance tells the command line on its own machine, in `<data folder>/run/instance.json` (owner
 * only). `environment` is what its processes were given: a program with the same environment sees the same instance.
 */
export type Instance = {
  state: 'starting' | 'ready' | 'stopping'
  url: string
  databaseUrl: string
  redisUrl: string | null
  labUrl: string
  labKey: string
  environment: Record<string, string>
  /** By name: the database, the lab, the web console, the lane worker, the coordinator. */
  processes: Record<string, ProcessIdentity>
  /** The mark of this run, which all of its processes and what they start carry in their environment. */
  run: string
}

export function writeInstance(dataDir: string, instance: Instance): void {
  writePrivateJson(fileOf(dataDir), instance)
}

/** The instance on this data folder as last written; undefined when none was started or it ended in order. */
export function readInstance(dataDir: string): Instance | undefined {
  return readJson<Instance>(fileOf(dataDir))
}

export function removeInstance(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'run', 'instance.json')
}
