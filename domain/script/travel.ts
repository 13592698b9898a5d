import { pathLiteral, refusalMessage, refusalOf } from './literal'

/** What a step script can be given: texts, switches and whole numbers, by parameter name. */
export type ScriptValue = string | boolean | number
export type ScriptValues = Readonly<Record<string, ScriptValue>>

const parameterName = /^[A-Za-z][A-Za-z0-9]{0,63}$/
const frameShape = /^[A-Za-z0-9]{16,64}$/

/**
 * Values as they travel: Base64 of the UTF-8 JSON of a flat object. Texts get the prefix `s:`, since PowerShell 7 turns
 * JSON texts that look like a date into one; the harness takes it off again.
 * @throws RangeError for a name or a value that has no exact form (lone surrogate, unsafe number, NUL).
 */
export function encodeValues(values: ScriptValues): string {
  const flat: Record<string, ScriptValue> = {}
  for (const [name, value] of Object.entries(values)) {
    if (!parameterName.test(name)) throw new RangeError(`${JSON.stringify(name)} is not a parameter name.`)
    flat[name] = encodeValue(name, value)
  }
  return bytesToBase64(new TextEncoder().encode(JSON.stringify(flat)))
}

function encodeValue(name: string, value: ScriptValue): ScriptValue {
  switch (typeof value) {
    case 'string': {
      const refusal = refusalOf(value)
      if (refusal) throw new RangeError(`The value of ${name} cannot travel. ${refusalMessage(refusal)}`)
      return `s:${value}`
    }
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError(`The value of ${name} is not a whole number.`)
      return value
    case 'boolean':
      return value
    default:
      return value satisfies never
  }
}

function bytesToBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * The one physical line of ASCII that goes to the shell: the stored harness called with the stored script, values as
 * data and the frame that marks the answer. No value is ever part of the code.
 * @throws RangeError for paths outside of printable ASCII, or a frame that is not 16 to 64 letters and digits.
 */
export function travelLine(call: {
  readonly harnessPath: string
  readonly scriptPath: string
  readonly values: ScriptValues
  readonly frame: string
}): string {
  if (!frameShape.test(call.frame)) throw new RangeError('A frame is 16 to 64 letters and digits.')
  return [
    `& ${pathLiteral(call.harnessPath)}`,
    `-Script ${pathLiteral(call.scriptPath)}`,
    `-Values '${encodeValues(call.values)}'`,
    `-Frame '${call.frame}'`,
  ].join(' ')
}

const cmdletName = /^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/

/**
 * The line that asks the harness what shell it runs in, and which modules bring these cmdlets.
 * @throws RangeError for anything that is not the name of a cmdlet, or a frame that is not 16 to 64 letters and digits.
 */
export function healthLine(harnessPath: string, frame: string, cmdlets: readonly string[] = []): string {
  if (!frameShape.test(frame)) throw new RangeError('A frame is 16 to 64 letters and digits.')
  const wrong = cmdlets.find(name => !cmdletName.test(name))
  if (wrong !== undefined) throw new RangeError(`${JSON.stringify(wrong)} is not the name of a cmdlet.`)
  const asked = cmdlets.length > 0 ? ` -Cmdlets '${cmdlets.join(',')}'` : ''
  return `& ${pathLiteral(harnessPath)} -Frame '${frame}'${asked}`
}
