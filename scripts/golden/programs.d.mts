export function buildGoldenPrograms(): Promise<{
  /** The command that starts the console host. */
  shell: string[]
  engine: string
  main: string
  remove(): void
}>
