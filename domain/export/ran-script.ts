import { literal } from '../script/literal'

/**
 * What ran, as text that an engineer can read and run by hand: the step script as it was stored, with its values as
 * literal arguments. How it travelled to the shell is a detail of the session.
 */
export function ranScript(
  script: { readonly name: string; readonly text: string },
  values: Readonly<Record<string, unknown>>,
): string {
  const given = Object.entries(values).map(([name, value]) => ` ${argument(name, value)}`)
  return `# ${script.name}.ps1\n& {\n${script.text.replace(/\n+$/, '')}\n}${given.join('')}`
}

function argument(name: string, value: unknown): string {
  if (typeof value === 'boolean') return `-${name}:$${value}`
  if (typeof value === 'number') return `-${name} ${value}`
  const written = literal(String(value))
  // Such a value never reached a shell: the worker refuses it with the same rule.
  return written.ok ? `-${name} ${written.text}` : `<# ${name}: ${written.message} #>`
}
