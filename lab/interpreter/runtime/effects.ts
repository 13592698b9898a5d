/** What the script that runs now has done outside of the shell. On standard input each statement is a script. */
export type Effects = { calls: number; readonly files: Set<string> }

export const noEffects = (): Effects => ({ calls: 0, files: new Set() })

/** The end of a refusal's line: empty where nothing was done, else such as ` (after 2 calls to the lab and changes to 1 file)`. */
export function effectWords({ calls, files }: Effects): string {
  const done = [
    calls > 0 && `${calls} ${calls === 1 ? 'call' : 'calls'} to the lab`,
    files.size > 0 && `changes to ${files.size} ${files.size === 1 ? 'file' : 'files'}`,
  ].filter(Boolean)
  return done.length === 0 ? '' : ` (after ${done.join(' and ')})`
}
