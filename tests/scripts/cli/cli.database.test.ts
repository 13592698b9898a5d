import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { itemStates } from '@/domain/lifecycle/item'
import { createToken } from '@/server/commands/create-token'
import type { BatchStatus } from '@/server/queries/status'
import { closeDatabase, db } from '@/server/store/client'
import { createDatabase } from '@/tests/database'
import { addMember, type Member } from '../../server/auth/instance'
import { buildCli, KeptCli, runCli, type Said } from './program'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let cli: Awaited<ReturnType<typeof buildCli>>
let kept: KeptCli
let database: Awaited<ReturnType<typeof createDatabase>>
let dataDir: string
const tokens = { both: '', operator: '', auditor: '' }
let both: Member

/** Megan Bowen is lead and operator, so that only the rule stands between her and her own request. */
beforeAll(async () => {
  cli = await buildCli()
  database = await createDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'ferry-cli-data-'))
  process.env.DATABASE_URL = database.url
  kept = new KeptCli(cli, surroundings())
  await db().estate.create({
    data: { id: 'west', name: 'West', kind: 'lab', pools: ['pool01.contoso.example'] },
  })
  both = await addMember('Megan Bowen', ['lead', 'operator'])
  tokens.both = await tokenOf(both)
  tokens.operator = await tokenOf(await addMember('Alex Wilber', ['operator']))
  tokens.auditor = await tokenOf(await addMember('Lee Gu', ['auditor']))
})
afterAll(async () => {
  kept.end()
  await closeDatabase()
  cli.remove()
  rmSync(dataDir, { recursive: true, force: true })
  await database.drop()
})

async function tokenOf(member: Member): Promise<string> {
  return (await createToken(member.actor, { name: 'cli', days: 1 })).token
}

const surroundings = (token?: string) => ({
  DATABASE_URL: database.url,
  FERRY_DATA_DIR: dataDir,
  FERRY_URL: 'https://ferry.contoso.example',
  INIT_CWD: cli.folder,
  FERRY_TOKEN: token,
})

const ferry = (args: string[], token?: string): Promise<Said> => kept.run(args, token)

let files = 0
/** Imports six people, one of them flagged and one refused, named by a path relative to where the person stands. */
async function importPeople(more: string[] = []): Promise<Said & { batchId: string; waveIds: string[] }> {
  const n = ++files
  const row = (who: string) => `sip:${who}${n}@contoso.example,${who}${n}@contoso.example,${who}`
  const rows = [...['adele', 'megan', 'alex', 'lee'].map(row)]
  rows.push(
    `sip:diego${n}@contoso.example,d.siciliani${n}@contoso.example,Diego`,
    'sip:*,x@contoso.example,X',
  )
  const text = `SipAddress,UserPrincipalName,DisplayName\r\n${rows.join('\r\n')}\r\n`
  writeFileSync(join(cli.folder, `people${n}.csv`), text)
  const fixed = ['--runbook', 'sfb-return', '--estate', 'West', '--pilot', '2']
  const said = await ferry(['import', `people${n}.csv`, ...fixed, ...more], tokens.both)
  const batchId = /Batch (\S+)/.exec(said.out)?.[1] ?? ''
  return { ...said, batchId, waveIds: [...said.out.matchAll(/^Wave (\S+)/gm)].map(([, id]) => id ?? '') }
}

const markRead = (waveId: string) => db().item.updateMany({ where: { waveId }, data: { readAt: new Date() } })

async function asked(): Promise<{ batchId: string; waveId: string; n: number }> {
  const { batchId, waveIds } = await importPeople()
  const waveId = waveIds[0] ?? ''
  await markRead(waveId)
  const said = await ferry(['request-approval', '--wave', waveId], tokens.both)
  expect(said).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Asked for 2 people, plan [0-9a-f]{64}/),
  })
  return { batchId, waveId, n: files }
}

