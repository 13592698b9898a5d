import { setTimeout as pause } from 'node:timers/promises'
import { isRunning, type ProcessIdentity } from './process-identity'

/** Waits at most `limit` ms for a process to end; true when it has. */
export async function ended(identity: ProcessIdentity, limit: number): Promise<boolean> {
  const deadline = performance.now() + limit
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false
    await pause(25)
  }
  return true
}
