import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { ZodError, z } from 'zod'
import { witness } from '../journal/witness'
import type { Lab } from '../lab'
import { readJson } from './body'
import { sendCall } from './call'
import { stateOf } from './state'

type Handler = (
  lab: Lab,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void> | void

const ROUTES: Record<string, Handler> = {
  'GET /health': (lab, _request, response) =>
    json(response, 200, {
      ok: true,
      pid: process.pid,
      seq: lab.store.journal.seq,
      people: lab.store.estate.ad.size,
    }),
  'GET /state': (lab, _request, response, url) =>
    json(response, 200, stateOf(lab, url.searchParams.get('person'))),
  'GET /journal': sendJournal,
  'GET /witness': (lab, _request, response) => json(response, 200, witness(lab.store.journal.since(0))),
  'POST /call': sendCall,
  'POST /goodbye': async (lab, request, response) => {
    const { session } = z.object({ session: z.string() }).parse(await readJson(request))
    json(response, 200, { closed: lab.seats.close(session, 'goodbye') })
  },
  'POST /people': async (lab, request, response) => {
    const { people } = z.object({ people: z.array(z.unknown()) }).parse(await readJson(request))
    json(response, 200, lab.addPeople(people))
  },
  'POST /scenario': async (lab, request, response) =>
    json(response, 200, lab.setScenario(await readJson(request))),
  'POST /vault': async (lab, request, response) =>
    json(response, 200, { secrets: lab.vault.fill(await readJson(request)) }),
  'POST /reset': (lab, _request, response) => {
    lab.reset()
    json(response, 200, { ok: true })
  },
}

/** The lab over HTTP: every request carries the key in `x-lab-key`. Messages on failures are for people. */
export function serveLab(lab: Lab, key: string): Server {
  const server = createServer((request, response) => {
    handle(lab, key, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else json(response, 400, { error: explain(error) })
    })
  })
  // Shells keep their connection between two calls, however long a person thinks.
  server.keepAliveTimeout = 30 * 60_000
  server.headersTimeout = 31 * 60_000
  server.requestTimeout = 0
  return server
}

async function handle(
  lab: Lab,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!sameKey(String(request.headers['x-lab-key'] ?? ''), key)) {
    json(response, 401, {
      error: 'The lab key is missing or wrong. Set FERRY_LAB_KEY to the key in lab.json.',
    })
    return
  }
  const url = new URL(request.url ?? '/', 'http://lab')
  const handler = ROUTES[`${request.method} ${url.pathname}`]
  if (!handler) {
    json(response, 404, { error: `The lab has no ${request.method} ${url.pathname}.` })
    return
  }
  await handler(lab, request, response, url)
}

/** Streams journal lines with a number above `since`, in blocks so that a long journal stays out of memory. */
async function sendJournal(
  lab: Lab,
  _request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const since = Number(url.searchParams.get('since') ?? 0) || 0
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'x-lab-seq': lab.store.journal.seq })
  let block = ''
  for (const line of lab.store.journal.since(since)) {
    block += `${line}\n`
    if (block.length < 64 * 1024) continue
    if (!response.write(block)) await new Promise(resolve => response.once('drain', resolve))
    block = ''
    if (response.destroyed) return
  }
  response.end(block)
}

function json(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

function sameKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function explain(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(issue => `${issue.path.join('.') || 'request'}: ${issue.message}`).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
