import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

export type Said = { code: number | null; out: string; err: string }

/** The command line, bundled as the build does it, in a folder of its own. `folder` is where the person stands. */
export async function buildCli(): Promise<{ folder: string; file: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-cli-'))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const file = join(folder, 'ferry.mjs')
  await build({
    entryPoints: ['scripts/cli/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  })
  return { folder, file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs it to its end; `heard` gets all of standard error so far whenever there is more. It runs with nothing of this process's own instance in its environment. */
export function runCli(
  file: string,
  args: string[],
  env: Record<string, string | undefined>,
  heard?: (err: string) => void,
  started?: (child: ChildProcess) => void,
): Promise<Said> {
  const own = /^(FERRY_|DATABASE_URL$|REDIS_URL$|INIT_CWD$|NODE_ENV$|VITEST)/
  const around = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
  const child = spawn(process.execPath, [file, ...args], {
    env: { NODE_ENV: 'production', ...around, ...env },
    timeout: 50_000,
  })
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
