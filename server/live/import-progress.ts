import { notifications } from './notifications'

/** A comment this often keeps proxies from closing an idle line. */
const HEARTBEAT_MS = 20_000

/**
 * Server-sent events that say: something about this import may have changed, ask for it again. The first one comes as soon
 * as the listening has begun, so that what happened just before is not missed. Ends when the signal aborts, and when the
 * database cannot be listened to (the browser then connects anew).
 */
export function importProgress(importId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true
      let unlisten = () => {}
      const send = (chunk: string) => {
        if (open) controller.enqueue(text.encode(chunk))
      }
      const change = () => send(`event: change\ndata: ${importId}\n\n`)
      const timer = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      end = () => {
        if (!open) return
        open = false
        clearInterval(timer)
        signal.removeEventListener('abort', end)
        unlisten()
        try {
          controller.close()
        } catch {
          // The reader has cancelled it already.
        }
      }
      signal.addEventListener('abort', end)
      try {
        unlisten = await notifications().listen('ferry_import', payload => {
          if (payload === importId || payload === 'lost') change()
        })
      } catch {
        end()
        return
      }
      if (!open || signal.aborted) {
        unlisten()
        end()
        return
      }
      send('retry: 1000\n: open\n\n')
      change()
    },
    cancel() {
      end()
    },
  })
}
