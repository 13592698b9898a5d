import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { type LabShell, type ShellChoice, whichShell } from '@/domain/shell/which-shell'

export type ExecutableQuestion = {
  readonly estate: 'lab' | 'live'
  readonly estateExecutable: string | null
  /** FERRY_PWSH, or null. */
  readonly override: string | null
  readonly labShell: LabShell
  /** Root folder of Ferry, which holds lab/bin/pwsh and lab/module. */
  readonly root: string
  /** PATH to search. */
  readonly path: string
}

/** Rule 17 on this machine: `whichShell` with what PATH and the disk say. Looks anew at every call. */
export function chooseExecutable(question: ExecutableQuestion): ShellChoice {
  const builtIn = join(question.root, 'lab', 'bin', 'pwsh')
  const isBuiltIn = (path: string): boolean => leadsTo(path, builtIn)
  return whichShell({
    estate: question.estate,
    override: question.override,
    estateExecutable: question.estateExecutable,
    labShell: question.labShell,
    realOnPath: realOnPath(question.path, isBuiltIn),
    realReachesLab: isThere(labCommands(question.root), 'FerryLab', 'FerryLab.psd1'),
    builtIn,
    isBuiltIn,
  })
}

const names = process.platform === 'win32' ? ['pwsh.exe', 'powershell.exe'] : ['pwsh']

/** The first real PowerShell on PATH: PowerShell 7 before Windows PowerShell, the stand-in never. */
function realOnPath(path: string, isBuiltIn: (path: string) => boolean): string | null {
  // A relative entry would mean another file in every working folder.
  const folders = path.split(delimiter).filter(isAbsolute)
  for (const name of names) {
    for (const folder of folders) {
      const candidate = join(folder, name)
      if (isExecutable(candidate) && !isBuiltIn(candidate)) return candidate
    }
  }
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function leadsTo(path: string, target: string): boolean {
  try {
    return realpathSync(path) === realpathSync(target)
  } catch {
    return path === target
  }
}

const labCommands = (root: string): string => join(root, 'lab', 'module')
const isThere = (...path: string[]): boolean => existsSync(join(...path))

/**
 * The environment of an estate's shells. A lab's commands for a real PowerShell are in reach of lab shells alone: on a
 * live estate they would answer in the place of Microsoft's, and the lab's address has no business there either.
 */
export function shellEnvironmentOf(
  estate: 'lab' | 'live',
  root: string,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const folder = labCommands(root)
  const modules = (environment.PSModulePath ?? '')
    .split(delimiter)
    .filter(one => one !== '' && one !== folder)
  if (estate === 'lab') return { ...environment, PSModulePath: [folder, ...modules].join(delimiter) }
  const { FERRY_LAB_URL: _url, FERRY_LAB_KEY: _key, PSModulePath: _modules, ...rest } = environment
  return modules.length > 0 ? { ...rest, PSModulePath: modules.join(delimiter) } : rest
}
