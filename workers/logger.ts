import { pino } from 'pino'
import { environment } from '@/server/env'
import { idsHere } from './work-ids'

/**
 * Structured log on standard output; never values of scripts or secrets, only ids and reasons. Lines that are written
 * while a person or a sync is worked on carry its ids.
 */
export const logger = pino({
  level: environment().FERRY_LOG_LEVEL,
  base: null,
  mixin: () => ({ ...idsHere() }),
})
