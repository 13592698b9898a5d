/** What is said when a command was not carried out: a refusal in its own words with its details, or the cause. */
export async function troubleOf(error: unknown): Promise<string> {
  const { Refused } = await import('@/server/commands/refused')
  if (error instanceof Refused)
    return [error.message, ...error.details.map(detail => `  ${detail}`)].join('\n')
  const { EnvironmentError } = await import('@/server/env')
  if (error instanceof EnvironmentError) return error.message
  if (!(error instanceof Error)) return `Ferry failed: ${String(error)}`
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EPIPE') return 'What reads the answer stopped reading, so it is not whole.'
  if (unreachable(code, error.message))
    return 'The database does not answer, so nothing was changed. See whether Ferry is running, and start it with npm start.'
  return `Ferry failed, which nobody foresaw. Nothing of an unfinished step was kept.\n${error.stack ?? error.message}`
}

function unreachable(code: string, message: string): boolean {
  const codes = [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'ETIMEDOUT',
    'P1001',
    'P1002',
    'P1017',
    '57P01',
    '57P03',
  ]
  return (
    codes.includes(code) || /ECONNREFUSED|Can't reach database server|Connection terminated/.test(message)
  )
}
