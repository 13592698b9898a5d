import { resolve } from 'node:path'
import { readInstance } from '@/scripts/supervisor/instance-file'
import { isRunning } from '@/scripts/supervisor/process-identity'

/** Something outside the command is in the way; the message names it and its remedy. Ends with exit code 1. */
export class Trouble extends Error {}

/**
 * Gives this process the environment of the instance that runs on FERRY_DATA_DIR, so that it sees what its processes
 * see. Without one, DATABASE_URL has to be set. Comes before any server code reads the environment.
 */
export function joinInstance(): void {
  const dataDir = resolve(process.env.FERRY_DATA_DIR?.trim() || '.ferry')
  const instance = readInstance(dataDir)
  if (instance && Object.values(instance.processes).some(isRunning)) {
    if (!instance.environment.DATABASE_URL)
      throw new Trouble(`Ferry is starting on ${dataDir}. Try again soon.`)
    Object.assign(process.env, instance.environment)
    return
  }
  if (process.env.DATABASE_URL?.trim()) return
  throw new Trouble(
    `Ferry is not running on ${dataDir}, or another account started it. Start it with npm start, or set FERRY_DATA_DIR to the data folder of the one you mean.`,
  )
}

/** A path as the person meant it: from the folder they stood in, which npm leaves for the project's. */
export function pathFrom(given: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), given)
}
