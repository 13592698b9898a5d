import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { hostname } from 'node:os'
import type { CommandError } from '../interpreter/extension'

/** What the service answers to a call (see docs/lab.md). */
export type CallAnswer = {
  output: unknown[]
  warnings: string[]
  verbose: string[]
  errors: CommandError[]
}

/** The shell's name towards the service; one for the life of the process. */
const SESSION = randomUUID()
const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/**
 * Calls one command of the lab service that FERRY_LAB_URL and FERRY_LAB_KEY name. Never has a command run twice:
 * a call that is sent again on a fresh connection carries the same id, and the service refuses ids it has seen.
 * A lost connection is answered by the error that a lost session gives.
 */
export async function callLab(
  command: string,
  parameters: Record<string, unknown>,
  password: string | null = null,
): Promise<CallAnswer> {
  const url = process.env.FERRY_LAB_URL
  const key = process.env.FERRY_LAB_KEY
  if (!url || !key) return failed(notConfigured(url ? 'FERRY_LAB_KEY' : 'FERRY_LAB_URL'))
  const body = JSON.stringify({
    command,
    parameters,
    ...(password === null ? {} : { password }),
    session: SESSION,
    credential: process.env.FERRY_LAB_CREDENTIAL || 'admin@contoso.example',
    pid: process.pid,
    host: hostname(),
    call: randomUUID(),
  })
  let answer = await post(`${url}/call`, key, body)
  if (answer.kind === 'stale') answer = await post(`${url}/call`, key, body)
  if (answer.kind === 'unreachable') return failed(unreachable(url, answer.cause))
  if (answer.kind !== 'answered' || answer.status === 409) return failed(connectionLost())
  if (answer.status !== 200) return failed(refused(answer.status, answer.text))
  const reply = JSON.parse(answer.text) as CallAnswer | { fault: 'kill-shell' }
  if (!('fault' in reply)) return reply
  process.kill(process.pid, 'SIGKILL')
  return failed(connectionLost())
}

type Outcome =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'unreachable'; cause: string }
  | { kind: 'lost' }
  /** A kept connection was closed before anything came back: nobody can say whether the request arrived. */
  | { kind: 'stale' }

function post(url: string, key: string, body: string): Promise<Outcome> {
  return new Promise(resolve => {
    const headers = {
      'x-lab-key': key,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(url, { method: 'POST', agent, headers }, response => {
      collect(response).then(
        text => resolve({ kind: 'answered', status: response.statusCode ?? 0, text }),
        () => resolve({ kind: 'lost' }),
      )
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') {
        resolve({ kind: 'unreachable', cause: error.code })
      } else resolve({ kind: sent.reusedSocket ? 'stale' : 'lost' })
    })
    sent.end(body)
  })
}

async function collect(response: IncomingMessage): Promise<string> {
  const blocks: Buffer[] = []
  for await (const block of response as AsyncIterable<Buffer>) blocks.push(block)
  return Buffer.concat(blocks).toString('utf8')
}

function failed(error: CommandError): CallAnswer {
  return { output: [], warnings: [], verbose: [], errors: [error] }
}

function connectionLost(): CommandError {
  return {
    message:
      'Processing data from remote server admin0a.online.lync.com failed with the following error message: The I/O operation has been aborted because of either a thread exit or an application request.',
    exception: 'System.Management.Automation.Remoting.PSRemotingTransportException',
    id: 'WinRMOperationAborted,PSSessionStateBroken',
    category: 'OpenError',
    reason: 'PSRemotingTransportException',
    terminating: true,
  }
}

function notConfigured(variable: string): CommandError {
  return {
    message: `${variable} is not set, so the lab cannot be reached. Set FERRY_LAB_URL and FERRY_LAB_KEY to what lab.json in the lab's folder says.`,
    exception: 'System.InvalidOperationException',
    id: 'LabNotConfigured',
    category: 'InvalidOperation',
    terminating: true,
  }
}

function unreachable(url: string, cause: string): CommandError {
  return {
    message: `The lab service does not answer at ${url} (${cause}). Start it, or correct FERRY_LAB_URL.`,
    exception: 'System.Net.Http.HttpRequestException',
    id: 'LabUnreachable',
    category: 'ConnectionError',
    terminating: true,
  }
}

function refused(status: number, text: string): CommandError {
  let reason = text
  try {
    reason = (JSON.parse(text) as { error: string }).error
  } catch {
    // Not from the lab: the text itself is all there is to show.
  }
  return {
    message: `The lab service refused the call (${status}): ${reason}`,
    exception: 'System.InvalidOperationException',
    id: 'LabRefused',
    category: 'InvalidOperation',
    terminating: true,
  }
}
