/** One measured figure: a ratio to a baseline of the same run, since a machine's absolute times drift. */
export type Figure = {
  id: string
  what: string
  /** The ratio, rounded to three places; null where it could not be measured. */
  value: number | null
  goal: string
  met: boolean
  /** What it was compared with, and both absolute times. */
  baseline: string
  /** Whatever else was seen: memory, counts, further ratios. */
  notes: string[]
  /** What a later figure of the same run need not measure again: the wave of P1, in ms. */
  waveMs?: number
  /** Why nothing was measured. */
  failed?: string
}

/** The line by which a figure's own process hands it to the program that started it. */
export const FIGURE_MARK = 'FIGURE '

export function report(figure: Figure & { value: number }): void {
  console.log(FIGURE_MARK + JSON.stringify({ ...figure, value: Math.round(figure.value * 1000) / 1000 }))
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** The middle of some numbers; the lower of two in the middle. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** The smallest number that a share of them does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now()
  const result = await work()
  return { ms: performance.now() - began, result }
}

/** The most memory this process held while something ran, in megabytes. */
export async function peakMemory<T>(work: () => Promise<T>): Promise<{ megabytes: number; result: T }> {
  let peak = process.memoryUsage().rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 50)
  try {
    return { result: await work(), megabytes: Math.round(peak / 1024 ** 2) }
  } finally {
    clearInterval(watch)
  }
}
