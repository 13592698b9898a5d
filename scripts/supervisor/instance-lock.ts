import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readJson } from './files'
import { readInstance } from './instance-file'
import { identify, isRunning, type ProcessIdentity } from './process-identity'
import { Refusal, say } from './text'

/**
 * Takes the data folder for this process; only one Ferry runs on it. One that is just stopping is waited for, at most
 * `patience` ms. Answers the function that gives it back. Throws Refusal when another Ferry keeps running there.
 */
export async function takeInstance(dataDir: string, patience = 20_000): Promise<() => void> {
  const run = join(dataDir, 'run')
  mkdirSync(run, { recursive: true, mode: 0o700 })
  const file = join(run, 'supervisor.json')
  const own = identify(process.pid)
  const started = performance.now()
  for (let said = false; ; await pause(100)) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readJson<ProcessIdentity>(file)
    if (!holder || !isRunning(holder)) {
      rmSync(file, { force: true })
      continue
    }
    const waited = performance.now() - started
    const instance = readInstance(dataDir)
    // One whose terminal was killed notices within a second or two and stops by itself.
    const mayStop = instance?.state === 'stopping' || waited < 2_500
    if (!mayStop || waited > patience) {
      const at = instance ? ` at ${instance.url}` : ''
      throw new Refusal(
        `Ferry already runs on ${dataDir}${at} (process ${holder.pid}). ` +
          'Use that one, stop it with Ctrl-C where it was started, or set FERRY_DATA_DIR to another folder.',
      )
    }
    if (!said && instance?.state === 'stopping') {
      said = true
      say('An earlier Ferry on this folder is still stopping; waiting for it …')
    }
  }
}
