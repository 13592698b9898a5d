import { setTimeout as sleep } from 'node:timers/promises'
import { healthLine, travelLine } from '@/domain/script/travel'
import { answerSchema, type ShellAnswer } from './answer'
import type { Loss, LossKind } from './loss'
import { describeExit, refusedBy } from './loss-of-shell'
import { newFrame, type Seen, watchOutput } from './output-watch'
import { killTree } from './process-tree'
import type { ShellHealth, ShellProcess } from './seats'
import type { RunOutcome, ScriptCall, Session, SessionOptions } from './session'
import type { PowerShellProcess, ShellExit } from './shell-process'
import { treeMemoryBytes } from './tree-memory'

type Exchange = Pick<ScriptCall, 'deadlineMs' | 'onBegan'>

const defaultOutputCapBytes = 4_000_000
const politeEndMs = 2000
/** How long after an answer node-powershell may take to see its own end markers. */
const settleMs = 5000

type Ending =
  | { readonly how: 'answered'; readonly json: string }
  | { readonly how: 'problem'; readonly kind: LossKind; readonly message: string }
  | { readonly how: 'ended'; readonly exit: ShellExit }

/**
 * A shell that answered its health probe. It is in one of three states: free, running one call, or over. From over
 * nothing leads back: after a timeout, a death or an answer that is none, what the shell would do next is unknown.
 */
export class LiveSession implements Session {
  readonly ended: Promise<void>
  #state: 'free' | 'running' | 'over' = 'free'
  #calls = 0
  #slow = false
  #openedAt = performance.now()
  #exit: ShellExit | null = null
  /** Told of the shell's end while a call runs. One place for all calls: what waits on `ended` itself stays for the shell's life. */
  #onEnd: ((exit: ShellExit) => void) | null = null
  #dead: Promise<boolean> | null = null

  constructor(
    private readonly shell: PowerShellProcess,
    readonly process: ShellProcess,
    readonly health: ShellHealth,
    private readonly options: SessionOptions,
  ) {
    this.ended = shell.ended.then(exit => {
      this.#exit = exit
      this.#state = 'over'
      this.#onEnd?.(exit)
    })
  }

  get calls(): number {
    return this.#calls
  }

  get ageMs(): number {
    return performance.now() - this.#openedAt
  }

  get slow(): boolean {
    return this.#slow
  }

  get usable(): boolean {
    return this.#state === 'free'
  }

