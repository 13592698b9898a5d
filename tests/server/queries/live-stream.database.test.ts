import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { holdWork } from '@/server/commands/hold-work'
import { releaseWork } from '@/server/commands/release-work'
import { liveStream } from '@/server/live/live-stream'
import { readPositions, writePositions } from '@/server/live/positions'
import { happen, lead, makeBatch, openInstance, operator } from './fixture'

let instance: Awaited<ReturnType<typeof openInstance>>
let batch: Awaited<ReturnType<typeof makeBatch>>
beforeAll(async () => {
  instance = await openInstance()
  batch = await makeBatch([{ name: 'Wave 1', people: [{ state: 'waiting' }] }])
  await happen(batch.batchId, batch.itemIds[0] ?? '', 3)
})
/** Streams that a test opened. One that failed leaves its own open, and its connection would fail the end of the suite too. */
const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})
afterAll(() => instance.end())

type Message = { id: string; chain: string; seq: number }

/** Reads a stream as a browser does, until it ends or is ended. */
function follow(
  options: {
    chain?: string | null
    lastEventId?: string | null
    stillAllowed?: () => Promise<boolean>
    heartbeatMs?: number
  } = {},
) {
  const abort = new AbortController()
  const messages: Message[] = []
  const state = { ended: false, comments: 0, open: false }
  const stream = liveStream({
    actor: lead,
    chain: options.chain === undefined ? batch.batchId : options.chain,
    lastEventId: options.lastEventId ?? null,
    signal: abort.signal,
    stillAllowed: options.stillAllowed ?? (async () => true),
    ...(options.heartbeatMs ? { heartbeatMs: options.heartbeatMs } : {}),
  })
  const reading = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        if (block.includes(': open')) state.open = true
        if (/^: still/m.test(block)) state.comments++
        const id = /^id: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (id && data) messages.push({ id, ...(JSON.parse(data) as Omit<Message, 'id'>) })
      }
    }
    state.ended = true
  })()
  opened.push(() => {
    abort.abort()
    return reading
  })
  return { messages, state, abort: () => abort.abort(), reading }
}

async function until(what: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!what()) {
    if (performance.now() > deadline) throw new Error('It did not happen within 15 s.')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const standing = ({ id }: Message) => readPositions(id, null) ?? {}
const item = () => batch.itemIds[0] ?? ''

test('without a last id a stream begins at now, and tells what is committed from then on', async () => {
  const live = follow()
  await until(() => live.state.open)
  await happen(batch.batchId, item(), 2)
  await until(() => live.messages.length === 2)
  expect(live.messages.map(message => [message.seq, standing(message)[batch.batchId]])).toEqual([
    [4, 4],
    [5, 5],
  ])
  live.abort()
  await live.reading
  expect(live.state.ended).toBe(true)
})

test('a stream that breaks again and again loses nothing and doubles nothing while others write', async () => {
  const seen: number[] = []
  const writing = happen(batch.batchId, item(), 60)
  let last = '0'
  while (seen.length < 65) {
    const live = follow({ lastEventId: last })
    await until(() => live.messages.length > 0)
    live.abort()
    await live.reading
    seen.push(...live.messages.map(message => message.seq))
    last = live.messages.at(-1)?.id ?? last
  }
  await writing
  expect(seen).toEqual(Array.from({ length: 65 }, (_, index) => index + 1))
})

test('when the listening connection dies, what happened meanwhile still comes', async () => {
  const live = follow({ lastEventId: '65' })
  await until(() => live.state.open)
  await happen(batch.batchId, item())
  await until(() => live.messages.length === 1)
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  opened.push(() => client.end())
  const { rowCount } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ferry live' AND datname = current_database()`,
  )
  expect(rowCount).toBe(1)
  await happen(batch.batchId, item())
  await until(() => live.messages.length === 2)
  expect(live.messages.map(message => message.seq)).toEqual([66, 67])
  live.abort()
  await live.reading
})

test('the overview’s stream follows open batches and new ones, with a position for each chain', async () => {
  const live = follow({ chain: null, lastEventId: `instance:0,${batch.batchId}:67` })
  await until(() => live.state.open)
  const second = await makeBatch([{ name: 'Wave 1', people: [{ state: 'waiting' }] }])
  await happen(second.batchId, second.itemIds[0] ?? '')
  await happen(batch.batchId, item())
  await until(() => live.messages.length === 2)
  // Each chain has an order of its own; which of two chains comes first is promised nowhere.
  expect(new Map(live.messages.map(message => [message.chain, message.seq]))).toEqual(
    new Map([
      [second.batchId, 1],
      [batch.batchId, 68],
    ]),
  )
  const last = readPositions(live.messages[1]?.id ?? '', null)
  expect(last).toMatchObject({ [second.batchId]: 1, [batch.batchId]: 68 })
  live.abort()
  await live.reading
})

test('a batch’s stream tells of what holds everything, once, also where it broke off before', async () => {
  const first = follow()
  await until(() => first.state.open)
  await happen(batch.batchId, item())
  await until(() => first.messages.length === 1)
  first.abort()
  await first.reading
  const hold = { scope: 'everything', reason: 'The servers are looked at.' } as const
  await holdWork(operator, hold)
  const live = follow({ lastEventId: first.messages[0]?.id ?? '' })
  await until(() => live.messages.length === 1)
  await releaseWork(operator, hold)
  await until(() => live.messages.length === 2)
  expect(live.messages.map(message => message.chain)).toEqual(['instance', 'instance'])
  live.abort()
  await live.reading
})

test('it ends when the session does, and keeps an idle line open until then', async () => {
  let allowed = true
  const live = follow({ heartbeatMs: 50, stillAllowed: async () => allowed })
  await until(() => live.state.comments > 1)
  allowed = false
  await until(() => live.state.ended)
})

test('positions read back as written; anything mangled starts anew', () => {
  const positions = { instance: 4, bat_x: 12 }
  expect(readPositions(writePositions(positions), null)).toEqual(positions)
  expect(readPositions(writePositions(positions), 'bat_x')).toEqual(positions)
  expect(readPositions('12', 'bat_x')).toEqual({ bat_x: 12 })
  for (const mangled of ['', 'bat_x', 'bat_x:1:2', 'bat_x:-1', "a';drop"])
    expect(readPositions(mangled, null)).toBeNull()
})
