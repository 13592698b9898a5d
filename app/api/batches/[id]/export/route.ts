import { readItemFilter } from '@/app/(product)/batches/query'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { Refused } from '@/server/commands/refused'
import { exportBatch } from '@/server/queries/export-batch'

export const dynamic = 'force-dynamic'

/** GET: the log of a batch as CSV, with the same filter in the address as the batch's page. Streams as it is read. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }) {
  const { id } = await context.params
  try {
    const actor = await actorFromRequest(request)
    const query = Object.fromEntries(new URL(request.url).searchParams)
    const pieces = exportBatch(actor, id, readItemFilter(query))
    // The first piece is asked for before anything is answered, so that a refusal still can be an error.
    const first = await pieces.next()
    return new Response(streamOf(first, pieces), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="ferry-${id}.csv"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const status = error.code === 'not_found' ? 404 : error.code === 'forbidden' ? 403 : 400
    return Response.json({ message: error.message }, { status })
  }
}

function streamOf(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let next: Promise<IteratorResult<string, void>> = Promise.resolve(first)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await next
      if (piece.done) {
        controller.close()
        return
      }
      controller.enqueue(text.encode(piece.value))
      next = rest.next()
      // What breaks is told by the next pull; until then nobody waits for it.
      next.catch(() => {})
    },
    async cancel() {
      await rest.return()
    },
  })
}
