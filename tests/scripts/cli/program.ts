import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { cliBundle } from '@/scripts/bootstrap/entries.mjs'

export type Said = { code: number | null; out: string; err: string }

export type Cli = { folder: string; file: string; kept: string; remove: () => void }

/** The command line, bundled as the build does it, in a folder of its own. `folder` is where the person stands. */
export async function buildCli(): Promise<Cli> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-cli-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  await build({
    ...cliBundle,
    entryPoints: [
      { in: 'scripts/cli/main.ts', out: 'ferry' },
      { in: 'tests/scripts/cli/kept-program.ts', out: 'kept' },
    ],
    outdir: folder,
  })
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return { folder, file: join(folder, 'ferry.mjs'), kept: join(folder, 'kept.mjs'), remove }
}

/** Nothing of this process's own instance, then what is given. */
function surroundings(env: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const own = /^(FERRY_|DATABASE_URL$|REDIS_URL$|INIT_CWD$|NODE_ENV$|VITEST)/
  const around = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
  return { NODE_ENV: 'production', ...around, ...env }
}

/** The command line in a process that is kept for one command after another. */
export class KeptCli {
  private readonly child: ChildProcess
  private last: Promise<unknown> = Promise.resolve()

  constructor(cli: Cli, env: Record<string, string | undefined>) {
    this.child = fork(cli.kept, [], { env: surroundings(env), execArgv: [], stdio: 'inherit' })
  }

  run(args: string[], token: string | undefined): Promise<Said> {
    const said = this.last.then(
      () =>
        new Promise<Said>((done, fail) => {
          const ended = (code: number | null) => fail(new Error(`the kept command line ended with ${code}`))
          this.child.once('exit', ended)
          this.child.once('message', answer => {
            this.child.off('exit', ended)
            done(answer as Said)
          })
          this.child.send({ args, token })
        }),
    )
    this.last = said.catch(() => {})
    return said
  }

  end(): void {
    this.child.kill()
  }
}

/** Runs it to its end; `heard` gets all of standard error so far whenever there is more. */
export function runCli(
  file: string,
  args: string[],
  env: Record<string, string | undefined>,
  heard?: (err: string) => void,
  started?: (child: ChildProcess) => void,
): Promise<Said> {
  const child = spawn(process.execPath, [file, ...args], { env: surroundings(env), timeout: 50_000 })
  started?.(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    said.out += chunk
  })
  child.stderr.on('data', chunk => {
    said.err += chunk
    heard?.(said.err)
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', code => done({ code, ...said }))
  })
}
