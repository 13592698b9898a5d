/** How a lab estate finds its shell when nothing is configured for it (FERRY_LAB_SHELL). */
export const labShells = ['auto', 'real', 'built-in'] as const
export type LabShell = (typeof labShells)[number]

export type ShellQuestion = {
  readonly estate: 'lab' | 'live'
  /** FERRY_PWSH, or null. */
  readonly override: string | null
  /** The estate's own executable, or null. */
  readonly estateExecutable: string | null
  readonly labShell: LabShell
  /** A real PowerShell on this machine's PATH (never the stand-in), or null. */
  readonly realOnPath: string | null
  /** Whether the lab's cmdlets for a real PowerShell are here, so that a real one can work on the lab. */
  readonly realReachesLab: boolean
  /** Path of the stand-in that comes with Ferry. */
  readonly builtIn: string
  /** Whether a path leads to the stand-in, also by a link or under another name. */
  readonly isBuiltIn: (path: string) => boolean
}

export type ShellChoice =
  | {
      readonly ok: true
      readonly executable: string
      readonly kind: 'real' | 'built-in'
      readonly why: string
    }
  | { readonly ok: false; readonly why: string }

/**
 * Which executable an estate's sessions run on: FERRY_PWSH, else the estate's own, else for a lab what FERRY_LAB_SHELL
 * says, else the PowerShell on PATH. A live estate never runs on the stand-in: it would answer and change nothing real.
 */
export function whichShell(question: ShellQuestion): ShellChoice {
  const { override, estateExecutable } = question
  if (override) return configured(question, override, 'FERRY_PWSH says so')
  if (estateExecutable) return configured(question, estateExecutable, 'the estate says so')
  return question.estate === 'live' ? forLive(question) : forLab(question)
}

function configured(question: ShellQuestion, executable: string, why: string): ShellChoice {
  const builtIn = question.isBuiltIn(executable)
  if (builtIn && question.estate === 'live') {
    return {
      ok: false,
      why: `${executable} is the stand-in that works on the lab alone. A live estate needs a real PowerShell; ${why}, so change it there.`,
    }
  }
  return { ok: true, executable, kind: builtIn ? 'built-in' : 'real', why }
}

function forLive({ realOnPath }: ShellQuestion): ShellChoice {
  if (realOnPath)
    return { ok: true, executable: realOnPath, kind: 'real', why: 'it is the PowerShell on PATH' }
  return {
    ok: false,
    why: 'No PowerShell is on PATH. Install PowerShell, or name its executable on the estate page.',
  }
}

function forLab({ labShell, realOnPath, realReachesLab, builtIn }: ShellQuestion): ShellChoice {
  const standIn = (why: string): ShellChoice => ({ ok: true, executable: builtIn, kind: 'built-in', why })
  switch (labShell) {
    case 'built-in':
      return standIn('FERRY_LAB_SHELL is built-in')
    case 'real':
      if (realOnPath && realReachesLab) {
        return { ok: true, executable: realOnPath, kind: 'real', why: 'FERRY_LAB_SHELL is real' }
      }
      return {
        ok: false,
        why: realOnPath
          ? 'FERRY_LAB_SHELL is real, but the lab has no cmdlets for a real PowerShell here. Set it to auto or built-in.'
          : 'FERRY_LAB_SHELL is real, but no PowerShell is on PATH. Install one, or set it to auto or built-in.',
      }
    case 'auto':
      if (realOnPath && realReachesLab) {
        return { ok: true, executable: realOnPath, kind: 'real', why: 'a real PowerShell is on PATH' }
      }
      return standIn(
        realOnPath ? 'the lab has no cmdlets for a real PowerShell here' : 'no real PowerShell is on PATH',
      )
    default:
      return labShell satisfies never
  }
}
