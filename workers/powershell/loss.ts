/**
 * Why a shell gave no answer. After any of these the shell is killed with everything it started and never used again.
 * timeout: the hard deadline passed · died: it ended by itself or was killed · protocol: what it wrote is not an answer,
 * or is too much · refused: a stand-in shell does not know something in the script, and says so before any effect ·
 * constrained: the language mode forbids what Ferry needs, found before anything ran · missing: it could not be started.
 */
export const lossKinds = ['timeout', 'died', 'protocol', 'refused', 'constrained', 'missing'] as const
export type LossKind = (typeof lossKinds)[number]

export type Loss = {
  readonly kind: LossKind
  /** Whether the step script had begun. Not begun means: nothing can have changed. */
  readonly began: boolean
  /** Whether the shell's process was seen dead on this host afterwards (rule 2). */
  readonly seenDead: boolean
  readonly exitCode: number | null
  /** Plain sentence for people. */
  readonly message: string
  /** The end of what it wrote to standard error, for diagnosis. */
  readonly diagnostics: string
}

/** A shell could not be opened. */
export class SessionLost extends Error {
  override readonly name = 'SessionLost'
  constructor(readonly loss: Loss) {
    super(loss.message)
  }
}
