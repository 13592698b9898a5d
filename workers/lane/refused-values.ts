import type { ValueProblem } from '@/domain/script/values'
import { nothingDropped, type ShellAnswer } from '@/workers/powershell/answer'

/** What a step answers whose values may not be used: one error record for each, and nothing was sent to any shell. */
export function refusedAnswer(problems: readonly ValueProblem[]): ShellAnswer {
  const errors = problems.map(({ name, code, message }) => ({
    message,
    details: '',
    id: `FerryValueRefused,${code}`,
    category: 'InvalidArgument',
    reason: 'ValueRefused',
    activity: '',
    target: name,
    command: '',
    line: 0,
    position: '',
    exceptions: [],
    terminating: true,
  }))
  return {
    began: false,
    result: null,
    output: [],
    errors,
    warnings: [],
    verbose: [],
    information: [],
    dropped: nothingDropped,
    durationMs: 0,
  }
}
