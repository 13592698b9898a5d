import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A batch and its ledger, the only ones of their database. */
export type Size = { batch: string; name: string; people: number; events: number }

/** What a side's process says: which questions it knows, then how long each took. */
export type Ready = { questions: string[] }
export type Asked = { ms: number } | { failed: string }

export type Side = {
  questions: readonly string[]
  /** Asks once and answers the milliseconds that it took. */
  ask(question: string): Promise<number>
  end(): Promise<void>
}

/** Starts the process of one side, whose database is filled when this answers. */
export async function openSide(size: Size): Promise<Side> {
  const program = join(process.cwd(), 'bench', 'pages', 'side-process.ts')
  const child = fork(program, [JSON.stringify(size)])
  const { questions } = (await next(child)) as Ready
  return {
    questions,
    ask: async question => {
      const answer = next(child)
      child.send(question)
      const told = (await answer) as Asked
      if ('failed' in told) throw new Error(`${question}: ${told.failed}`)
      return told.ms
    },
    end: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

/** The next message of a process; throws where it ends instead. */
async function next(child: ChildProcess): Promise<unknown> {
  const over = new AbortController()
  try {
    return await Promise.race([
      once(child, 'message', { signal: over.signal }).then(([message]) => message),
      once(child, 'exit', { signal: over.signal }).then(([code]) => {
        throw new Error(`The process of one side ended with ${code}.`)
      }),
    ])
  } finally {
    over.abort()
  }
}
