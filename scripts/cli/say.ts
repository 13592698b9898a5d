/** The answer: what another program may read. */
export function answer(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** What is said beside the answer: progress, hints, errors. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function answerJson(value: unknown): void {
  answer(JSON.stringify(value, null, 2))
}

export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)
