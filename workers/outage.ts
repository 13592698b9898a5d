import { logger } from './logger'

/** A service from which nothing bad was heard for this long answers again. Longer than the pause between two tries. */
const QUIET_MS = 12_000
/** While it lasts, it is said again this often. */
const AGAIN_MS = 60_000
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '53300',
])
const CONNECTION_WORDS =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|Connection (is closed|terminated)|connection error and is not queryable|Query read timeout|connection timeout|timeout exceeded when trying to connect|max retries per request|Can't reach database|starting up|shutting down|Command timed out|Stream isn't writeable|LOADING/i

/** Whether an error says that a service cannot be reached, and not that something about the work is wrong. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown }
  return (
    (typeof code === 'string' && CONNECTION_CODES.has(code)) ||
    (typeof message === 'string' && CONNECTION_WORDS.test(message)) ||
    (typeof cause === 'object' && cause !== null && isOutage(cause))
  )
}

/** Whether it was the Redis of the queue that could not be reached; any other outage is the database's. */
export function isRedisOutage(error: unknown): boolean {
  const { name, message, stack } = error as { name?: unknown; message?: unknown; stack?: unknown }
  return /max retries per request|Command timed out|Stream isn't writeable|LOADING|ioredis/i.test(
    `${name} ${message} ${stack}`,
  )
}

/**
 * Turns the many errors of one outage into few lines: one when it begins, one a minute while it lasts, one when it is
 * over. Every connection of a process fails anew with every try; that is no news. Other errors are logged as they are,
 * the same words once a minute.
 * @param what as people read it: `The database`, `Redis`
 */
export function reportOutage(what: string): (error: unknown) => void {
  let began: number | null = null
  let said = 0
  let errors = 0
  let quiet: NodeJS.Timeout | undefined
  const others = new Map<string, number>()

  const over = (): void => {
    const seconds = Math.round((performance.now() - QUIET_MS - (began ?? 0)) / 1000)
    logger.info({ seconds, errors }, `${what} answers again`)
    began = null
  }

  return error => {
    const now = performance.now()
    const text = messageOf(error)
    if (!isOutage(error)) {
      if (now - (others.get(text) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return
      if (others.size > 100) others.clear()
      others.set(text, now)
      logger.warn({ error: text }, `${what} answered with an error; trying again`)
      return
    }
    if (began === null) {
      began = now
      said = Number.NEGATIVE_INFINITY
      errors = 0
    }
    errors++
    clearTimeout(quiet)
    quiet = setTimeout(over, QUIET_MS)
    quiet.unref()
    if (now - said < AGAIN_MS) return
    said = now
    logger.warn(
      { error: text },
      `${what} does not answer. Nothing new is begun until it does, and nothing is lost; see whether it runs and can be reached`,
    )
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0)
    return messageOf(error.errors[0])
  return error instanceof Error ? error.message || error.name : String(error)
}
