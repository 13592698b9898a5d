import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { root } from '../bootstrap/root.mjs'
import { Stop } from '../bootstrap/say.mjs'

const standIn = join(root, 'lab', 'bin', 'pwsh')

/**
 * The PowerShell that the suite runs on: FERRY_PWSH, else a real one on PATH, else the stand-in. Answers its path, why it
 * is that one, and what it says it is. Throws Stop where it is not there or is older than 7.4.
 */
export function executableUnderTest() {
  const named = process.env.FERRY_PWSH?.trim()
  const onPath = named ? undefined : realOnPath()
  const executable = named ? resolve(named) : (onPath ?? standIn)
  if (!isProgram(executable)) throw new Stop(`FERRY_PWSH names ${executable}, which is not a program.`)
  const why = named
    ? 'FERRY_PWSH names it'
    : onPath
      ? 'It is the first real PowerShell on PATH'
      : 'No real PowerShell is on PATH'
  if (leadsToStandIn(executable)) return { executable, why, words: 'The stand-in that comes with Ferry.' }
  return { executable, why, words: `PowerShell ${version(executable)}.` }
}

function realOnPath() {
  const names = process.platform === 'win32' ? ['pwsh.exe'] : ['pwsh']
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    for (const name of names) {
      const candidate = join(folder, name)
      if (isProgram(candidate) && !leadsToStandIn(candidate)) return candidate
    }
  }
  return undefined
}

function version(executable) {
  const ask = '[string] $PSVersionTable.PSVersion'
  const asked = spawnSync(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', ask], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  const said = asked.stdout?.trim() ?? ''
  const [major = 0, minor = 0] = said.split('.').map(Number)
  if (major > 7 || (major === 7 && minor >= 4)) return said
  throw new Stop(
    said
      ? `${executable} is PowerShell ${said}; the suite needs 7.4 or later.`
      : `${executable} did not say which PowerShell it is. ${asked.stderr ?? ''}`.trim(),
  )
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const leadsToStandIn = path => existsSync(path) && realpathSync(path) === realpathSync(standIn)
