import { actorFromRequest } from '@/server/auth/actor-from-request'
import { exportHeads } from '@/server/queries/chain-heads'
import { refusedResponse } from '../../../csv-response'

export const dynamic = 'force-dynamic'

/** GET: the head of every chain as JSON, to be kept elsewhere. */
export async function GET(request: Request) {
  try {
    const heads = await exportHeads(await actorFromRequest(request))
    return new Response(`${JSON.stringify(heads, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="ferry-heads.json"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return refusedResponse(error)
  }
}
