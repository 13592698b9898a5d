import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, canReach } from './account'

/** Where the database's files are: `data` is PostgreSQL's folder, `base` one that its account can reach. */
export type DatabaseHome = { data: string; base: string; elsewhere: boolean }

/**
 * Chooses where the database's files are kept: in `<data folder>/postgres`, or, where that is out of reach of the
 * account that PostgreSQL must run as, in a folder of its own under /var/lib (or the temporary folder), which the file
 * `postgres.location` in the data folder then names. The choice is made once for an instance.
 */
export function databaseHome(dataDir: string, account: Account | undefined): DatabaseHome {
  const own = join(dataDir, 'postgres')
  const pointer = join(dataDir, 'postgres.location')
  if (existsSync(pointer)) {
    const base = readFileSync(pointer, 'utf8').trim()
    if (!existsSync(base)) {
      throw new Error(
        `The database of this instance is in ${base}, as ${pointer} says, and that folder is gone. ` +
          'Put it back from a backup. To begin anew with an empty database, delete the data folder.',
      )
    }
    return { data: join(base, 'postgres'), base, elsewhere: true }
  }
  if (!account) return { data: own, base: dataDir, elsewhere: false }
  openToAccount(dataDir, account)
  if (canReach(account, own)) return { data: own, base: dataDir, elsewhere: false }
  const base = makeElsewhere(
    `ferry-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12)}`,
  )
  writeFileSync(pointer, `${base}\n`, { mode: 0o600 })
  return { data: join(base, 'postgres'), base, elsewhere: true }
}

/** The account may pass through our folder to its own, and see nothing else in it. */
function openToAccount(dataDir: string, account: Account): void {
  if (statSync(dataDir).uid === account.uid) return
  chmodSync(dataDir, 0o711)
}

function makeElsewhere(name: string): string {
  for (const parent of ['/var/lib', tmpdir()]) {
    const folder = join(parent, name)
    try {
      mkdirSync(folder, { recursive: true })
      chmodSync(folder, 0o711)
      return folder
    } catch {
      // Not writable: the next one.
    }
  }
  throw new Error(
    'No folder was found that PostgreSQL’s account can reach. Set DATABASE_URL to a database of your own.',
  )
}
