import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** An error record in plain values. */
export type GoldenError = { message: string; exception: string; id: string; category: string }

/** What a script did inside the engine. */
export type EngineAnswer = {
  output: unknown[]
  types: (string | null)[]
  errors: GoldenError[]
  terminating: GoldenError | null
  warnings: string[]
  verbose: string[]
  information: string[]
}

export type ParseAnswer = { parseErrors: { id: string; message: string; line: number; column: number }[] }

/** What the console host printed. */
export type ConsoleAnswer = { stdout: string; stderr: string; exitCode: number | null }

export type EngineCase = { id: string; area: string; script: string; real: EngineAnswer | ParseAnswer }

export type ConsoleCase = {
  id: string
  area: string
  args: string[]
  stdin?: string
  stdinRepeat?: { before: string; char: string; count: number; after: string }
  real: ConsoleAnswer
}

export type GoldenCase = EngineCase | ConsoleCase

/** The stand-in said that it does not know something. */
export type Refused = { refused: string }

/** No answer came: it ran out of time, or its process ended. */
export type Lost = { lost: string }

export type Actual = EngineAnswer | ParseAnswer | ConsoleAnswer | Refused | Lost

export type Outcome = 'agrees' | 'refuses' | 'lies'

export type Verdict = { id: string; area: string; outcome: Outcome; actual: Actual }

/** A case file that cannot be read; the message names file and line. */
export class MalformedCases extends Error {}

/** The cases of a file, one JSON object a line; a case without an area gets the file's name. */
export function readCases(path: string): GoldenCase[] {
  const text = textOf(path).replace(/^\uFEFF/, '')
  const cases = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const one = parsed(line)
    const fault = faultOf(one)
    if (fault) throw new MalformedCases(`${path}, line ${i + 1}: ${fault}.`)
    return [{ area: basename(path, '.jsonl'), ...(one as object) } as GoldenCase]
  })
  if (cases.length === 0) throw new MalformedCases(`${path} holds no case.`)
  return cases
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new MalformedCases(`${path} cannot be read: ${error instanceof Error ? error.message : error}.`)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** What keeps a line from being a case; null when it is one. */
function faultOf(one: unknown): string | null {
  if (!isRecord(one)) return 'this is not a JSON object'
  if (typeof one.id !== 'string') return 'the case has no "id"'
  if (!isRecord(one.real)) return 'the case has no "real" answer'
  if (typeof one.script === 'string') return engineFault(one.real)
  if (!Array.isArray(one.args)) return 'the case has neither a "script" nor "args"'
  if (!one.args.every(arg => typeof arg === 'string')) return '"args" is not a list of texts'
  if (one.stdin !== undefined && typeof one.stdin !== 'string') return '"stdin" is not a text'
  if (one.stdinRepeat !== undefined && !isRepeat(one.stdinRepeat)) return '"stdinRepeat" is not complete'
  if (typeof one.real.stdout === 'string' && typeof one.real.stderr === 'string') return null
  return '"real" lacks "stdout" or "stderr"'
}

function engineFault(real: Record<string, unknown>): string | null {
  if (real.parseErrors !== undefined)
    return Array.isArray(real.parseErrors) ? null : '"parseErrors" is no list'
  const lists = ['output', 'types', 'errors', 'warnings', 'verbose', 'information']
  const missing = lists.find(name => !Array.isArray(real[name]))
  return missing ? `"real" has no list "${missing}"` : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRepeat = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.char === 'string' &&
  typeof value.count === 'number' &&
  typeof value.before === 'string' &&
  typeof value.after === 'string'
