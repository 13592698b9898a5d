import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { signalGroup } from './groups'
import type { RunningService, Service, StopManner } from './keeper'
import { openLog } from './logs'
import { ended } from './process-end'
import { identify, isRunning, type ProcessIdentity } from './process-identity'

/** A program of ours, run by this very Node. */
export type ChildSpec = {
  /** As people read it: `the web console`. */
  name: string
  /** Its log is `<logs>/<log>.log`. */
  log: string
  logs: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Asked again and again until it answers true: the program works. */
  ready: (identity: ProcessIdentity) => Promise<boolean>
  /** True for one that has work of its own to give up on Ctrl-C. The others are told in the one way: SIGTERM. */
  interruptible: boolean
}

const READY_LIMIT = 60_000

/**
 * A service that is one Node program. It leads a process group of its own, so that Ctrl-C in the terminal reaches the
 * supervisor only, which then stops things in order. What it writes goes straight into its log file: that goes on
 * even when the supervisor is killed.
 */
export function childService(spec: ChildSpec): Service {
  return {
    name: spec.name,
    start: onProcess => startChild(spec, onProcess),
    stop: (identity, manner, limit) =>
      stopChild(identity, spec.interruptible ? manner : politely(manner), limit),
  }
}

async function startChild(
  spec: ChildSpec,
  onProcess: (identity: ProcessIdentity) => void,
): Promise<RunningService> {
  const log = openLog(spec.logs, spec.log)
  const child = spawn(process.execPath, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log],
    windowsHide: true,
  })
  closeSync(log)
  const end = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`))
    child.once('error', error => resolve(error.message))
  })
  const identity = child.pid === undefined ? undefined : identify(child.pid)
  if (!identity) throw new Error(`it ended at once (${await end}).`)
  onProcess(identity)
  let how: string | undefined
  void end.then(text => {
    how = text
  })
  const deadline = performance.now() + READY_LIMIT
  for (;;) {
    if (how !== undefined)
      throw new Error(`it ended while starting (${how}). ${spec.logs}/${spec.log}.log says why.`)
    if (await spec.ready(identity)) return { identity, ended: end }
    if (performance.now() > deadline) {
      await stopChild(identity, 'now', 2_000)
      throw new Error(`it did not answer within 60 s. ${spec.logs}/${spec.log}.log says more.`)
    }
    await pause(100)
  }
}

function politely(manner: StopManner): StopManner {
  return manner === 'now' ? 'now' : 'drain'
}

async function stopChild(identity: ProcessIdentity, manner: StopManner, limit: number): Promise<void> {
  if (manner !== 'now' && isRunning(identity)) {
    process.kill(identity.pid, manner === 'interrupt' ? 'SIGINT' : 'SIGTERM')
    await ended(identity, limit)
  }
  if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
  // Whatever it started and left behind is in its group.
  signalGroup(identity.pid, 'SIGKILL')
  await ended(identity, 2_000)
}
