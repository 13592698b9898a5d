import { isDeepStrictEqual } from 'node:util'
import type {
  ConsoleAnswer,
  EngineAnswer,
  GoldenCase,
  GoldenError,
  Outcome,
  ParseAnswer,
  Refused,
} from './cases'
import { plainType } from './encode'

export type Actual = EngineAnswer | ParseAnswer | ConsoleAnswer | Refused

/** Whether the stand-in agrees with the real shell, refused to answer, or lied. */
export function judge(one: GoldenCase, actual: Actual): Outcome {
  if ('refused' in actual) return 'refuses'
  return agrees(one.real, actual) ? 'agrees' : 'lies'
}

function agrees(real: GoldenCase['real'], actual: Exclude<Actual, Refused>): boolean {
  if ('parseErrors' in real)
    return 'parseErrors' in actual && real.parseErrors[0]?.id === actual.parseErrors[0]?.id
  if ('stdout' in real) return 'stdout' in actual && sameConsole(real, actual)
  return 'output' in actual && sameEngine(real, actual)
}

const compared = (error: GoldenError | null): unknown =>
  error && [error.id, error.category, error.exception, error.message]

function sameEngine(real: EngineAnswer, actual: EngineAnswer): boolean {
  const parts = (answer: EngineAnswer) => [
    answer.output,
    answer.types.map(plainType),
    answer.errors.map(compared),
    compared(answer.terminating),
    answer.warnings,
    answer.verbose,
    answer.information,
  ]
  return isDeepStrictEqual(parts(real), parts(actual))
}

const USAGE_ERROR = 64

function sameConsole(real: ConsoleAnswer, actual: ConsoleAnswer): boolean {
  if (real.exitCode !== actual.exitCode) return false
  if (real.exitCode === USAGE_ERROR) {
    const first = (text: string) => text.split('\n').find(line => line !== '')
    return first(real.stdout) === first(actual.stdout) && first(real.stderr) === first(actual.stderr)
  }
  const lines = (text: string) => text.split('\n').map(line => line.split(' is not recognized')[0])
  return real.stdout === actual.stdout && isDeepStrictEqual(lines(real.stderr), lines(actual.stderr))
}
