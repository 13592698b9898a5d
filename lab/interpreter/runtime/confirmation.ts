import { refuse } from '../refusal'
import { truth } from '../values/convert'
import { PSHash, PSStreamRecord } from '../values/model'
import { toText } from '../values/text'
import type { Context, Frame } from './context'
import { NetFault } from './errors'
import { preference } from './reporting'

const RANK: Record<string, number> = { none: 0, low: 1, medium: 2, high: 3 }

/** Whether a change of this impact is to be asked about. */
export function mustAsk(cx: Context, impact: string): boolean {
  const wanted = RANK[preference(cx, 'ConfirmPreference')] ?? 3
  return wanted > 0 && (RANK[impact.toLowerCase()] ?? 2) >= wanted
}

export const NOT_INTERACTIVE =
  'PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'

/** Refuses what would be asked, and answered from standard input, by a shell without -NonInteractive. */
export function refusePrompt({ session }: Context, what: string): void {
  if (session.terminal.asks) refuse(`${what} without -NonInteractive`)
}

/** The error of a confirmation that nobody can give. */
export function cannotAsk(cx: Context, question: string): never {
  refusePrompt(cx, 'a confirmation')
  if (!cx.session.terminal.hosted)
    throw new NetFault('System.Management.Automation.PSInvalidOperationException', NOT_INTERACTIVE)
  throw new NetFault(
    'System.Management.Automation.Host.HostException',
    `A command that prompts the user failed because the host program or the command type does not support user interaction. The host was attempting to request confirmation with the following message: ${question}`,
  )
}

/** `$PSCmdlet.ShouldProcess(...)`: says what it would do under -WhatIf, and cannot ask here. */
export async function shouldProcess(cx: Context, frame: Frame, args: unknown[]): Promise<boolean> {
  const [a, b] = args.map(v => toText(v))
  const text =
    args.length >= 3
      ? (a ?? '')
      : `Performing the operation "${args.length > 1 ? b : frame.name}" on target "${a}".`
  if (truth(cx.scope.find('WhatIfPreference')?.value)) {
    cx.session.terminal.out(`What if: ${text}\n`)
    return false
  }
  if (frame.shouldProcess && mustAsk(cx, frame.confirmImpact))
    cannotAsk(cx, `Are you sure you want to perform this action?\n${text}`)
  if (truth(cx.scope.find('VerbosePreference') && preference(cx, 'VerbosePreference') === 'continue'))
    await cx.streams.write(4, new PSStreamRecord(4, text))
  return true
}
export { PSHash }
