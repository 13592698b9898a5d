import type { LabShell } from '@/domain/shell/which-shell'

/**
 * Which shell an estate's sessions run on, in words: FERRY_PWSH, else the estate's own, else for a lab what FERRY_LAB_SHELL
 * says, else the PowerShell on PATH (see domain/shell). Whether a program is on PATH only the lane worker's machine knows.
 */
export function shellWords(estate: {
  kind: 'lab' | 'live'
  executable: string | null
  /** FERRY_PWSH, or null. */
  override: string | null
  labShell: LabShell
}): string {
  const { kind, executable, override, labShell } = estate
  if (override)
    return `${override}, because FERRY_PWSH says so${executable ? `; the estate says ${executable}` : ''}.`
  if (executable) return `${executable}, because the estate says so.`
  if (kind === 'live')
    return 'The PowerShell on PATH of the machine that the lane worker runs on. A LIVE estate never runs on the stand-in.'
  switch (labShell) {
    case 'built-in':
      return 'The stand-in that comes with Ferry, because FERRY_LAB_SHELL is built-in.'
    case 'real':
      return 'The real PowerShell on PATH, because FERRY_LAB_SHELL is real.'
    case 'auto':
      return 'A real PowerShell on PATH if the lab has cmdlets for it there, else the stand-in: FERRY_LAB_SHELL is auto.'
    default:
      return labShell satisfies never
  }
}
