import { signalGroup } from './groups'
import { type Instance, removeInstance } from './instance-file'
import { ended } from './process-end'
import { isRunning, type ProcessIdentity } from './process-identity'
import { killStrays } from './strays'
import { say, seconds } from './text'

/** The order in which processes are stopped: first what works and asks, last what they all need. */
export const STOP_ORDER = [
  ['the web console', 'the lane worker'],
  ['the coordinator'],
  ['the lab'],
  ['the database'],
]

/**
 * Stops what a Ferry that was killed left running on this data folder, in order, each process only when it is the very
 * one that was started then. Work in a lane gets the same 8 s as with Ctrl-C; its outcome is probed after the start.
 */
export async function stopLeftovers(dataDir: string, instance: Instance): Promise<void> {
  const began = performance.now()
  let stopped = 0
  for (const names of STOP_ORDER) {
    await Promise.all(
      names.map(async name => {
        const identity = instance.processes[name]
        if (!identity || !isRunning(identity)) return
        stopped++
        if (name === 'the lane worker') await end(identity, 'SIGINT', 8_500)
        else if (name === 'the database') await end(identity, 'SIGINT', 5_000)
        else await end(identity, 'SIGTERM', 1_500)
      }),
    )
  }
  stopped += await killStrays(instance.run)
  removeInstance(dataDir)
  if (stopped > 0) {
    say(
      `The last Ferry on this folder was killed and left ${stopped} of its processes running. They are stopped now (${seconds(performance.now() - began)}).`,
    )
  }
}

async function end(identity: ProcessIdentity, signal: NodeJS.Signals, limit: number): Promise<void> {
  process.kill(identity.pid, signal)
  if (!(await ended(identity, limit)) && isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
  signalGroup(identity.pid, 'SIGKILL')
  await ended(identity, 2_000)
}
