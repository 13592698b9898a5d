import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureBundles, ensureWeb } from './build.mjs'
import { ensureGenerated } from './generate.mjs'
import { ensureInstalled } from './install.mjs'
import { root } from './root.mjs'
import { Stop, say } from './say.mjs'

/**
 * Makes this copy of Ferry ready to run, doing only what is missing: packages, database client, programs, and with
 * `web: true` the web console. `build: false` and `client: false` leave those out. Two commands at once take turns.
 */
export async function prepare({ web, build = true, client = true }) {
  const unlock = await lock()
  try {
    await ensureInstalled()
    if (client) await ensureGenerated()
    if (!build) return
    await ensureBundles()
    if (web) await ensureWeb()
  } finally {
    unlock()
  }
}

/** Reads a file named .env beside package.json into the environment; what is set already stays as it is. */
export function readEnvFile() {
  const file = join(root, '.env')
  if (!existsSync(file)) return
  if (!process.loadEnvFile) {
    throw new Stop(
      `${file} is there, and reading it needs Node.js 20.12 or later; this is ${process.version}.`,
    )
  }
  process.loadEnvFile(file)
}

async function lock() {
  const file = join(root, '.prepare.lock')
  for (let waited = false; ; await pause(500)) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Stop(unwritable(error))
    }
    if (!isAlive(Number(readIfThere(file)))) rmSync(file, { force: true })
    else if (!waited) {
      waited = true
      say('Another command is preparing this copy of Ferry; waiting for it …')
    }
  }
}

function unwritable(error) {
  if (error.code === 'ENOSPC')
    return 'The disk is full: make some 1.5 GB of room, then run the same command again.'
  return `Ferry cannot write to its folder ${root} (${error.code}). Run it as the account that owns the folder.`
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