test('import says what came of every row and makes a draft; flagged rows enter only when accepted', async () => {
  const said = await importPeople()
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/6 rows read = 4 ready \+ 1 flagged \+ 1 refused \+ 0 left out/)
  expect(said.out).toMatch(/Row 5 flagged, \w+ "d\.siciliani/)
  expect(said.out).toMatch(/Row 6 refused, SipAddress "sip:\*": \S/)
  expect(said.err).toContain('--accept-flagged')
  expect(await db().item.count({ where: { batchId: said.batchId } })).toBe(4)
  expect(said.waveIds).toHaveLength(2)

  const again = await ferry(
    ['import', `people${files}.csv`, '--runbook', 'sfb-return', '--estate', 'West'],
    tokens.both,
  )
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toContain('--again')
  expect(again.err).toContain('imported before')

  const accepted = await importPeople(['--accept-flagged', 'checked with HR', '--name', 'East'])
  expect(accepted.out).toContain('Flagged rows accepted: 1, because: checked with HR')
  const batch = await db().batch.findUniqueOrThrow({ where: { id: accepted.batchId } })
  expect([batch.name, batch.state]).toEqual(['East', 'draft'])
  expect(await db().item.count({ where: { batchId: batch.id, acceptedReason: 'checked with HR' } })).toBe(1)
})

test('a command whose reader stops early still does all of its work', async () => {
  writeFileSync(
    join(cli.folder, 'cut.csv'),
    `SipAddress\r\n${Array.from({ length: 3_000 }, (_, n) => `sip:cut${n}@contoso.example`).join('\r\n')}\r\n`,
  )
  const said = await runCli(
    cli.file,
    ['import', 'cut.csv', '--runbook', 'sfb-return', '--estate', 'West', '--name', 'Cut off'],
    surroundings(tokens.both),
    undefined,
    child => child.stdout?.destroy(),
  )
  expect(said.code).toBe(0)
  // On a machine with much to do it says every two seconds how far it is.
  expect(said.err.replace(/^\d+ rows judged, \d+ % of the file …\n/gm, '')).toBe('')
  expect(await db().batch.count({ where: { name: 'Cut off' } })).toBe(1)
})

test('status --json has nothing but the answer, and every wave’s counts add up to its total', async () => {
  const { batchId, waveId } = await asked()
  const item = await db().item.findFirstOrThrow({ where: { waveId } })
  await db().item.update({ where: { id: item.id }, data: { state: 'needs_person' } })
  const said = await runCli(cli.file, ['status', '--json', '--batch', batchId], surroundings())
  expect(said).toMatchObject({ code: 0, err: '' })
  const { batches } = JSON.parse(said.out) as { batches: BatchStatus[] }
  expect(batches.map(({ id, state }) => [id, state])).toEqual([[batchId, 'active']])
  expect(Object.keys(batches[0] ?? {})).toEqual(['id', 'name', 'state', 'waves'])
  const [pilot, rest] = batches[0]?.waves ?? []
  expect(pilot).toMatchObject({ id: waveId, name: 'Pilot', state: 'awaiting_approval' })
  expect(pilot?.counts).toMatchObject({ needs_person: 1, not_started: 1, total: 2 })
  expect(rest).toMatchObject({ state: 'draft', counts: { not_started: 2, total: 2 } })
  expect(Object.keys(pilot?.counts ?? {}).toSorted()).toEqual([...itemStates, 'total'].toSorted())
  expect((await ferry(['status'])).out).toContain('2 = 1 not_started + 1 needs_person')
  expect(await ferry(['status', '--batch', 'bat_none'])).toMatchObject({ code: 1, out: '' })
})

test('who asked cannot approve, though an operator too; somebody else can, with a carve-out and its reason', async () => {
  const { waveId, n } = await asked()
  const own = await ferry(['approve', '--wave', waveId], tokens.both)
  expect(own.code).toBe(1)
  expect(own.err).toMatch(/somebody else decides/)
  const auditor = await ferry(['approve', '--wave', waveId], tokens.auditor)
  expect(auditor).toMatchObject({ code: 1, err: expect.stringMatching(/takes an operator/) })
  expect(await waveState(waveId)).toBe('awaiting_approval')

  const carve = ['approve', '--wave', waveId, '--carve-out', `ADELE${n}@contoso.example`]
  expect(await ferry(carve, tokens.operator)).toMatchObject({ code: 2 })
  const stranger = ['approve', '--wave', waveId, '--carve-out', 'x@contoso.example', '--reason', 'y']
  expect(await ferry(stranger, tokens.operator)).toMatchObject({ code: 1 })
  expect(await waveState(waveId)).toBe('awaiting_approval')
  const given = await ferry([...carve, '--reason', 'on a journey'], tokens.operator)
  expect(given).toMatchObject({ code: 0, out: 'Approved: 1 person, 1 carved out.\n' })
  const out = await db().carveOut.findFirstOrThrow({ where: { approval: { waveId } } })
  expect(out.reason).toBe('on a journey')
  const approval = await db().approval.findFirstOrThrow({ where: { waveId } })
  expect([approval.state, approval.decidedVia]).toEqual(['approved', 'cli'])
})

