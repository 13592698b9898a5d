import { Refused } from '@/server/commands/refused'

/** A CSV that streams as it is read, never as a whole in memory. A refusal before the first piece answers its status. */
export async function csvResponse(
  fileName: string,
  open: () => Promise<AsyncGenerator<string | Uint8Array, void, undefined>>,
): Promise<Response> {
  try {
    const pieces = await open()
    // The first piece is asked for before anything is answered, so that a refusal still can be an error.
    const first = await pieces.next()
    return new Response(streamOf(first, pieces), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return refusedResponse(error)
  }
}

/** The answer to a refusal, in its own words; anything else is thrown on. */
export function refusedResponse(error: unknown): Response {
  if (!(error instanceof Refused)) throw error
  const status = error.code === 'not_found' ? 404 : error.code === 'forbidden' ? 403 : 400
  return Response.json({ message: error.message }, { status })
}

function streamOf(
  first: IteratorResult<string | Uint8Array, void>,
  rest: AsyncGenerator<string | Uint8Array, void, undefined>,
): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let next: Promise<IteratorResult<string | Uint8Array, void>> = Promise.resolve(first)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await next
      if (piece.done) {
        controller.close()
        return
      }
      controller.enqueue(typeof piece.value === 'string' ? text.encode(piece.value) : piece.value)
      next = rest.next()
      // What breaks is told by the next pull; until then nobody waits for it.
      next.catch(() => {})
    },
    async cancel() {
      await rest.return()
    },
  })
}
