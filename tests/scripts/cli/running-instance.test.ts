import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isRunning } from '@/scripts/supervisor/process-identity'
import { makeSmallFerry, remove, SmallFerry } from '../small-ferry/small-ferry'
import { buildCli, runCli } from './program'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let root: string
let cli: Awaited<ReturnType<typeof buildCli>>
beforeAll(async () => {
  root = await makeSmallFerry()
  cli = await buildCli()
})
afterAll(() => {
  cli.remove()
  remove(root)
})

test('FERRY_DATA_DIR chooses the running instance, whatever else is set; after its end it says that none runs', async () => {
  const dataDir = join(root, 'data')
  const ferry = new SmallFerry(root, { FERRY_DATA_DIR: dataDir })
  try {
    await ferry.ready()
    const { databaseUrl, processes } = ferry.instance
    const other = 'postgresql://ferry@127.0.0.1:1/other'
    const said = await runCli(cli.file, ['database-url'], { FERRY_DATA_DIR: dataDir, DATABASE_URL: other })
    expect(said).toEqual({ code: 0, out: `${databaseUrl}\n`, err: '' })

    // Killed, it leaves its file behind; nothing of it runs any more.
    process.kill(ferry.pid, 'SIGKILL')
    await ferry.ended()
    for (const identity of Object.values(processes)) {
      if (isRunning(identity)) process.kill(identity.pid, 'SIGKILL')
    }
    await vi.waitUntil(() => !Object.values(processes).some(isRunning), { timeout: 10_000 })
    const gone = await runCli(cli.file, ['database-url'], { FERRY_DATA_DIR: dataDir })
    expect(gone).toMatchObject({ code: 1, out: '', err: expect.stringContaining(dataDir) })
    expect(gone.err).toContain('npm start')
  } finally {
    await ferry.cleanUp()
  }
})
