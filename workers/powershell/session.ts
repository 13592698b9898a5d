import type { ScriptValues } from '@/domain/script/travel'
import type { ShellAnswer } from './answer'
import type { Loss } from './loss'
import type { ShellHealth, ShellProcess } from './seats'

export type SessionOptions = {
  /** Absolute path of the executable, as `chooseExecutable` found it. */
  readonly executable: string
  /** The whole environment of the shell (FERRY_LAB_URL and FERRY_LAB_KEY for the lab). */
  readonly environment: NodeJS.ProcessEnv
  /** Path of the stored harness. */
  readonly harnessPath: string
  /** Milliseconds until the shell must have answered its health probe. */
  readonly openDeadlineMs?: number
  /** Cmdlets of the modules that the estate's scripts use: the health probe loads and names their modules. */
  readonly cmdlets?: readonly string[]
  /** Bytes of standard output one call may write; beyond it the shell is killed. */
  readonly outputCapBytes?: number
}

export type ScriptCall = {
  /** Path of the stored script, from the script store (which checks its hash). */
  readonly scriptPath: string
  readonly values: ScriptValues
  /** Hard deadline in milliseconds. When it passes, the shell and all it started are killed. */
  readonly deadlineMs: number
  /** Soft deadline in milliseconds, half of the hard one where it is left out: `onSlow` is called and the call goes on. */
  readonly softDeadlineMs?: number
  /** Called once, when the soft deadline passes. Must not throw. */
  readonly onSlow?: () => void
  /** Called once, when the shell says that the script begins. Must not throw. */
  readonly onBegan?: () => void
}

export type RunOutcome =
  | { readonly kind: 'answered'; readonly answer: ShellAnswer }
  | { readonly kind: 'lost'; readonly loss: Loss }

/** One live PowerShell process that runs one call at a time. */
export interface Session {
  readonly process: ShellProcess
  readonly health: ShellHealth
  /** Calls made so far. */
  readonly calls: number
  /** Milliseconds since it was opened. */
  readonly ageMs: number
  /** Whether a call went past its soft deadline: such a shell is not trusted with another one. */
  readonly slow: boolean
  /** False after any loss, and once it is disposed or dead: such a session is never used again. */
  readonly usable: boolean
  /** Resolves when the process has ended, whyever. Never rejects. */
  readonly ended: Promise<void>
  /** Runs a stored script. Never rejects for what the shell does; a second call while one runs is a programming error. */
  run(call: ScriptCall): Promise<RunOutcome>
  /** Asks the idle shell whether it still answers. False, and never used again, where it does not in time. */
  stillAnswers(deadlineMs: number): Promise<boolean>
  /** Resident memory in bytes of the shell and all it started; null where the host does not say. */
  memoryBytes(): Promise<number | null>
  /** Ends the shell: politely (end of input), then by killing its process tree. Answers whether it was seen dead. */
  dispose(): Promise<boolean>
  /** Kills the process tree at once; a call in flight becomes a loss. Answers whether it was seen dead. */
  kill(): Promise<boolean>
}
