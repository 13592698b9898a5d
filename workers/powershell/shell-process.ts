import { ChildProcess } from 'node:child_process'
import { TamedPowerShell } from './tamed-powershell'

export type ShellExit = {
  readonly code: number | null
  readonly signal: string | null
  /** Set where the process could not be started at all. */
  readonly error: string | null
}

const keptDiagnostics = 16_384

/** A PowerShell process as node-powershell runs it, without its ways to bring down the process around it. */
export class PowerShellProcess {
  /** Process number; null where it could not be started. */
  readonly pid: number | null
  /** Resolves once the process has ended and all that it wrote was read. Never rejects. */
  readonly ended: Promise<ShellExit>
  #shell: TamedPowerShell
  #diagnostics = ''
  #listener: ((text: string) => void) | null = null

  constructor(options: { executable: string; environment: NodeJS.ProcessEnv }) {
    this.#shell = new TamedPowerShell({
      executable: options.executable,
      executableOptions: {
        '-NoProfile': true,
        '-NonInteractive': true,
        // A process-wide policy, for hosts where script files are otherwise forbidden; group policy still wins.
        ...(process.platform === 'win32' ? { '-ExecutionPolicy': 'RemoteSigned' } : {}),
      },
      spawnOptions: { env: shellEnvironment(options.environment) },
      throwOnInvocationError: false,
    })
    const child: unknown = Reflect.get(this.#shell, 'process')
    if (!(child instanceof ChildProcess)) throw new TypeError('node-powershell started no process.')
    this.pid = child.pid ?? null
    // Left alone, an early death or a missing executable is an unhandled rejection, which ends Node.
    const exitPromise: unknown = Reflect.get(this.#shell, 'exitPromise')
    if (exitPromise instanceof Promise) exitPromise.catch(() => undefined)
    for (const stream of Object.values(this.#shell.streams)) stream.on('error', () => undefined)
    this.ended = new Promise(resolve => {
      child.once('error', error => {
        if (child.pid === undefined) resolve({ code: null, signal: null, error: error.message })
      })
      child.once('close', (code, signal) => resolve({ code, signal, error: null }))
    })
    // Its reader of early errors would pause the stream after three chunks; unpiping pauses it too.
    this.#shell.streams.stderr.unpipe()
    this.#shell.streams.stderr.resume()
    this.#shell.streams.stderr.on('data', (chunk: unknown) => {
      this.#diagnostics = (this.#diagnostics + String(chunk)).slice(-keptDiagnostics)
    })
    this.#shell.streams.stdout.on('data', (chunk: unknown) => this.#listener?.(String(chunk)))
  }

  /** The end of what was written to standard error since the last `forgetDiagnostics`, without node-powershell's markers. */
  get diagnostics(): string {
    return this.#diagnostics.replace(/^[0-9A-Za-z]{16}\r?$\n?/gm, '')
  }

  /** How many past commands node-powershell still remembers: none, between two calls. */
  get remembered(): number {
    return this.#shell.history.length
  }

  forgetDiagnostics(): void {
    this.#diagnostics = ''
  }

  /** Hands on standard output as it comes; one listener at a time. */
  listen(listener: ((text: string) => void) | null): void {
    this.#listener = listener
  }

  /** Writes one line without waiting for anything. */
  write(line: string): void {
    this.#shell.streams.stdin.write(`${line}\n`)
  }

  /**
   * Runs one line through node-powershell and answers with what came on standard output between its markers; null where
   * the shell gave none (it died, or its output was cut off). May stay open for ever: the caller owns the deadline.
   */
  async invoke(line: string): Promise<string | null> {
    try {
      const record = await this.#shell.invoke(line)
      return record.stdout ? record.stdout.toString('utf8') : null
    } catch {
      return null
    } finally {
      // It keeps every command and its raw output for as long as the shell lives.
      this.#shell.history.length = 0
    }
  }

  /** Ends the input, at which the shell leaves when it has nothing left to do. */
  endInput(): void {
    this.#shell.streams.stdin.end()
  }
}

/** English texts, no colours, no calls home: what the shell writes has to be the same everywhere. */
function shellEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    // Measuring its own code to compile it better costs .NET twice what a shell of short calls needs (6 ms instead of 12).
    DOTNET_TieredPGO: '0',
    ...environment,
    TERM: 'dumb',
    NO_COLOR: '1',
    POWERSHELL_TELEMETRY_OPTOUT: '1',
    POWERSHELL_UPDATECHECK: 'Off',
    ...(process.platform === 'win32' ? {} : { LC_ALL: 'en_US.UTF-8' }),
  }
}
