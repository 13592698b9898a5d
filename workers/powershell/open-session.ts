import { setTimeout as sleep } from 'node:timers/promises'
import { healthLine } from '@/domain/script/travel'
import { healthSchema } from './answer'
import { LiveSession } from './live-session'
import { type Loss, type LossKind, SessionLost } from './loss'
import { describeExit, refusedBy } from './loss-of-shell'
import { newFrame, watchOutput } from './output-watch'
import { processStartedAt } from './process-identity'
import { killTree } from './process-tree'
import type { ShellHealth } from './seats'
import type { Session, SessionOptions } from './session'
import { PowerShellProcess } from './shell-process'

/** Room for Windows PowerShell on a cold disk, with modules that load at start. */
const defaultOpenDeadlineMs = 60_000

/**
 * Starts a shell and asks what it is. The language mode comes first and by a plain line, since node-powershell's own
 * markers are method calls, which a constrained shell refuses: there it would wait for ever.
 * @throws SessionLost when no usable shell came of it; what was started is dead then, or `seenDead` is false.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const shell = startShell(options)
  const pid = shell.pid
  if (pid === null) {
    const exit = await shell.ended
    throw lost(
      'missing',
      `PowerShell could not be started: ${exit.error ?? 'no reason was given'}. Check the executable ${options.executable}.`,
      shell,
      true,
      null,
    )
  }
  const pidStartedAt = (await processStartedAt(pid)) ?? 'ended-at-once'
  const identity = { pid, pidStartedAt }
  const giveUp = async (kind: LossKind, message: string): Promise<never> => {
    const seenDead = await killTree(identity)
    const exit = await Promise.race([shell.ended, sleep(1000, null)])
    throw lost(kind, message, shell, seenDead, exit?.code ?? null)
  }
  const deadline = options.openDeadlineMs ?? defaultOpenDeadlineMs
  const answer = await Promise.race([
    askHealth(shell, options),
    shell.ended.then(exit => ({ problem: exit })),
    sleep(deadline, 'late' as const, { ref: false }),
  ])
  if (answer === 'late') {
    return giveUp(
      'timeout',
      `PowerShell did not answer within ${Math.round(deadline / 1000)} s of its start.`,
    )
  }
  if ('problem' in answer) {
    const { kind, message } = describeExit(answer.problem, shell.diagnostics)
    return giveUp(kind, `${message} It happened while the shell was being opened.`)
  }
  if ('constrained' in answer) {
    return giveUp(
      'constrained',
      `PowerShell runs in ${answer.constrained} here, which forbids what Ferry needs. Allow full language for the account that runs Ferry.`,
    )
  }
  if (answer.health === null) {
    return refusedBy(shell.diagnostics)
      ? giveUp('refused', 'The stand-in shell does not know something in the health probe.')
      : giveUp('protocol', 'PowerShell answered its health probe with something else than an answer.')
  }
  return new LiveSession(shell, identity, answer.health, options)
}

function startShell(options: SessionOptions): PowerShellProcess {
  try {
    return new PowerShellProcess(options)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SessionLost({
      kind: 'missing',
      began: false,
      seenDead: true,
      exitCode: null,
      message: `PowerShell could not be started: ${why}.`,
      diagnostics: '',
    })
  }
}

type Asked = { readonly constrained: string } | { readonly health: ShellHealth | null }

async function askHealth(shell: PowerShellProcess, options: SessionOptions): Promise<Asked> {
  const mode = await askLanguageMode(shell)
  if (mode !== 'FullLanguage') return { constrained: mode }
  const frame = newFrame()
  const watch = watchOutput(frame, 1_000_000, () => undefined)
  shell.listen(watch.take)
  await shell.invoke(healthLine(options.harnessPath, frame, options.cmdlets))
  shell.listen(null)
  return { health: parseHealth(watch.seen.answer, options.executable) }
}

function askLanguageMode(shell: PowerShellProcess): Promise<string> {
  const mark = newFrame()
  return new Promise(resolve => {
    let text = ''
    shell.listen(chunk => {
      text += chunk
      const mode = new RegExp(`${mark} (\\w+)\\s*\\n`).exec(text)?.[1]
      if (mode === undefined) return
      shell.listen(null)
      resolve(mode)
    })
    shell.write(`'${mark} ' + $ExecutionContext.SessionState.LanguageMode`)
  })
}

function parseHealth(json: string | null, executable: string): ShellHealth | null {
  if (json === null) return null
  try {
    return { executable, ...healthSchema.parse(JSON.parse(json)) }
  } catch {
    return null
  }
}

function lost(
  kind: LossKind,
  message: string,
  shell: PowerShellProcess,
  seenDead: boolean,
  exitCode: number | null,
): SessionLost {
  const loss: Loss = {
    kind,
    began: false,
    seenDead,
    exitCode,
    message,
    diagnostics: shell.diagnostics.slice(-4000),
  }
  return new SessionLost(loss)
}
