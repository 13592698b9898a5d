import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { running } from '../ferry-process'
import { makeSmallFerry, remove, SmallFerry } from './small-ferry/small-ferry'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const isRoot = process.getuid?.() === 0
const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work()
})

// Only root can be shut out of running PostgreSQL itself, so there is nothing to see as anybody else.
test.skipIf(!isRoot)(
  'as root in a folder that only root may enter, the database is kept where its account can reach it',
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'ferry-only-root-'))
    chmodSync(parent, 0o700)
    cleanUp.push(() => remove(parent))
    const root = await makeSmallFerry(parent)
    const ferry = new SmallFerry(root)
    cleanUp.push(() => ferry.cleanUp())
    await ferry.ready()
    expect(ferry.text).toMatch(/cannot reach the data folder: the database is kept in \S+\./)
    const place = readFileSync(join(ferry.dataDir, 'postgres.location'), 'utf8').trim()
    cleanUp.push(() => rmSync(place, { recursive: true, force: true }))
    const { pid } = ferry.instance.processes['the database'] ?? { pid: 0 }
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
    expect(statSync(join(place, 'postgres')).mode & 0o077).toBe(0)
    const { instance } = ferry
    ferry.ctrlC()
    await ferry.ended()
    expect(running(instance)).toEqual([])

    const again = new SmallFerry(root)
    cleanUp.push(() => again.cleanUp())
    await again.ready()
    expect(again.text).not.toContain('Made a database')
    again.ctrlC()
    await again.ended()

    // Whoever deletes the data folder begins anew; the old database is not taken for the new one, and not deleted.
    rmSync(ferry.dataDir, { recursive: true })
    const anew = new SmallFerry(root)
    cleanUp.push(() => anew.cleanUp())
    await anew.ready()
    const other = readFileSync(join(ferry.dataDir, 'postgres.location'), 'utf8').trim()
    cleanUp.push(() => rmSync(other, { recursive: true, force: true }))
    expect(other).not.toBe(place)
    expect(statSync(join(place, 'postgres/PG_VERSION')).isFile()).toBe(true)
    anew.ctrlC()
    await anew.ended()
  },
)

test.skipIf(!isRoot)(
  'a database that can no longer be reached is named, and no empty one takes its place',
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'ferry-shut-'))
    chmodSync(parent, 0o755)
    cleanUp.push(() => remove(parent))
    const root = await makeSmallFerry(parent)
    const ferry = new SmallFerry(root)
    cleanUp.push(() => ferry.cleanUp())
    await ferry.ready()
    ferry.ctrlC()
    await ferry.ended()
    chmodSync(parent, 0o700)
    const again = new SmallFerry(root)
    cleanUp.push(() => again.cleanUp())
    expect((await again.ended()).code).toBe(1)
    expect(again.text).toContain('can no longer get there. Let others pass through')
  },
)

test.skipIf(!isRoot)('as an ordinary user it runs everything as that user', async () => {
  const { uid, gid } = accountNamed('nobody')
  const root = await makeSmallFerry()
  cleanUp.push(() => remove(root))
  spawnSync('chown', ['-R', `${uid}:${gid}`, root])
  const ferry = new SmallFerry(root, { HOME: root }, { uid, gid })
  cleanUp.push(() => ferry.cleanUp())
  await ferry.ready()
  for (const identity of Object.values(ferry.instance.processes)) {
    expect(statSync(`/proc/${identity.pid}`).uid).toBe(uid)
  }
  const { instance } = ferry
  ferry.ctrlC()
  expect((await ferry.ended()).code).toBe(0)
  expect(running(instance)).toEqual([])
})

function accountNamed(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}