  async run(call: ScriptCall): Promise<RunOutcome> {
    if (this.#state === 'running') throw new Error('This session already runs a call; lease another one.')
    const frame = newFrame()
    const { scriptPath, values } = call
    const line = travelLine({ harnessPath: this.options.harnessPath, scriptPath, values, frame })
    if (this.#state === 'over') {
      const seen: Seen = { began: false, answer: null, problem: null }
      return this.#lose('died', 'The shell had already ended when the call was made.', seen)
    }
    this.#state = 'running'
    this.#calls += 1
    this.shell.forgetDiagnostics()
    const soft = setTimeout(
      () => {
        this.#slow = true
        call.onSlow?.()
      },
      call.softDeadlineMs ?? call.deadlineMs / 2,
    )
    const { ending, seen } = await this.#exchange(line, frame, call).finally(() => clearTimeout(soft))
    switch (ending.how) {
      case 'problem':
        return this.#lose(ending.kind, ending.message, seen)
      case 'ended': {
        const { kind, message } = describeExit(ending.exit, this.shell.diagnostics)
        return this.#lose(kind, message, seen)
      }
      case 'answered': {
        const answer = parseAnswer(ending.json)
        if (answer === null)
          return this.#lose('protocol', 'The shell wrote a framed line that is no answer.', seen)
        this.shell.listen(null)
        if (this.#state === 'running') this.#state = 'free'
        // Where record and line differ, the one that says that it began is believed.
        return { kind: 'answered', answer: { ...answer, began: answer.began || seen.began } }
      }
      default:
        return ending satisfies never
    }
  }

  /** Sends the line and waits for whichever comes first: an answer, an end, a problem, or the deadline. */
  async #exchange(line: string, frame: string, call: Exchange): Promise<{ ending: Ending; seen: Seen }> {
    const cap = this.options.outputCapBytes ?? defaultOutputCapBytes
    let told = false
    let settling: NodeJS.Timeout | undefined
    let settle: (ending: Ending) => void = () => undefined
    const first = new Promise<Ending>(resolve => {
      settle = resolve
    })
    const protocol = (message: string) => settle({ how: 'problem', kind: 'protocol', message })
    const watch = watchOutput(frame, cap, seen => {
      if (seen.began && !told) {
        told = true
        call.onBegan?.()
      }
      if (seen.problem !== null) protocol(seen.problem)
      const json = seen.answer
      if (json === null) return
      // The answer is whole, but a shell that does not come to its next line is not used again.
      settling = setTimeout(() => {
        this.#state = 'over'
        settle({ how: 'answered', json })
      }, settleMs)
    })
    this.shell.listen(watch.take)
    const late: Ending = {
      how: 'problem',
      kind: 'timeout',
      message: `The shell did not answer within ${Math.round(call.deadlineMs / 1000)} s and was killed.`,
    }
    const timer = setTimeout(() => settle(late), call.deadlineMs)
    this.#onEnd = exit => {
      // A shell can die right after a whole answer: the answer counts.
      const json = watch.seen.answer
      settle(json === null ? { how: 'ended', exit } : { how: 'answered', json })
    }
    if (this.#exit) this.#onEnd(this.#exit)
    void this.shell.invoke(line).then(output => {
      const json = watch.seen.answer
      if (json !== null) settle({ how: 'answered', json })
      else if (output !== null && refusedBy(this.shell.diagnostics)) return
      else if (output !== null) protocol('The shell went on to its next line without an answer to this one.')
    })
    const ending = await first
    this.#onEnd = null
    clearTimeout(timer)
    clearTimeout(settling)
    return { ending, seen: watch.seen }
  }

  async stillAnswers(deadlineMs: number): Promise<boolean> {
    if (this.#state !== 'free') return false
    this.#state = 'running'
    const frame = newFrame()
    const { ending } = await this.#exchange(healthLine(this.options.harnessPath, frame), frame, {
      deadlineMs,
    })
    this.shell.listen(null)
    if (ending.how === 'answered' && this.#state === 'running') {
      this.#state = 'free'
      return true
    }
    await this.kill()
    return false
  }

  memoryBytes(): Promise<number | null> {
    return treeMemoryBytes(this.process.pid)
  }

  async #lose(kind: LossKind, message: string, seen: Seen): Promise<RunOutcome> {
    this.#state = 'over'
    const seenDead = await this.kill()
    // What the dead shell wrote last still says whether the script had begun.
    await Promise.race([this.ended, sleep(1000, undefined, { ref: false })])
    this.shell.listen(null)
    const loss: Loss = {
      kind,
      began: seen.began,
      seenDead,
      exitCode: this.#exit?.code ?? null,
      message,
      diagnostics: this.shell.diagnostics.slice(-4000),
    }
    return { kind: 'lost', loss }
  }

  async dispose(): Promise<boolean> {
    if (this.#state === 'free') {
      this.#state = 'over'
      this.shell.endInput()
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, politeEndMs)
      })
      await Promise.race([this.ended, patience])
      clearTimeout(timer)
    }
    return this.kill()
  }

  async kill(): Promise<boolean> {
    this.#state = 'over'
    this.#dead ??= killTree(this.process).then(async seenDead => {
      if (!seenDead) this.#dead = null
      return seenDead
    })
    return this.#dead
  }
}

function parseAnswer(json: string): ShellAnswer | null {
  try {
    return answerSchema.parse(JSON.parse(json))
  } catch {
    return null
  }
}
