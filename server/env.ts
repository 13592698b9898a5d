import { resolve } from 'node:path'
import { z } from 'zod'

/** The environment cannot be used as it is. The message has one line a variable: name, value, cause, remedy. */
export class EnvironmentError extends Error {}

/** Variables whose values never appear in a message, a log or a screen. */
const SECRET = new Set(['FERRY_SECRET', 'FERRY_LAB_KEY', 'FERRY_TOKEN'])

/**
 * An environment without a lane worker's store of credentials (FERRY_CREDENTIAL_<NAME>_USER and _PASSWORD, and where else
 * it looks): no other process and no shell inherits any of it.
 */
export function withoutCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const rest = { ...environment }
  for (const name of Object.keys(rest)) if (/^FERRY_CREDENTIAL/i.test(name)) delete rest[name]
  return rest
}

const postgresUrl = url(
  ['postgres:', 'postgresql:'],
  'Write it as postgresql://user:password@host:5432/database, or leave it out and Ferry starts a database of its own.',
)
const redisUrl = url(
  ['redis:', 'rediss:'],
  'Write it as redis://host:6379, or leave it out and Ferry keeps its queue in PostgreSQL.',
)
const webUrl = (remedy: string) => url(['http:', 'https:'], remedy)
const secret = (least: number, remedy: string) =>
  z.string().min(least, `is shorter than ${least} characters. ${remedy}`).optional()

const schema = z.object({
  DATABASE_URL: postgresUrl,
  REDIS_URL: redisUrl,
  FERRY_DATA_DIR: z
    .string()
    .default('.ferry')
    .transform(folder => resolve(folder)),
  HOST: z
    .string()
    .regex(
      /^[A-Za-z0-9.:-]+$/,
      'is not an address or host name. Write 127.0.0.1 for this machine only, or 0.0.0.0 for all.',
    )
    .default('127.0.0.1'),
  PORT: z
    .string()
    .default('3000')
    .transform(Number)
    .refine(port => Number.isInteger(port) && port >= 0 && port <= 65_535, {
      error: 'is not a port. Write a whole number from 1 to 65535, or 0 for any free one.',
    }),
  FERRY_URL: webUrl('Write the address people open, such as https://ferry.contoso.example.'),
  FERRY_PWSH: z.string().optional(),
  FERRY_SHELL_MEMORY_MB: z
    .string()
    .default('1024')
    .transform(Number)
    .refine(size => Number.isInteger(size) && size >= 128, {
      error: 'is not a size. Write a whole number of megabytes, 128 or more.',
    }),
  FERRY_CREDENTIALS_DIR: z
    .string()
    .transform(folder => resolve(folder))
    .optional(),
  FERRY_CREDENTIAL_VAULT: z.string().optional(),
  FERRY_LAB_SHELL: z
    .enum(['auto', 'real', 'built-in'], { error: 'is not a choice of shell. Write auto, real or built-in.' })
    .default('auto'),
  FERRY_LAB_URL: webUrl('Write it as http://127.0.0.1:4000, or leave it out: npm start sets it.'),
  FERRY_LAB_KEY: secret(16, 'Leave it out: npm start makes one.'),
  FERRY_SECRET: secret(32, 'Leave it out and npm start makes one, or make one with: openssl rand -hex 32'),
  FERRY_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is not a log level. Write trace, debug, info, warn, error or silent.',
    })
    .default('info'),
  FERRY_WORKER_NAME: z
    .string()
    .regex(/^[\w.-]{1,60}$/, 'is not a worker name. Use letters, digits, dots and dashes, 60 at most.')
    .optional(),
  FERRY_LANES: z.string().optional(),
  FERRY_ESTATES: z.string().optional(),
  FERRY_TOKEN: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl('Write the address of the collector, such as http://127.0.0.1:4318.'),
})

/** Every variable that Ferry reads. */
export const VARIABLES = Object.keys(schema.shape)

/** Ferry's environment, parsed: folders are absolute, defaults filled in, empty values count as not set. */
export type Environment = z.output<typeof schema>

/** Parses any set of variables. Throws EnvironmentError naming every variable that cannot be used. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(VARIABLES.map(name => [name, source[name]?.trim() || undefined]))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(issue => {
    const name = String(issue.path[0])
    return `${name}${shown(name, given[name])} ${issue.message}`
  })
  throw new EnvironmentError(lines.join('\n'))
}

let cached: Environment | undefined
/** This process's environment, parsed once. */
export function environment(): Environment {
  cached ??= parseEnvironment(process.env)
  return cached
}

/** A variable that this process cannot work without. Throws EnvironmentError when it is not set. */
export function required<Name extends keyof Environment>(name: Name): NonNullable<Environment[Name]> {
  const value = environment()[name]
  if (value !== undefined && value !== null) return value
  throw new EnvironmentError(
    `${name} is not set. Start Ferry with npm start, which sets it, or set it as .env.example describes.`,
  )
}

function url(protocols: string[], remedy: string) {
  const fits = (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol)
  return z
    .string()
    .refine(fits, { error: `is not an address that begins with ${protocols[0]}//. ${remedy}` })
    .optional()
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined || SECRET.has(name)) return ''
  return ` (${value.replace(/(:\/\/[^/@:]*):[^@]*@/, '$1:•••@')})`
}
