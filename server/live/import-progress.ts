import { environment } from '@/server/env'
import { listen } from '@/server/queue/listen'

/** A comment this often keeps proxies from closing an idle line. */
const HEARTBEAT_MS = 20_000

/**
 * Server-sent events that say: something about this import may have changed, ask for it again. The first one comes as soon
 * as the listening has begun, so that what happened just before is not missed. Ends when the signal aborts.
 */
export function importProgress(importId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      const send = (chunk: string) => {
        if (open) controller.enqueue(text.encode(chunk))
      }
      const databaseUrl = environment().DATABASE_URL
      if (!databaseUrl) {
        controller.close()
        return
      }
      const feed = listen({
        databaseUrl,
        channels: ['ferry_import'],
        onWake: (_channel, payload) => {
          if (payload === importId || payload === '') send(`event: change\ndata: ${importId}\n\n`)
        },
        // It connects again by itself and then says so to everybody.
        onError: () => {},
      })
      const timer = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      end = () => {
        if (!open) return
        open = false
        clearInterval(timer)
        signal.removeEventListener('abort', end)
        feed.close().catch(() => {})
        try {
          controller.close()
        } catch {
          // The reader has cancelled it already.
        }
      }
      signal.addEventListener('abort', end)
      send('retry: 1000\n: open\n\n')
      if (signal.aborted) end()
    },
    cancel() {
      end()
    },
  })
}
