import { literal } from './literal'
import { type DeclaredParameter, findParamBlock } from './param-block'
import type { ScriptValue, ScriptValues } from './travel'

export type ReadableScript =
  | {
      readonly ok: true
      /** The whole script, with literal values in place of its parameters. */
      readonly text: string
      /** True where a file of it needs a byte order mark, without which Windows PowerShell 5.1 misreads it. */
      readonly needsByteOrderMark: boolean
    }
  | { readonly ok: false; readonly problems: readonly string[] }

/**
 * Stands before the first command: where the language mode is constrained, a script would otherwise break off in its middle,
 * and with it perhaps a change.
 */
const guard =
  "if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in a constrained language mode here. Nothing was run.' }"

/**
 * The script that people see, approve, export and can run by hand: the step's own text, where the param block has given
 * way to one literal assignment for each parameter, behind a line that ends it where the language mode is constrained. Runs as it is in Windows PowerShell 5.1 and PowerShell 7.
 * Values that the script does not declare are left out, as the harness does when it runs the stored script.
 */
export function readableScript(scriptText: string, values: ScriptValues): ReadableScript {
  const block = findParamBlock(scriptText)
  if (block === null) return { ok: false, problems: ['The script has no param block that can be read.'] }
  const rest = scriptText.slice(block.end)
  if (/\$PSBoundParameters\b|\$args\b|\$PSCmdlet\b/i.test(rest)) {
    return {
      ok: false,
      problems: [
        'The script asks how it was called ($PSBoundParameters, $args or $PSCmdlet), which literals cannot show.',
      ],
    }
  }
  const problems: string[] = []
  const lines: string[] = [guard]
  const given = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
  for (const parameter of block.parameters) {
    const line = assignment(parameter, given.get(parameter.name.toLowerCase()))
    if (line.ok) lines.push(line.text)
    else problems.push(line.problem)
  }
  if (problems.length > 0) return { ok: false, problems }
  const head = scriptText.slice(0, block.start)
  const text = head + lines.join('\n') + rest
  return { ok: true, text, needsByteOrderMark: /[^\p{ASCII}]/u.test(text) }
}

type Line = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

function assignment({ name, type, defaultText }: DeclaredParameter, value: ScriptValue | undefined): Line {
  if (value !== undefined) {
    const written = writeValue(value)
    return written.ok
      ? { ok: true, text: `$${name} = ${written.text}` }
      : { ok: false, problem: `${name}: ${written.problem}` }
  }
  if (defaultText !== null) return { ok: true, text: `$${name} = ${defaultText}` }
  if (type?.toLowerCase() === 'switch') return { ok: true, text: `$${name} = $false` }
  return { ok: false, problem: `${name} has neither a value nor a default.` }
}

function writeValue(value: ScriptValue): Line {
  switch (typeof value) {
    case 'string': {
      const written = literal(value)
      return written.ok ? written : { ok: false, problem: written.message }
    }
    case 'boolean':
      return { ok: true, text: value ? '$true' : '$false' }
    case 'number':
      return Number.isSafeInteger(value)
        ? { ok: true, text: String(value) }
        : { ok: false, problem: 'It is not a whole number.' }
    default:
      return value satisfies never
  }
}
