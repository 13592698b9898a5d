import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type StepAnswer = { state: string; reason: string; facts: Record<string, unknown> }

/** A shell started as a worker starts it, with the lab's commands in reach. Commands go in line by line. */
export class Shell {
  private readonly child: ChildProcessWithoutNullStreams
  private readonly waiting: ((line: string) => void)[] = []
  readonly noise: string[] = []

  constructor(executable: string, environment: Record<string, string>) {
    const modules = `${ROOT}lab/module`
    const env = { ...process.env, ...environment, PSModulePath: modules, NO_COLOR: '1' }
    const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-NoExit', '-Command', '-']
    this.child = spawn(executable, args, { env })
    createInterface({ input: this.child.stdout }).on('line', line => {
      const marked = /^answer:(.*)$/.exec(line)
      if (marked?.[1] !== undefined) this.waiting.shift()?.(marked[1])
      else this.noise.push(line)
    })
    // Writing to a shell that has died is answered by its exit.
    this.child.stdin.on('error', () => {})
    this.child.stderr.on('data', (bytes: Buffer) => this.noise.push(bytes.toString()))
    // A shell that ends leaves its callers with an answer that no step gives.
    this.child.on('exit', () => {
      for (const answer of this.waiting.splice(0)) answer('{"state":"the shell is gone"}')
    })
  }

  get pid(): number {
    return this.child.pid ?? -1
  }

  /** Runs one line and answers with what it put out as one line of JSON. */
  async line<T>(text: string): Promise<T> {
    const answer = new Promise<string>(resolve => this.waiting.push(resolve))
    this.child.stdin.write(
      `[Console]::Out.WriteLine('answer:' + (ConvertTo-Json -Compress -Depth 4 -InputObject (${text})))\n`,
    )
    return JSON.parse(await answer) as T
  }

  /** Runs a step script of the runbook with its values. */
  step(name: string, values: Record<string, string> = {}): Promise<StepAnswer> {
    return this.line<StepAnswer>(invocation(name, values))
  }

  /** Runs a step script that is expected to fail, and answers with its error record. */
  failure(
    name: string,
    values: Record<string, string>,
  ): Promise<{ id: string; message: string; type: string }> {
    const record = `@{ id = $_.FullyQualifiedErrorId; message = $_.Exception.Message; type = $_.Exception.GetType().FullName }`
    return this.line(`$(try { ${invocation(name, values)} } catch { ${record} })`)
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }
}

function invocation(name: string, values: Record<string, string>): string {
  const script = `${ROOT}runbooks/sfb-return/steps/${name}.ps1`
  const bound = Object.entries(values).map(([key, value]) => `-${key} '${value.replaceAll("'", "''")}'`)
  return `& '${script}' ${bound.join(' ')}`
}
