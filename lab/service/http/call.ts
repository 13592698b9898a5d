import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Lab } from '../lab'
import { readJson } from './body'

/**
 * POST /call. `session` names the shell (any text that stays the same for its life), `pid` and `host` let the
 * lab see that it is gone, `call` names this one call so that a repeated request is not run twice.
 */
const requestSchema = z.object({
  command: z.string().min(1),
  parameters: z.record(z.string(), z.unknown()).default({}),
  session: z.string().min(1),
  credential: z.string().default('admin@contoso.example'),
  /** Of a -Credential parameter, in which its user name stands. Never kept. */
  password: z.string().nullable().default(null),
  pid: z.number().int().nullable().default(null),
  host: z.string().nullable().default(null),
  call: z.string().default(() => randomUUID()),
})

/** Runs a call and answers as its fate wants it: with data, by closing the connection, or never. */
export async function sendCall(lab: Lab, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { command, parameters, session, credential, password, pid, host, call } = requestSchema.parse(
    await readJson(request),
  )
  if (lab.calls.isRepeated(call)) {
    response.writeHead(409, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify({ error: `The call ${call} was received before and is not run again.` }))
    return
  }
  let gone = false
  response.on('close', () => {
    gone = !response.writableFinished
  })
  // Whoever signs in, or has, works under that account.
  const account = password === null ? lab.seats.accountOf(session) : String(parameters.Credential)
  const who = { session, credential: account ?? credential, pid, host }
  const reply = await lab.calls.run({ call, command, parameters, password, who }, () => !gone)
  if (gone || reply.kind === 'hang') return
  if (reply.kind === 'drop') {
    response.destroy()
    return
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(reply.kind === 'kill-shell' ? { fault: 'kill-shell' } : reply.answer))
}
