import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { CallAnswer } from '@/lab/commands/client'
import type { Line } from '@/lab/service/journal/entries'

const ROOT = new URL('../..', import.meta.url).pathname

/** A lab service of its own in its own process, as a supervisor would start it. */
export class LabProcess {
  private constructor(
    readonly directory: string,
    private readonly program: string,
    private child: ReturnType<typeof spawn>,
    readonly url: string,
    readonly key: string,
  ) {}

  static async start(
    environment: Record<string, string> = { FERRY_LAB_PROFILE: 'zero' },
  ): Promise<LabProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'ferry-lab-'))
    const program = join(directory, 'lab.mjs')
    const entryPoints = [join(ROOT, 'lab/service/main.ts')]
    buildSync({
      entryPoints,
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    })
    const child = run(program, directory, environment)
    const { url, key } = await address(directory, child.pid ?? -1)
    return new LabProcess(directory, program, child, url, key)
  }

  get environment(): Record<string, string> {
    return { FERRY_LAB_URL: this.url, FERRY_LAB_KEY: this.key }
  }

  /** kill -9, then a new process on the same folder. */
  async killAndRestart(environment: Record<string, string> = { FERRY_LAB_PROFILE: 'zero' }): Promise<void> {
    await this.end('SIGKILL')
    this.child = run(this.program, this.directory, environment)
    await address(this.directory, this.child.pid ?? -1)
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    rmSync(this.directory, { recursive: true, force: true })
  }

  async fetch(path: string, body?: unknown, key = this.key): Promise<Response> {
    const method = body === undefined ? 'GET' : 'POST'
    const init: RequestInit = { method, headers: { 'x-lab-key': key } }
    if (body !== undefined) init.body = JSON.stringify(body)
    return fetch(`${this.url}${path}`, init)
  }

  async get<T>(path: string): Promise<T> {
    return (await this.fetch(path)).json() as Promise<T>
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await this.fetch(path, body)
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(answer.error)
    return answer
  }

  call(command: string, parameters: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
    return this.post<CallAnswer>('/call', { command, parameters, session: 'test', ...more })
  }

  async journal(since = 0): Promise<Line[]> {
    const text = await (await this.fetch(`/journal?since=${since}`)).text()
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Line)
  }

  /** Runs whole sync cycles until the engine is idle again. */
  async sync(): Promise<void> {
    await this.call('Start-ADSyncSyncCycle', { PolicyType: 'Delta' })
    await until(async () => !(await this.get<{ sync: { busy: boolean } }>('/state')).sync.busy)
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill(signal)
    await gone
  }
}

/** Waits until something holds; fails after `ms`. */
export async function until(holds: () => Promise<boolean> | boolean, ms = 8000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('What was waited for did not come about.')
    await new Promise(resolve => setTimeout(resolve, 15))
  }
}

function run(program: string, directory: string, environment: Record<string, string>) {
  const env = {
    ...process.env,
    FERRY_LAB_KEY: '',
    FERRY_LAB_URL: '',
    ...environment,
    FERRY_LAB_DIR: directory,
  }
  return spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function address(directory: string, pid: number): Promise<{ url: string; key: string }> {
  const path = join(directory, 'lab.json')
  const read = () => JSON.parse(readFileSync(path, 'utf8')) as { url: string; key: string; pid: number }
  await until(() => existsSync(path) && read().pid === pid)
  return read()
}

export const ONLINE = 'sipfed.online.lync.com'
export const POOL = 'pool01.contoso.example'

/** Parameters of Enable-CsUser and Move-CsUser for one user principal name. */
export function enableOf(upn: string): Record<string, unknown> {
  return { Identity: upn, SipAddress: `sip:${upn}`, HostingProviderProxyFqdn: ONLINE }
}
export function moveOf(upn: string, pool = POOL): Record<string, unknown> {
  return { Identity: upn, Target: pool }
}
