import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '@/scripts/supervisor/ports'

export type TestRedis = { url: string; port: number; stop: () => Promise<void> }

/**
 * A Redis that keeps nothing, on a free port (or on `port`, to come back where one was stopped).
 * Throws with the way to install it where there is no redis-server. `stop()` ends it at once.
 */
export async function startRedis(port?: number): Promise<TestRedis> {
  const listen = port ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'ferry-redis-'))
  const args = [
    '--port',
    String(listen),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ]
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  const end = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(String(signal ?? code)))
    child.once('error', error => resolve(error.message))
  })
  let over: string | undefined
  void end.then(how => {
    over = how
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await end
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `redis://127.0.0.1:${listen}`
  const deadline = performance.now() + 10_000
  while (!(await answers(url))) {
    if (over?.includes('ENOENT')) {
      throw new Error(
        'redis-server was not found. Install it: apt-get install redis-server, or brew install redis.',
      )
    }
    if (over !== undefined || performance.now() > deadline) {
      await stop()
      throw new Error(`redis-server did not start on port ${listen} (${over ?? 'no answer'}).`)
    }
    await new Promise(done => setTimeout(done, 25))
  }
  return { url, port: listen, stop }
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}
