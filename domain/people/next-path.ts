/** Any origin will do to read a path with; this one belongs to nobody. */
const NOWHERE = 'http://ferry.invalid'

/**
 * Where to go after signing in: the path that was asked for if it lies within Ferry, else the overview. An address of
 * another site, however it is disguised (`//`, `/\`, a scheme, control characters), is never followed.
 */
export function nextPath(asked: string | null | undefined): string {
  if (!asked?.startsWith('/') || !URL.canParse(asked, NOWHERE)) return '/'
  const url = new URL(asked, NOWHERE)
  if (url.origin !== NOWHERE || url.pathname.startsWith('//')) return '/'
  if (/^\/(sign-in|setup|set-password|api)(\/|$)/.test(url.pathname)) return '/'
  return url.pathname + url.search
}

/** The sign-in page's address that leads back to a path. */
export function signInPath(asked: string | null | undefined): string {
  const next = nextPath(asked)
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}
