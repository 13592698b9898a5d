/** Files of public/, which say nothing about this instance. A test holds this list to the folder. */
export const publicFiles: readonly string[] = ['/icon.svg', '/sample-users.csv']

/** Pages for people who have no session yet. */
const openPages = ['/sign-in', '/setup', '/set-password']

/** What becomes of a request: it goes on, is led to the sign-in page, or is answered 401. */
export type Admission = 'goes-on' | 'to-sign-in' | 'refused'

/**
 * The first of two doors: what a stranger can reach at all. The second one, what a person may do, is in every command
 * and query. `path` is the decoded pathname. `signed` says that the session cookie bears this instance's signature;
 * `bearer` that the request brings an API token, which the route behind /api checks. The development server's own
 * addresses are open in development only.
 */
export function admit(request: {
  method: string
  path: string
  signed: boolean
  bearer: boolean
  development: boolean
}): Admission {
  const { path } = request
  if (request.signed || isOpen(path)) return 'goes-on'
  if (request.development && /^\/(_next|__nextjs)/.test(path)) return 'goes-on'
  if (path === '/api' || path.startsWith('/api/')) return request.bearer ? 'goes-on' : 'refused'
  return request.method === 'GET' || request.method === 'HEAD' ? 'to-sign-in' : 'refused'
}

function isOpen(path: string): boolean {
  if (openPages.includes(path) || publicFiles.includes(path)) return true
  return path === '/api/health' || path.startsWith('/api/auth/') || path.startsWith('/_next/static/')
}
