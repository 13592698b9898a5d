import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@/scripts/migrate'
import { freePort } from '@/scripts/supervisor/ports'
import { databaseAccount } from '@/scripts/supervisor/postgres/account'
import { findBinaries, reachableBinaries } from '@/scripts/supervisor/postgres/binaries'
import { initialise, start, stop } from '@/scripts/supervisor/postgres/cluster'

/** A PostgreSQL of its own with Ferry's tables, writing to disk as a real one does. `end` removes all of it. */
export async function throwAwayDatabase(): Promise<{
  url: string
  folder: string
  end: () => Promise<void>
}> {
  const root = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'ferry-bench-'))
  chmodSync(folder, 0o711)
  const account = databaseAccount()
  const binaries = reachableBinaries(findBinaries(root), account, folder)
  const password = randomBytes(12).toString('hex')
  const data = join(folder, 'data')
  const place = { folder: data, binaries, account, password, logFile: join(folder, 'postgres.log') }
  initialise(place)
  const running = await start(place, await freePort())
  const url = running.url('postgres')
  await migrate(url, root)
  return {
    url,
    folder,
    end: async () => {
      await stop({ identity: running.identity, folder: data, binaries }, 5_000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
