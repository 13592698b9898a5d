import { pino } from 'pino'
import { environment } from '@/server/env'

/** Structured log on standard output; never values of scripts or secrets, only ids and reasons. */
export const logger = pino({ level: environment().FERRY_LOG_LEVEL, base: null })
