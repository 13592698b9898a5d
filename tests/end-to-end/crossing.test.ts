import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RealInstance, startInstance } from '../instance'

type Call = { changes: number; alreadyThere: number; unanswered: number }
type Witness = { people: Record<string, Record<string, Call>>; doubled: unknown[]; abandoned: unknown[] }

let ferry: RealInstance
let database: pg.Pool

beforeAll(async () => {
  ferry = await startInstance({ demo: true, env: { FERRY_LAB_SCALE: '0.5' } })
  database = new pg.Pool({ connectionString: ferry.databaseUrl, max: 2 })
  // Its connections die with the database that this test restarts.
  database.on('error', () => undefined)
})
afterAll(async () => {
  await database.end()
  await ferry.stop()
})

async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  for (let round = 0; ; round++)
    try {
      return (await database.query<T>(sql)).rows
    } catch (error) {
      if (round > 60) throw error
      await sleep(250)
    }
}

/** Approves what waits, as the operator of the demo, through the command line. */
async function approveAll(): Promise<void> {
  const waiting = await rows<{ id: string }>(
    `SELECT id FROM wave WHERE state = 'awaiting_approval' ORDER BY position`,
  )
  const token = [...ferry.text.matchAll(/FERRY_TOKEN=(\S+)/g)][1]?.[1] ?? ''
  for (const wave of waiting) await ferry.cli(['approve', '--wave', wave.id], token)
}

const workerPid = async (kind: string): Promise<number> => {
  const found = await rows<{ pid: number }>(
    `SELECT pid FROM worker WHERE kind = '${kind}' AND "stoppedAt" IS NULL ORDER BY "startedAt" DESC LIMIT 1`,
  )
  return found[0]?.pid ?? 0
}

it('carries 60 people across while a worker and the database are killed, each once and none lost', async () => {
  let killedWorker = false
  let killedDatabase = false
  const end = Date.now() + 240_000
  for (;;) {
    await approveAll()
    const [moving] = await rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM attempt WHERE "stepKey" = 'move' AND kind = 'run' AND state = 'applying'`,
    )
    const [moved] = await rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM item WHERE state = 'done'`,
    )
    if (!killedWorker && (moving?.count ?? 0) > 0) {
      process.kill(await workerPid('lane'), 'SIGKILL')
      killedWorker = true
    } else if (!killedDatabase && (moved?.count ?? 0) > 15) {
      process.kill(ferry.databasePid, 'SIGKILL')
      killedDatabase = true
    }
    const open = await rows(`SELECT 1 FROM batch WHERE state <> 'done'`)
    if (open.length === 0) break
    if (Date.now() > end) throw new Error(`The batch did not end. It said:\n${ferry.text}`)
    await sleep(500)
  }
  expect({ killedWorker, killedDatabase }).toEqual({ killedWorker: true, killedDatabase: true })

  const states = await rows<{ state: string; count: number }>(
    `SELECT state, count(*)::int AS count FROM item GROUP BY 1`,
  )
  expect(states).toEqual([{ state: 'done', count: 60 }])
  const { labUrl, labKey } = ferry.instance
  const witness = (await (
    await fetch(`${labUrl}/witness`, { headers: { 'x-lab-key': labKey } })
  ).json()) as Witness
  expect(witness.doubled).toEqual([])
  const moves = Object.values(witness.people).map(calls => calls['Move-CsUser']?.changes ?? 0)
  expect(moves.filter(count => count > 0)).toHaveLength(60)
  expect(Math.max(...moves)).toBe(1)
  const unknown = await rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM event WHERE type = 'attempt.unknown'`,
  )
  expect(unknown[0]?.count).toBeGreaterThan(0)
  const verified = await ferry.cli(['audit', 'verify'])
  expect(verified).toMatch(/\d/)
})
