import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Refusal } from '../text'

/** The operating system account that PostgreSQL runs as, where it is not our own. */
export type Account = { name: string; uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root. As root, this answers the account to run it as: `postgres` when the machine
 * has one, else `ferry`, which is made when there is a tool to make it, else `nobody`. Undefined means: as ourselves.
 */
export function databaseAccount(): Account | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined
  const found = lookUp('postgres') ?? lookUp('ferry')
  if (found) return found
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'ferry'])
  if (!lookUp('ferry')) spawnSync('adduser', ['-S', '-D', '-H', 'ferry'])
  const account = lookUp('ferry') ?? lookUp('nobody')
  if (account) return account
  throw new Refusal(
    'Ferry runs as root, PostgreSQL must not, and this machine has no account for it. ' +
      'Make one (useradd --system ferry), run Ferry as an ordinary user, or set DATABASE_URL to a database of your own.',
  )
}

/** True when `account` can pass through every folder above `path`, by the permission bits. */
export function canReach(account: Account, path: string): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat) {
      const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001
      if ((stat.mode & bit) === 0) return false
    }
    if (folder === dirname(folder)) return true
  }
}

function lookUp(name: string): Account | undefined {
  const uid = idOf('-u', name)
  const gid = idOf('-g', name)
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid }
}

function idOf(flag: string, name: string): number | undefined {
  const result = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return result.status === 0 ? Number.parseInt(result.stdout, 10) : undefined
}
