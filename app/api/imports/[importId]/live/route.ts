import { actorFromRequest } from '@/server/auth/actor-from-request'
import { Refused } from '@/server/commands/refused'
import { importProgress } from '@/server/live/import-progress'
import { importSummary } from '@/server/queries/import-summary'

export const dynamic = 'force-dynamic'

/** GET: server-sent events while an import is being read. They carry no facts, only that there are new ones. */
export async function GET(request: Request, context: { params: Promise<{ importId: string }> }) {
  const { importId } = await context.params
  try {
    await importSummary(await actorFromRequest(request), importId)
    return new Response(importProgress(importId, request.signal), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return Response.json({ message: error.message }, { status: error.code === 'not_found' ? 404 : 401 })
  }
}
