import { readFileSync } from 'node:fs'

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

export type ParseAnswer = { parseErrors: { id: string }[] }

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

export type Refused = { refused: string }

export type Outcome = 'agrees' | 'refuses' | 'lies'

export type Verdict = { id: string; area: string; outcome: Outcome; actual: unknown }

/** The cases of a file, one JSON object a line. */
export function readCases(path: string): GoldenCase[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as GoldenCase)
}
