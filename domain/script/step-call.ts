import { readableScript } from './readable-script'
import { type ScriptValues, travelLine } from './travel'
import { checkValues, type ValueProblem, type ValueRule } from './values'

/** A script as it is stored: its name (`move.apply`) and its text. */
export type StepScript = { readonly name: string; readonly text: string }

/** One step for one person, in both its forms. Both come from the same checked values. */
export type StepCall = {
  readonly name: string
  readonly values: ScriptValues
  /** What people see, approve, export and can run by hand. */
  readonly readable: string
  /** True where a file of the readable script needs a byte order mark for Windows PowerShell 5.1. */
  readonly needsByteOrderMark: boolean
  /** What goes to the shell: one physical line of ASCII. @throws RangeError for a path or frame that cannot travel. */
  travel(place: { readonly harnessPath: string; readonly scriptPath: string; readonly frame: string }): string
}

export type MadeCall =
  | { readonly ok: true; readonly call: StepCall }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] }

/**
 * Turns a step's script and its values into the readable script and into what travels. Every value is checked against its
 * rule before any text is made of it; one refused value, and there is no script at all.
 */
export function makeStepCall(
  script: StepScript,
  rules: Readonly<Record<string, ValueRule>>,
  values: ScriptValues,
): MadeCall {
  const checked = checkValues(rules, values)
  if (!checked.ok) return checked
  const readable = readableScript(script.text, checked.value)
  if (!readable.ok) {
    const problems = readable.problems.map(message => ({ name: script.name, code: 'not-readable', message }))
    return { ok: false, problems }
  }
  return {
    ok: true,
    call: {
      name: script.name,
      values: checked.value,
      readable: readable.text,
      needsByteOrderMark: readable.needsByteOrderMark,
      travel: place => travelLine({ ...place, values: checked.value }),
    },
  }
}
