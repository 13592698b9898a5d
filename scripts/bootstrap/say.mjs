let output = process.stdout

/** For commands whose standard output is an answer of its own: what is said goes to standard error from here on. */
export function sayOnStandardError() {
  output = process.stderr
}

/** Prints one line to the person who started the command. */
export function say(line) {
  output.write(`${line}\n`)
}

/** A duration as a person reads it: `0.4 s`, `12 s`, `2 min 5 s`. */
export function seconds(ms) {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const whole = Math.round(ms / 1000)
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Says what begins, does it, and says how long it took. */
export async function timed(begin, done, work) {
  say(begin)
  const started = performance.now()
  const result = await work()
  say(`${done} (${seconds(performance.now() - started)}).`)
  return result
}

/** Ends the command with a message that names cause and remedy, without a stack of program lines. */
export class Stop extends Error {}

/** Runs a command's main function: a Stop is printed as it is, anything else with its stack. */
export function run(main) {
  main().catch(error => {
    process.stderr.write(`\n${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`)
    process.exitCode = 1
  })
}
