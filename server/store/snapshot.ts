import { db } from './client'
import type { Tx } from './ledger'

/** An export may take as long as the reader on the other end needs. */
const longest = 60 * 60_000

/**
 * Yields what `read` yields, all of it from one snapshot of the database: what changes meanwhile is not seen, so totals
 * agree with lines. The next piece is read only when the one before was taken, so memory stays flat.
 */
export async function* inSnapshot<T>(
  read: (tx: Tx) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  type Step = { piece: T; taken: () => void } | { failed: unknown } | 'ended'
  let hand: (step: Step) => void = () => {}
  let next = new Promise<Step>(resolve => {
    hand = resolve
  })
  let stopped = false
  const running = db()
    .$transaction(
      async tx => {
        for await (const piece of read(tx)) {
          await new Promise<void>(taken => hand({ piece, taken }))
          if (stopped) return
        }
      },
      { isolationLevel: 'RepeatableRead', timeout: longest },
    )
    .then(
      () => hand('ended'),
      (failed: unknown) => hand({ failed }),
    )
  let release: () => void = () => {}
  try {
    for (;;) {
      const step = await next
      if (step === 'ended') return
      if ('failed' in step) throw step.failed
      next = new Promise<Step>(resolve => {
        hand = resolve
      })
      release = step.taken
      yield step.piece
      step.taken()
    }
  } finally {
    stopped = true
    release()
    await running
  }
}
