import { actorFromRequest } from '@/server/auth/actor-from-request'
import { metrics } from '@/server/queries/metrics'
import { refusedResponse } from '../../csv-response'

export const dynamic = 'force-dynamic'

/** GET: the instance for Prometheus, by an API token of anybody who may see the workers. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { contentType, text } = await metrics(await actorFromRequest(request))
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
  } catch (error) {
    return refusedResponse(error)
  }
}
