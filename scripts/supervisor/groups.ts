/**
 * Sends a signal to the process group that `leader` leads: every child leads one of its own, and most of what it
 * starts stays in it. True when there was any process in it. Windows has no groups.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  if (process.platform === 'win32') return false
  try {
    process.kill(-leader, signal)
    return true
  } catch {
    return false
  }
}
