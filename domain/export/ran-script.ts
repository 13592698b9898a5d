import { readableScript } from '../script/readable-script'
import type { ScriptValues } from '../script/travel'

/**
 * What ran, as text that an engineer can read and run by hand: the same readable script that was shown and approved. Where
 * it cannot be written (a value that was refused, a script without param block), the reason stands as a comment above
 * the script as it was stored.
 */
export function ranScript(
  script: { readonly name: string; readonly text: string },
  values: Readonly<Record<string, unknown>>,
): string {
  const head = `# ${script.name}.ps1\n`
  const written = readableScript(script.text, literals(values))
  if (written.ok) return head + written.text.trimEnd()
  return `${head}${written.problems.map(problem => `# ${problem}\n`).join('')}${script.text.trimEnd()}`
}

/** Values come back from the database as JSON; what is no text, switch or number stands as its JSON text. */
function literals(values: Readonly<Record<string, unknown>>): ScriptValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isPlain(value) ? value : JSON.stringify(value)]),
  )
}

const isPlain = (value: unknown): value is string | boolean | number =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
