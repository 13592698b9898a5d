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
import { Refusal } from '../text'
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
      throw new Refusal(
        `The database of this instance is in ${base}, as ${pointer} says, and that folder is gone. ` +
          'Put it back from a backup. To begin anew with an empty database, delete the data folder.',
      )
    }
    return { data: join(base, 'postgres'), base, elsewhere: true }
  }
  if (!account) return { data: own, base: dataDir, elsewhere: false }
  openToAccount(dataDir, account)
  if (canReach(account, own)) return { data: own, base: dataDir, elsewhere: false }
  if (existsSync(join(own, 'PG_VERSION'))) {
    throw new Refusal(
      `The database of this instance is in ${own}, and the account ${account.name}, which PostgreSQL runs as, can no longer ` +
        'get there. Let others pass through the folders above it (chmod o+x), as it was when the database was made.',
    )
  }
  const real = realpathSync(dataDir)
  const base = makeElsewhere(`ferry-${createHash('sha256').update(real).digest('hex').slice(0, 12)}`, real)
  writeFileSync(pointer, `${base}\n`, { mode: 0o600 })
  return { data: join(base, 'postgres'), base, elsewhere: true }
}

/** The account may pass through our folder to its own, and see nothing else in it. */
function openToAccount(dataDir: string, account: Account): void {
  if (statSync(dataDir).uid === account.uid) return
  chmodSync(dataDir, 0o711)
}

/** A folder that is new: one that is there already may hold the database of an instance whose data folder is gone. */
function makeElsewhere(name: string, dataDir: string): string {
  for (const parent of ['/var/lib', tmpdir()]) {
    for (let number = 1; ; number++) {
      const folder = join(parent, number === 1 ? name : `${name}-${number}`)
      try {
        mkdirSync(folder)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
        // Not writable: the next parent.
        break
      }
      chmodSync(folder, 0o711)
      writeFileSync(join(folder, 'belongs-to'), `${dataDir}\n`, { mode: 0o600 })
      return folder
    }
  }
  throw new Refusal(
    'No folder was found that the account of PostgreSQL can reach. Set DATABASE_URL to a database of your own.',
  )
}
