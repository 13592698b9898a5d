import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { bundle } from '@/scripts/bootstrap/entries.mjs'
import { FerryProcess } from '../../ferry-process'

const PROGRAM = resolve('tests/scripts/small-ferry/program.mjs')

/**
 * A folder in which the real supervisor runs with the real PostgreSQL, but small programs in the places of web, lab and
 * workers: so that it can be seen to start, restart and stop without a built Ferry.
 */
export async function makeSmallFerry(parent = tmpdir()): Promise<string> {
  const root = mkdtempSync(join(parent, 'ferry-small-'))
  // As a checkout is: others may pass through it, among them the account that PostgreSQL runs as.
  chmodSync(root, 0o755)
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
    ...bundle,
    outdir: join(root, 'dist'),
  })
  writeFileSync(
    join(root, 'start.mjs'),
    `import { main } from './dist/supervisor.mjs'\nawait main(process.argv.slice(2))\n`,
  )
  return root
}

/** One run of the supervisor in such a folder. */
export class SmallFerry extends FerryProcess {
  constructor(root: string, env: Record<string, string> = {}, account: { uid?: number; gid?: number } = {}) {
    const dataDir = env.FERRY_DATA_DIR ?? join(root, 'data')
    super({ cwd: root, args: ['start.mjs'], dataDir, env: { PATH: process.env.PATH, ...env }, account })
  }
}

export function remove(root: string): void {
  rmSync(root, { recursive: true, force: true })
}