const waveState = async (id: string) => (await db().wave.findUniqueOrThrow({ where: { id } })).state

test('a request waits while people are being read, saying so, and can be withdrawn or rejected', async () => {
  const { waveIds } = await importPeople()
  const waveId = waveIds[0] ?? ''
  const said = await new Promise<Said>((done, fail) => {
    let marked = false
    const heard = (err: string) => {
      if (marked || !err.includes('waiting')) return
      marked = true
      markRead(waveId).catch(fail)
    }
    const args = ['request-approval', '--wave', waveId, '--note', 'tonight']
    runCli(cli.file, args, surroundings(tokens.both), heard).then(done, fail)
  })
  expect(said.code).toBe(0)
  expect(said.err).toContain('2 of 2 people have not been read on the estate yet; waiting')
  expect(await ferry(['withdraw', '--wave', waveId], tokens.both)).toMatchObject({ code: 0 })
  expect(await waveState(waveId)).toBe('draft')
  expect(await ferry(['request-approval', '--wave', waveId], tokens.both)).toMatchObject({ code: 0, err: '' })
  expect(await ferry(['reject', '--wave', waveId], tokens.operator)).toMatchObject({ code: 2 })
  const rejected = await ferry(['reject', '--wave', waveId, '--reason', 'too early'], tokens.operator)
  expect(rejected.code).toBe(0)
  expect(await waveState(waveId)).toBe('draft')
})

const reason = ['--reason', 'the night is over']
const by = (token: string, ...args: string[]) => ferry([...args, ...reason], token)

test('holds say how many they keep, releases who may begin and why not the others; the gate opens with a reason', async () => {
  const { batchId, waveIds } = await importPeople()
  const [first = '', second = ''] = waveIds
  const hold = ['hold', '--batch', batchId]
  expect((await by(tokens.operator, ...hold)).out).toBe('Held: 4 people do not begin. Nobody is at work.\n')
  expect((await by(tokens.operator, ...hold)).out).toBe(
    'It was held already; the first hold stands: 4 people do not begin. Nobody is at work.\n',
  )
  await by(tokens.operator, 'hold', '--wave', first)
  expect((await by(tokens.operator, 'release', '--batch', batchId)).out).toBe(
    'Released: 0 people may begin where they stood. 4 people do not, because their wave is not approved.\n',
  )
  const twice = await by(tokens.operator, 'release', '--batch', batchId)
  expect(twice).toMatchObject({ code: 1, err: 'There is no such hold in force.\n' })
  expect(await by(tokens.operator, 'open-gate', '--wave', second)).toMatchObject({ code: 0 })
  expect((await db().wave.findUniqueOrThrow({ where: { id: second } })).gateReason).toBe(reason[1])
})

