import type { IncomingMessage } from 'node:http'

const LIMIT_BYTES = 256 * 1024 * 1024

/** The request's body as JSON; an empty body is `{}`. Throws with plain words when it is none, or too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const blocks: Buffer[] = []
  let length = 0
  for await (const block of request as AsyncIterable<Buffer>) {
    length += block.length
    if (length > LIMIT_BYTES) throw new Error('The request is longer than 256 MB.')
    blocks.push(block)
  }
  if (length === 0) return {}
  try {
    return JSON.parse(Buffer.concat(blocks).toString('utf8'))
  } catch {
    throw new Error('The request is not JSON.')
  }
}
