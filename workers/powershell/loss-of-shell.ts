import type { LossKind } from './loss'
import type { ShellExit } from './shell-process'

/** A stand-in shell that meets something it does not know ends with this code and writes this marker to standard error. */
export const refusalExitCode = 86
export const refusalMarker = 'PSSTANDIN-REFUSED'

export const refusedBy = (diagnostics: string): boolean => diagnostics.includes(refusalMarker)

/** What the end of a shell's process means, in words. */
export function describeExit(exit: ShellExit, diagnostics: string): { kind: LossKind; message: string } {
  if (exit.error !== null)
    return { kind: 'missing', message: `PowerShell could not be started: ${exit.error}.` }
  if (exit.code === refusalExitCode || refusedBy(diagnostics)) {
    const line = diagnostics.split('\n').find(text => text.includes(refusalMarker))
    const what = line
      ?.slice(line.indexOf(refusalMarker) + refusalMarker.length)
      .replace(/^[:\s]+/, '')
      .trim()
    return {
      kind: 'refused',
      message: `The stand-in shell does not know something in this script${what ? `: ${what}` : ''}. Run it on a real PowerShell.`,
    }
  }
  const how = exit.signal === null ? `with code ${exit.code ?? 'unknown'}` : `by signal ${exit.signal}`
  return { kind: 'died', message: `PowerShell ended ${how} before it answered.` }
}
