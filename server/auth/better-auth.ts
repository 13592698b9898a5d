import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/domain/people/password'
import { environment, required } from '@/server/env'
import { db } from '@/server/store/client'
import { ownOrigin } from './own-origins'
import { COOKIE_PREFIX, overHttps } from './session-cookie'
import { countTry, forgetTries } from './sign-in-tries'

/** A migration runs over a weekend, so a session outlives one. It ends on time, used or not. */
const SESSION_SECONDS = 3 * 24 * 60 * 60

/** Sign-in requests from one network address a minute; an office behind one address still fits. */
const SIGN_INS_PER_MINUTE = 40

function make() {
  const settings = environment()
  return betterAuth({
    appName: 'Ferry',
    database: prismaAdapter(db(), { provider: 'postgresql' }),
    secret: required('FERRY_SECRET'),
    baseURL: new URL(settings.FERRY_URL ?? `http://127.0.0.1:${settings.PORT}`).origin,
    basePath: '/api/auth',
    // Forms and scripts may come from the very origin the request went to, and only if it is one of ours.
    trustedOrigins: request => {
      const own = ownOrigin(request?.headers.get('host') ?? null, settings)
      return own ? [own] : []
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    // A refusal is an answer, not a fault of ours; it has no place in the log.
    onAPIError: {
      onError: error => {
        if (!isAPIError(error)) console.error('Signing in met a fault:', error)
      },
    },
    emailAndPassword: {
      enabled: true,
      // People are made by the first run or by an administrator, never by themselves.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: SIGN_INS_PER_MINUTE } },
    },
    advanced: {
      // Said aloud, because an environment variable named TEST would switch it off otherwise.
      disableOriginCheck: false,
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: overHttps(settings),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: {
      session: {
        create: {
          // Reached only with the right password, so this tells a stranger nothing.
          before: async session => {
            const person = await db().user.findUnique({ where: { id: session.userId } })
            if (!person || person.disabledAt)
              throw new APIError('FORBIDDEN', {
                code: 'PERSON_DISABLED',
                message: 'This account is disabled. An administrator can enable it under People.',
              })
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async context => {
        const email = signInAddress(context.path, context.body)
        if (email === null) return
        const seconds = await countTry(email)
        if (seconds > 0)
          throw new APIError(
            'TOO_MANY_REQUESTS',
            { code: 'TOO_MANY_TRIES', message: `Too many tries. The next one is possible in ${seconds} s.` },
            { 'Retry-After': String(seconds) },
          )
      }),
      after: createAuthMiddleware(async context => {
        const email = signInAddress(context.path, context.body)
        if (email !== null && context.context.newSession) await forgetTries(email)
      }),
    },
  })
}

function signInAddress(path: string, body: unknown): string | null {
  if (path !== '/sign-in/email' || typeof body !== 'object' || body === null) return null
  return 'email' in body && typeof body.email === 'string' ? body.email : null
}

let made: ReturnType<typeof make> | undefined

/** This process's sign-in engine: e-mail and password, sessions in the database. Made on first use. */
export function auth(): ReturnType<typeof make> {
  made ??= make()
  return made
}

/** What the engine's routes are open for. Everything else that it could do is done by Ferry's own commands. */
const OPEN: Record<string, readonly string[]> = {
  '/api/auth/sign-in/email': ['POST'],
  '/api/auth/sign-out': ['POST'],
  '/api/auth/get-session': ['GET'],
}

/** Answers a request under /api/auth. Rate limits and origin checks are the engine's; closed routes answer 404. */
export async function answerAuthRequest(request: Request): Promise<Response> {
  const open = OPEN[new URL(request.url).pathname]?.includes(request.method)
  if (!open) return Response.json({ message: 'There is nothing at this address.' }, { status: 404 })
  return auth().handler(request)
}
