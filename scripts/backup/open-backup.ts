import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extract } from 'tar'
import { fileOfTable, MANIFEST, type Manifest, manifestSchema } from './manifest'
import { BackupRefused, digestOf } from './write-backup'

/** An archive unpacked into a folder of its own, every file checked against the manifest. */
export type OpenBackup = { manifest: Manifest; pathOf: (table: string) => string; close: () => Promise<void> }

/** Unpacks and checks an archive. Throws BackupRefused when it is missing, damaged or not one of Ferry's. */
export async function openBackup(file: string): Promise<OpenBackup> {
  if (!existsSync(file)) throw new BackupRefused(`There is no file ${file}. Check the path.`)
  const folder = await mkdtemp(join(tmpdir(), 'ferry-restore-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    await extract({ cwd: folder, file, strict: true }).catch(error => {
      throw new BackupRefused(`${file} is damaged or no archive (${error.message}). Take another backup.`)
    })
    const manifest = await readManifest(file, folder)
    for (const { name, sha256 } of manifest.tables) {
      const table = join(folder, fileOfTable(name))
      const found = existsSync(table) ? (await digestOf(table)).sha256 : 'missing'
      if (found !== sha256)
        throw new BackupRefused(
          `${file} is damaged: its table ${name} is not what was saved. Take another backup.`,
        )
    }
    return { manifest, pathOf: table => join(folder, fileOfTable(table)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function readManifest(file: string, folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '{}')
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch {
    throw new BackupRefused(
      `${file} is not a backup that this Ferry can read. Choose one that ferry backup wrote.`,
    )
  }
}
