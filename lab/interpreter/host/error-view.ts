import { isNull, type PSErrorRecord } from '../values/model'
import { chainOf } from '../values/type-names'

/** An error as the host writes it: one line of name and message, and the place where a script file is at fault. */
export function errorText(record: PSErrorRecord, lineOf: (record: PSErrorRecord) => string | null): string {
  const { invocation } = record
  const name = nameOf(record)
  const message = record.message
  if (
    record.category === 'ParserError' ||
    (invocation && (invocation.script !== '' || invocation.line > 1) && !isNull(invocation))
  ) {
    const line = invocation ? lineOf(record) : null
    if (invocation && line !== null) {
      const place = invocation.script ? `${invocation.script}:${invocation.line}` : `Line`
      const first = (invocation.text.split('\n')[0] ?? '').trimEnd()
      const gutter = String(invocation.line).padStart(4)
      return `${name}: ${invocation.script ? `${place}` : ''}\nLine |\n${gutter} |  ${line}\n     | ${' '.repeat(invocation.column)}${'~'.repeat(Math.max(1, first.length))}\n     | ${message}\n`.replace(
        /^(.*): \nLine/,
        '$1: \nLine',
      )
    }
  }
  return `${name}: ${message}\n`
}

function nameOf(record: PSErrorRecord): string {
  const { invocation } = record
  if (
    record.thrown &&
    chainOf(record.exception.type).includes('System.Management.Automation.RuntimeException')
  )
    return 'Exception'
  if (invocation?.command) return invocation.command
  if (record.activity) return record.activity
  if (record.id === 'CommandNotFoundException' && /^[&.]\s/.test(invocation?.text ?? ''))
    return invocation?.text.charAt(0) ?? ''
  if (record.id === 'CommandNotFoundException' && invocation)
    return record.target === null ? 'Error' : String(record.target)
  if (record.category !== 'NotSpecified') return record.category
  return record.reason
}
