import { freePort, isFree } from './ports'
import { Refusal, say } from './text'

/**
 * The port for the web console. A port that was asked for by name must be free; the default one gives way to the next
 * free one. 0 means any.
 */
export async function choosePort(host: string, port: number, asked: boolean): Promise<number> {
  if (port === 0) return freePort(host)
  if (await isFree(port, host)) return port
  if (asked) {
    throw new Refusal(
      `Port ${port} on ${host} is in use by another program, or this account may not use it. ` +
        'Set PORT to another one, or stop that program, and start Ferry again.',
    )
  }
  for (let next = port + 1; next <= port + 100; next++) {
    if (await isFree(next, host)) {
      say(`Port ${port} is in use by another program: Ferry takes ${next}. Set PORT to choose another one.`)
      return next
    }
  }
  throw new Refusal(`Ports ${port} to ${port + 100} on ${host} are all in use. Set PORT to a free one.`)
}

/** The address to print for people at this machine. */
export function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