test('people are found, retried, skipped and left out, each time with how many and why not the others', async () => {
  const { batchId, waveIds } = await importPeople()
  const [first, second] = await db().item.findMany({ where: { batchId }, orderBy: { position: 'asc' } })
  const failed = { state: 'failed', errorSignature: 'move: denied' } as const
  await db().item.update({ where: { id: first?.id }, data: failed })
  const clusters = await ferry(['clusters', '--batch', batchId])
  expect(clusters).toMatchObject({ code: 0, out: expect.stringMatching(/^move: denied {2}1 person/m) })
  const found = await ferry(['people', '--batch', batchId, '--states', 'failed'])
  expect(found).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^${first?.id} .*failed`)) })
  const retry = ['retry', '--batch', batchId, '--cluster', 'move: denied']
  expect(await by(tokens.operator, ...retry)).toMatchObject({ code: 0, out: '1 person tried again.\n' })
  const all = ['retry', '--batch', batchId, '--wave', waveIds[0] ?? '']
  expect(await by(tokens.operator, ...all)).toMatchObject({
    code: 1,
    out: '0 people tried again.\n',
    err: expect.stringContaining('Only people who failed or need a person can be retried.'),
  })
  const known = await by(tokens.operator, 'resolve', '--item', first?.id ?? '')
  expect(known).toMatchObject({ code: 1, err: 'The outcome is known, so there is nothing to decide.\n' })
  expect(await by(tokens.operator, 'skip', '--item', second?.id ?? '')).toMatchObject({ code: 0 })
  expect((await db().item.findUniqueOrThrow({ where: { id: second?.id } })).outKind).toBe('skipped')
  const cancelled = await by(tokens.both, 'cancel', '--batch', batchId)
  expect(cancelled).toMatchObject({ code: 0, out: 'Cancelled: 3 people left out.\n' })
})

test('lanes, breakers and barred days are seen and changed by their names, with a count', async () => {
  await db().credential.create({
    data: { id: 'crd_west', estateId: 'west', name: 'sfb-admin', maxSessions: 3 },
  })
  const stopped = { stoppedAt: new Date(), stoppedWhy: 'The password was refused.' }
  await db().lane.create({
    data: { id: 'lan_west', estateId: 'west', name: 'sfb', credentialId: 'crd_west', ...stopped },
  })
  const lanes = await ferry(['lanes'])
  expect(lanes.out).toMatch(/^west\.sfb {2}3 at once.*\n {2}stopped: The password was refused\./m)
  const resumed = await by(tokens.operator, 'lane', 'resume', '--lane', 'West.sfb')
  expect(resumed.out).toMatch(/^The lane works again: [\d,]+ people may begin/)
  const set = ['lane', 'set', '--lane', 'west.sfb', '--sessions']
  expect((await by(tokens.operator, ...set, '2')).out).toBe('2 may work at once, before it was 3.\n')
  expect((await by(tokens.operator, ...set, '4')).err).toMatch(/1 to 3 sessions/)
  const none = await by(tokens.operator, 'hold', '--lane', 'east.sfb')
  expect(none).toMatchObject({ code: 1, err: 'There is no lane east.sfb. There are west.sfb.\n' })
  for (const on of [
    ['--lane', 'west.sfb'],
    ['--estate', 'West'],
  ])
    expect((await by(tokens.operator, 'hold', ...on)).out).toMatch(/^Held: [\d,]+ people do not begin/)

  const breaker = {
    id: 'brk_1',
    estateId: 'west',
    scope: 'worker',
    targetId: 'host7',
    state: 'open',
  } as const
  await db().breaker.create({ data: { ...breaker, cause: 'Three shells in a row died.' } })
  expect((await ferry(['breakers'])).out).toMatch(/^brk_1 {2}The worker host7 {2}open/)
  const closed = await by(tokens.operator, 'breakers', 'close', '--breaker', 'brk_1')
  expect(closed.out).toMatch(/^It goes on: [\d,]+ people may begin/)

  const barred = await by(tokens.operator, 'blackout', '--estate', 'West', '--first-day', '2027-01-01')
  const id = /^(\S+): Nothing new starts on 2027-01-01\./.exec(barred.out)?.[1] ?? ''
  expect(await by(tokens.operator, 'blackout', 'remove', '--blackout', id)).toMatchObject({ code: 0 })
  await db().hold.deleteMany()
})

test('the export goes to standard output or, whole, into a file', async () => {
  const { batchId } = await asked()
  const args = ['export', '--batch', batchId, '--format', 'csv']
  expect(await ferry(args)).toMatchObject({ code: 1, out: '' })
  const said = await runCli(cli.file, args, surroundings(tokens.auditor))
  expect(said).toMatchObject({ code: 0, err: '' })
  expect(said.out).toContain('People: 4 in this export, 4 in the batch')
  expect(await ferry([...args, '--out', 'log.csv'], tokens.auditor)).toMatchObject({ code: 0, out: '' })
  expect(readFileSync(join(cli.folder, 'log.csv'), 'utf8')).toContain('Taken ')
  const none = ['export', '--batch', 'bat_none', '--format', 'csv', '--out', 'none.csv']
  expect(await ferry(none, tokens.auditor)).toMatchObject({ code: 1, err: 'There is no batch bat_none.\n' })
  expect(existsSync(join(cli.folder, 'none.csv'))).toBe(false)
})

test('what changes something says where to get a token; a wrong one is refused', async () => {
  const without = await ferry(['hold', '--everything', '--reason', 'x'])
  expect(without).toMatchObject({ code: 1, out: '' })
  expect(without.err).toMatch(/Account page, https:\/\/ferry\.contoso\.example\/account.*FERRY_TOKEN/)
  const wrong = await ferry(['hold', '--everything', '--reason', 'x'], 'ferry_wrong')
  expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/not known here/) })
  expect(await db().hold.count({ where: { scope: 'everything' } })).toBe(0)
})

test.each([
  [['status', '--bacth', 'x'], /Unknown option '--bacth'/],
  [['approve'], /--wave is missing/],
  [['import', '--estate', 'West', '--runbook', 'sfb-return'], /FILE is missing/],
  [['import', 'a.csv', '--estate', 'West'], /--runbook is missing/],
  [['skip', '--item', 'a', '--reason', 'two', 'words'], /words is too much/],
  [['hold', '--batch', 'a', '--everything', '--reason', 'c'], /--batch and --everything/],
  [['reject', '--wave', 'a'], /--reason is missing/],
  [['skip', '--item', 'a', '--item', 'b', '--reason', 'c'], /--item is given twice/],
  [['export', '--batch', 'x', '--format', 'xml'], /takes csv/],
  [['retry', '--batch', 'x', '--reason', 'y'], /--items, --cluster, .* is missing/],
  [['retry', '--batch', 'x', '--states', 'dead', '--reason', 'y'], /no state dead/],
  [['cancel', '--reason', 'y'], /--batch or --wave/],
  [['nonsense'], /does not know the command nonsense/],
])('%j is not understood, names why, and ends with 2', async (args, why) => {
  const said = await ferry(args, tokens.both)
  expect(said).toMatchObject({ code: 2, out: '', err: expect.stringMatching(why) })
})

test('help, a missing file, and a place where nothing runs', async () => {
  const nonsense = await runCli(cli.file, ['nonsense'], surroundings())
  expect(nonsense).toMatchObject({ code: 2, out: '', err: expect.stringContaining('nonsense') })
  expect((await runCli(cli.file, ['--help'], surroundings())).out).toContain('audit verify')
  const help = await ferry(['approve', '--help'])
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('--carve-out UPN,…') })
  const missing = await ferry(
    ['import', 'none.csv', '--estate', 'West', '--runbook', 'sfb-return'],
    tokens.both,
  )
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('There is no file') })
  const nowhere = await runCli(cli.file, ['status'], { FERRY_DATA_DIR: dataDir })
  expect(nowhere).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Ferry is not running on') })
  const gone = new URL(database.url)
  gone.port = '1'
  const unreachable = await runCli(cli.file, ['status'], { FERRY_DATA_DIR: dataDir, DATABASE_URL: gone.href })
  expect(unreachable).toMatchObject({ code: 1, err: expect.stringMatching(/^The database does not answer/) })
})

test('a lost password gets a link, the database’s address is printed, both without a token', async () => {
  const link = await ferry(['reset-password', both.email])
  expect(link.code).toBe(0)
  expect(link.out).toMatch(/https:\/\/ferry\.contoso\.example\/set-password\?token=\S+/)
  expect(await ferry(['reset-password', 'nobody@contoso.example'])).toMatchObject({ code: 1 })
  expect(await ferry(['database-url'])).toMatchObject({ code: 0, out: `${database.url}\n` })
})

test('audit verify finds the ledger whole, and names the chain and row that somebody edited', async () => {
  const whole = await ferry(['audit', 'verify'])
  expect(whole).toMatchObject({ code: 0, err: '', out: expect.stringContaining('instance') })
  const [row] = await db().event.findMany({
    where: { type: 'batch.created' },
    orderBy: { seq: 'asc' },
    take: 1,
  })
  if (!row) throw new Error('a batch was made above')
  await db().$transaction([
    db().$executeRaw`SET LOCAL session_replication_role = replica`,
    db()
      .$executeRaw`UPDATE "event" SET "actorName" = 'Nobody' WHERE "chain" = ${row.chain} AND "seq" = ${row.seq}`,
  ])
  const edited = await ferry(['audit', 'verify'])
  expect(edited.code).toBe(1)
  expect(edited.out).toContain(`Chain ${row.chain}, row ${row.seq} (batch.created)`)
  expect(edited.err).toContain(`row ${row.seq} of chain ${row.chain}`)
  const json = await ferry(['audit', 'verify', '--json'])
  expect(json.code).toBe(1)
  expect(JSON.parse(json.out)).toMatchObject({
    intact: false,
    problems: [{ chain: row.chain, seq: Number(row.seq) }],
  })
})
