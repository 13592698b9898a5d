/** Prints one line to the person who started Ferry. A terminal that is gone is no reason to stop. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.stdout.on('error', () => {})

/** A duration in ms as a person reads it: `0.4 s`, `12 s`, `2 min 5 s`. */
export function seconds(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Ferry cannot start or go on; the message names cause and remedy and is shown without program lines. */
export class Refusal extends Error {}

/** Whether something failed because there is no room left, as the system or PostgreSQL (53100) says it. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === '53100' || /no space left on device/i.test(error.message)
}

/** The sentence for an error that a person can do something about, or undefined for one that is Ferry's own. */
export function plainCause(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message
  if (!(error instanceof Error)) return undefined
  const { code, path } = error as NodeJS.ErrnoException
  const where = path ? ` (${path})` : ''
  if (isDiskFull(error))
    return `The disk is full${where}. Make room, then start Ferry again. Nothing stored is lost.`
  if (code === 'EACCES' || code === 'EPERM') {
    return `This account may not write there${where}. Start Ferry as the account that owns the folder, or set FERRY_DATA_DIR to another one.`
  }
  if (code === 'EROFS')
    return `The folder is read-only${where}. Set FERRY_DATA_DIR to a folder that can be written to.`
  return undefined
}
