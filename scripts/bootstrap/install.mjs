import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand, tail } from './command.mjs'
import { root } from './root.mjs'
import { Stop, timed } from './say.mjs'

/**
 * Installs the packages that package-lock.json asks for, when they are not all there.
 * Packages' own install scripts are never run: npm 11 asks before running them, and some would download programs,
 * which a machine without internet cannot do. What Ferry needs of them it does itself.
 */
export async function ensureInstalled() {
  if (isInstalled()) return
  await timed(
    'Installing packages; this takes about a minute the first time …',
    'Packages installed',
    install,
  )
}

/** True when every package of the lock is in node_modules in its version (other platforms' packages aside). */
export function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  // npm writes this list at the very end, so a broken-off install does not count.
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(
    ([place, entry]) =>
      place === '' || entry.optional || entry.devOptional || present[place]?.version === entry.version,
  )
}

function packagesOf(file) {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install() {
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--include=peer']
  flags.push('--prefer-offline', '--no-audit', '--no-fund', '--no-progress')
  let result = await npm(['ci', ...flags])
  // Where a registry lacks other platforms' packages, npm leaves them out of the lock and then refuses its own lock.
  if (result.code !== 0 && /EUSAGE|in sync/.test(result.output)) {
    result = await npm(['install', '--no-save', ...flags])
  }
  if (result.code === 0 && isInstalled()) return
  if (result.code === 127) {
    throw new Stop(
      'npm was not found. It comes with Node.js: install Node.js again, then run the same command.',
    )
  }
  throw new Stop(`${tail(result.output)}\n\nThe packages could not be installed. ${remedy(result.output)}`)
}

function remedy(output) {
  if (/ENOSPC/.test(output))
    return 'The disk is full: make some 1.5 GB of room, then run the same command again.'
  if (/EACCES|EPERM/.test(output))
    return `This account may not write to ${root}: run as the account that owns it.`
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|network/i.test(output)) {
    return 'The package registry was not reached. On a machine without internet, copy node_modules from a machine of the same kind.'
  }
  return 'The lines above say why; then run the same command again.'
}

function npm(args) {
  // npm tells its scripts where it is; that very copy is used, so that no other version interferes.
  const own = process.env.npm_execpath
  if (own && /npm-cli\.c?js$/.test(own) && existsSync(own))
    return runCommand(process.execPath, [own, ...args])
  const windows = process.platform === 'win32'
  return runCommand(windows ? 'npm.cmd' : 'npm', args, { shell: windows })
}
