import { answerAuthRequest } from '@/server/auth/better-auth'

/** Signing in and out, and who holds the session. Nothing else of the sign-in engine is reachable. */
export const GET = answerAuthRequest
export const POST = answerAuthRequest
