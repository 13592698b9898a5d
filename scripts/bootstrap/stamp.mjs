import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.mjs'

/** One hash over the names and contents of all files under `paths` (files or folders, relative to Ferry's folder). */
export function contentHash(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesUnder(path)) {
      hash.update(`${file}\0`)
      hash.update(readFileSync(join(root, file)))
      hash.update('\0')
    }
  }
  return hash.digest('hex')
}

/** True when `file` holds exactly this hash: what it stands for is up to date. */
export function isStamped(file, hash) {
  return existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === hash
}

export function writeStamp(file, hash) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), hash)
}

function filesUnder(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => (entry.isDirectory() || entry.isFile() ? filesUnder(`${path}/${entry.name}`) : []))
}
