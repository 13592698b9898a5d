import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'

/** One call of a shell, as the lab's own journal holds it. */
export type JournaledCall = {
  readonly command: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export type LabService = {
  readonly environment: Record<string, string>
  /** Every call that ended since the last time it was asked, oldest first. */
  calls(): Promise<JournaledCall[]>
  post(path: string, body: unknown): Promise<void>
  stop(): Promise<void>
}

/** A lab service of its own, in its own process and on its own folder, without latencies. */
export async function startLab(root: string): Promise<LabService> {
  const directory = mkdtempSync(join(tmpdir(), 'ferry-fuzz-lab-'))
  const program = join(directory, 'lab.mjs')
  const entryPoints = [join(root, 'lab/service/main.ts')]
  await build({
    entryPoints,
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  const env = {
    ...process.env,
    FERRY_LAB_KEY: '',
    FERRY_LAB_URL: '',
    FERRY_LAB_PROFILE: 'zero',
    FERRY_LAB_DIR: directory,
  }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const file = join(directory, 'lab.json')
  for (let tries = 0; !existsSync(file); tries++) {
    if (tries > 400 || child.exitCode !== null) throw new Error('The lab service did not start.')
    await sleep(25)
  }
  const { url, key } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; key: string }
  const headers = { 'x-lab-key': key }
  let seen = 0
  return {
    environment: { FERRY_LAB_URL: url, FERRY_LAB_KEY: key },
    async calls() {
      const lines = (await (await fetch(`${url}/journal?since=${seen}`, { headers })).text()).split('\n')
      const found: JournaledCall[] = []
      for (const line of lines.filter(one => one !== '')) {
        const entry = JSON.parse(line) as { kind: string; seq: number } & JournaledCall
        seen = entry.seq
        if (entry.kind === 'call') found.push({ command: entry.command, parameters: entry.parameters })
      }
      return found
    },
    async post(path, body) {
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`The lab refused ${path}: ${await response.text()}`)
    },
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
