import { lastingActor } from '@/server/auth/actor-from-request'
import { Refused } from '@/server/commands/refused'
import { liveStream } from '@/server/live/live-stream'
import { chainsToFollow } from '@/server/queries/live'

export const dynamic = 'force-dynamic'

/**
 * GET /api/live: what happens in the instance and in every open batch. GET /api/live/<batch id>: in that batch and in the instance. Server-sent
 * events that resume after Last-Event-ID, or after `?after=` for the first connection of a page.
 */
export async function GET(request: Request, context: { params: Promise<{ chain?: string[] }> }) {
  const { chain: path } = await context.params
  const chain = path?.[0] ?? null
  try {
    const { actor, stillAllowed } = await lastingActor(request)
    await chainsToFollow(actor, chain)
    const after = new URL(request.url).searchParams.get('after')
    const stream = liveStream({
      actor,
      chain,
      lastEventId: request.headers.get('last-event-id') ?? after,
      signal: request.signal,
      stillAllowed,
    })
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const status = error.code === 'not_found' ? 404 : 401
    return Response.json({ message: error.message }, { status })
  }
}
