import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { type Instance, readInstance } from '@/scripts/supervisor/instance-file'
import { identify, isRunning } from '@/scripts/supervisor/process-identity'

const PROGRAM = resolve('tests/scripts/small-ferry/program.mjs')

/**
 * A folder in which the real supervisor runs with the real PostgreSQL, but small programs in the places of web, lab and
 * workers: so that it can be seen to start, restart and stop without a built Ferry.
 */
export async function makeSmallFerry(parent = tmpdir()): Promise<string> {
  const root = mkdtempSync(join(parent, 'ferry-small-'))
  cpSync('package.json', join(root, 'package.json'))
  mkdirSync(join(root, 'node_modules'))
  for (const name of readdirSync('node_modules').filter(entry => entry !== 'next')) {
    symlinkSync(resolve('node_modules', name), join(root, 'node_modules', name))
  }
  for (const place of [
    'dist/lab.mjs',
    'dist/lane.mjs',
    'dist/coordinator.mjs',
    'node_modules/next/dist/bin/next.mjs',
  ]) {
    mkdirSync(dirname(join(root, place)), { recursive: true })
    cpSync(PROGRAM, join(root, place))
  }
  cpSync(PROGRAM, join(root, 'node_modules/next/dist/bin/next'))
  writeFileSync(join(root, 'node_modules/next/package.json'), '{ "name": "next", "type": "module" }')
  writeFileSync(join(root, 'dist/setup-link.mjs'), `process.stdout.write('the link for the first run\\n')\n`)
  const migration = join(root, 'prisma/migrations/0001_small')
  mkdirSync(migration, { recursive: true })
  writeFileSync(
    join(migration, 'migration.sql'),
    'CREATE TABLE worker (pid int, host text, "stoppedAt" timestamptz);\nCREATE TABLE "user" (id text);\n',
  )
  await build({
    entryPoints: { supervisor: 'scripts/supervisor/main.ts' },
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  writeFileSync(
    join(root, 'start.mjs'),
    `import { main } from './dist/supervisor.mjs'\nawait main(process.argv.slice(2))\n`,
  )
  return root
}

/** One run of the supervisor, with all it said so far. */
export class SmallFerry {
  readonly dataDir: string
  readonly process: ChildProcess
  readonly #exit: Promise<number | null>
  text = ''

  constructor(root: string, env: Record<string, string> = {}, account: { uid?: number; gid?: number } = {}) {
    this.dataDir = env.FERRY_DATA_DIR ?? join(root, 'data')
    this.process = spawn(process.execPath, ['start.mjs'], {
      cwd: root,
      env: { PATH: process.env.PATH, PORT: '0', FERRY_DATA_DIR: this.dataDir, ...env },
      ...account,
      // A group of its own, as in a terminal: Ctrl-C can then be sent to all of it.
      detached: true,
    })
    this.process.stdout?.on('data', chunk => {
      this.text += chunk
    })
    this.process.stderr?.on('data', chunk => {
      this.text += chunk
    })
    this.#exit = new Promise(done => this.process.once('exit', code => done(code)))
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('It did not start.')
    return this.process.pid
  }

  get instance(): Instance {
    const instance = readInstance(this.dataDir)
    if (!instance) throw new Error(`There is no instance file. It said:\n${this.text}`)
    return instance
  }

  /** Waits until it has said something that fits. */
  async says(pattern: RegExp | string, limit = 30_000): Promise<void> {
    await until(
      () => (typeof pattern === 'string' ? this.text.includes(pattern) : pattern.test(this.text)),
      limit,
      () => `Not said: ${pattern}. It said:\n${this.text}`,
    )
  }

  ready(): Promise<void> {
    return this.says('Ferry is ready')
  }

  /** Waits for its end and answers the exit code (null when it was killed) and how long that took, in ms. */
  async ended(limit = 30_000): Promise<{ code: number | null; ms: number }> {
    const began = performance.now()
    const code = await Promise.race([
      this.#exit,
      new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Error(`It did not end:\n${this.text}`)), limit).unref(),
      ),
    ])
    return { code, ms: performance.now() - began }
  }

  /** As a terminal does it: to the whole process group. */
  ctrlC(): void {
    process.kill(-this.pid, 'SIGINT')
  }

  /** Ends whatever is still there, for afterEach. */
  async cleanUp(): Promise<void> {
    const instance = readInstance(this.dataDir)
    if (identify(this.pid)) {
      this.process.kill('SIGKILL')
      await this.#exit
    }
    for (const identity of Object.values(instance?.processes ?? {})) {
      if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
    }
  }
}

/** What of the instance's processes is still running, by name. */
export function running(instance: Instance): string[] {
  return Object.entries(instance.processes)
    .filter(([, identity]) => isRunning(identity))
    .map(([name]) => name)
}

export function readLog(dataDir: string, name: string): string {
  return readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8')
}

export function remove(root: string): void {
  rmSync(root, { recursive: true, force: true })
}

export async function until(condition: () => boolean, limit: number, explain: () => string): Promise<void> {
  const deadline = performance.now() + limit
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(explain())
    await new Promise(done => setTimeout(done, 25))
  }
}
