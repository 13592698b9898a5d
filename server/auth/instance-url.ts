import { environment } from '@/server/env'

/** A page's full address as people open it, for links that leave Ferry. `path` begins with a slash. */
export function instanceUrl(path: string): string {
  const { FERRY_URL, HOST, PORT } = environment()
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  return new URL(path, FERRY_URL ?? `http://${host}:${PORT}`).href
}
