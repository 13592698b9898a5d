import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs'
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
    realReachesLab: hasManifest(join(question.root, 'lab', 'module')),
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

function hasManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some(name => name.endsWith('.psd1'))
  } catch {
    return false
  }
}
