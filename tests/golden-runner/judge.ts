import { isDeepStrictEqual } from 'node:util'
import type {
  Actual,
  ConsoleAnswer,
  EngineAnswer,
  GoldenCase,
  GoldenError,
  Lost,
  Outcome,
  Refused,
} from './cases'
import { plainType } from './encode'

/** Whether the stand-in agrees with the real shell, refused to answer, or lied. No answer at all is a lie. */
export function judge(one: GoldenCase, actual: Actual): Outcome {
  if ('refused' in actual) return 'refuses'
  if ('lost' in actual) return 'lies'
  try {
    return agrees(one.real, actual) ? 'agrees' : 'lies'
  } catch (fault) {
    // Answers so deep that they cannot be compared do not agree.
    if (fault instanceof RangeError) return 'lies'
    throw fault
  }
}

function agrees(real: GoldenCase['real'], actual: Exclude<Actual, Refused | Lost>): boolean {
  if ('parseErrors' in real)
    return 'parseErrors' in actual && real.parseErrors[0]?.id === actual.parseErrors[0]?.id
  if ('stdout' in real) return 'stdout' in actual && sameConsole(real, actual)
  return 'output' in actual && sameEngine(real, actual)
}

const compared = (error: GoldenError | null): unknown =>
  error && [error.id, error.category, error.exception, error.message]

function sameEngine(real: EngineAnswer, actual: EngineAnswer): boolean {
  const parts = (answer: EngineAnswer) => [
    answer.output.map(inOrder),
    answer.types.map(plainType),
    answer.errors.map(compared),
    compared(answer.terminating ?? null),
    answer.warnings,
    answer.verbose,
    answer.information,
  ]
  return isDeepStrictEqual(parts(real), parts(actual))
}

/** The order of an object's properties is part of the answer: they become a list of pairs. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([key, held]) => [key, inOrder(held)])
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
