import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { admit } from '@/domain/people/admission'
import { signInPath } from '@/domain/people/next-path'
import { PATH_HEADER } from '@/server/auth/path-header'
import { securityHeaders } from '@/server/auth/security-headers'
import { isSigned, overHttps, sessionCookieName } from '@/server/auth/session-cookie'
import { environment, required } from '@/server/env'

const development = process.env.NODE_ENV === 'development'

/** Runs before every page and route: security headers with a fresh nonce, and strangers kept to what is open. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const nonce = randomBytes(16).toString('base64')
  const https = overHttps(environment())
  const headers = securityHeaders({ nonce, https, development })
  const cookie = request.cookies.get(sessionCookieName(environment()))?.value
  const admission = admit({
    method: request.method,
    path: decoded(pathname),
    signed: cookie !== undefined && isSigned(cookie, required('FERRY_SECRET')),
    bearer: /^Bearer\s+\S/i.test(request.headers.get('authorization') ?? ''),
    development,
  })
  return withHeaders(answer(), headers)

  function answer(): NextResponse {
    if (admission === 'refused')
      return NextResponse.json(
        { message: 'Nobody is signed in. Sign in, or send an API token as Authorization: Bearer TOKEN.' },
        { status: 401, headers: { 'www-authenticate': 'Bearer' } },
      )
    if (admission === 'to-sign-in') {
      const host = request.headers.get('host') ?? request.nextUrl.host
      const origin = `${https ? 'https' : 'http'}://${host}`
      return NextResponse.redirect(new URL(signInPath(pathname + search), origin), 307)
    }
    // Next.js reads the nonce out of the policy and puts it on its own scripts; pages learn where they are.
    const handedOn = new Headers(request.headers)
    handedOn.set('content-security-policy', headers['content-security-policy'] ?? '')
    handedOn.set(PATH_HEADER, pathname + search)
    return NextResponse.next({ request: { headers: handedOn } })
  }
}

function withHeaders(response: NextResponse, headers: Record<string, string>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

/** A path as routes see it; one that cannot be decoded is left as it is and matches nothing that is open. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

export const config = {
  // The product's own scripts and styles are files with a hash in their name; everything else comes by here.
  matcher: ['/((?!_next/static/).*)'],
}
