import { unexpected } from '@/app/unexpected'
import type { Actor } from '@/domain/people/actor'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { ownOrigin } from '@/server/auth/own-origins'
import { judgeImport } from '@/server/commands/judge-import'
import { receiveImport } from '@/server/commands/receive-import'
import { Refused } from '@/server/commands/refused'
import { environment } from '@/server/env'

export const dynamic = 'force-dynamic'

const statusOf = { forbidden: 403, not_found: 404, conflict: 409, invalid: 400 } as const

/**
 * POST: takes a CSV file in. The body is the file itself; the address says the rest: `estate` (id or name), `runbook`, `name`
 * (the file's), `targetPool` and `again=yes` for a file that was imported before. Answers 202 with `importId` as soon
 * as the file is here; judging its rows goes on, and /import/<importId> shows how far it is. A file that was
 * imported before answers 409 with the earlier import's id.
 */
export async function POST(request: Request): Promise<Response> {
  let actor: Extract<Actor, { kind: 'person' }>
  try {
    actor = await actorFromRequest(request)
  } catch (error) {
    return refused(error, 401)
  }
  if (fromElsewhere(request))
    return Response.json(
      { message: 'This request comes from another site, so it is refused.' },
      { status: 403 },
    )
  if (!request.body) return Response.json({ message: 'There is no file in this request.' }, { status: 400 })
  const query = new URL(request.url).searchParams
  const announced = Number(request.headers.get('content-length') ?? '')
  try {
    const { importId } = await receiveImport(actor, {
      estate: query.get('estate') ?? '',
      runbook: query.get('runbook') ?? '',
      fileName: query.get('name') ?? '',
      targetPool: query.get('targetPool') ?? '',
      source: request.body,
      again: query.get('again') === 'yes',
      ...(announced > 0 ? { announcedBytes: announced } : {}),
    })
    // The import says by itself how it ended; here only what nobody foresaw is left to be logged.
    judgeImport(actor, importId).catch(unexpected)
    return Response.json({ importId }, { status: 202 })
  } catch (error) {
    return refused(error)
  }
}

/** Browsers name the origin of every POST; a command-line client has none and brings a token instead of a cookie. */
function fromElsewhere(request: Request): boolean {
  const origin = request.headers.get('origin')
  if (origin === null || request.headers.has('authorization')) return false
  return origin !== ownOrigin(request.headers.get('host'), environment())
}

function refused(error: unknown, status?: number): Response {
  if (!(error instanceof Refused)) {
    return Response.json(unexpected(error), { status: 500 })
  }
  const earlier = error.code === 'conflict' ? error.details[0] : undefined
  return Response.json(
    { message: error.message, ...(earlier ? { earlier } : {}) },
    { status: status ?? statusOf[error.code] },
  )
}
