import pg from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium'
import { type RealInstance, startInstance } from '../instance'
import { begun, LabOf } from './lab-journal'
import { faultsOf, watchNumbers } from './numbers'
import { signIn, tokenOf } from './sign-in'

/** Of the 28 people of Wave 1, by place: whose accounts are protected, and whose shell dies during the move. */
const PROTECTED = [1, 3, 4, 20]
const LOST = 0
/** Long enough that the hold comes in mid-wave also on a busy machine; then short. */
const SLOW = { read: 20, move: 5_000, jitter: 0 }
const QUICK = { read: 20, move: 100, jitter: 0 }
/** Nothing is seen to begin for this long while everything is held: several rounds of the sweeper. */
const STILL_MS = 3_000

let ferry: RealInstance
let browser: Browser
let operator: Page
let database: pg.Pool
let lab: LabOf

beforeAll(async () => {
  ferry = await startInstance({ demo: true, env: { FERRY_LAB_SCALE: '0.1' } })
  browser = await launchChromium()
  operator = await signIn(browser, ferry, 'operator@contoso.example')
  database = new pg.Pool({ connectionString: ferry.databaseUrl, max: 2 })
  lab = new LabOf(ferry)
})
afterAll(async () => {
  await database?.end()
  await browser?.close()
  await ferry?.stop()
})

type Person = { id: string; batchId: string; waveId: string; upn: string; displayName: string; state: string }

const peopleOfWave = async (): Promise<Person[]> =>
  (
    await database.query<Person>(
      `SELECT i.id, i."batchId", i."waveId", i.upn, i."displayName", i.state::text FROM item i JOIN wave w ON w.id = i."waveId"
       WHERE w.name = 'Wave 1' ORDER BY i.position`,
    )
  ).rows

async function waveIs(waveId: string, state: string, segment: number): Promise<void> {
  await expect
    .poll(
      async () =>
        (await database.query(`SELECT state::text, segment FROM wave WHERE id = $1`, [waveId])).rows[0],
      { timeout: 30_000, interval: 100 },
    )
    .toEqual({ state, segment })
}

const approve = (waveId: string) =>
  ferry.cli(['approve', '--wave', waveId], tokenOf(ferry, 'operator@contoso.example'))

/** Opens a dialog by its button, says why, and confirms. */
async function decide(where: Page | Locator, button: string, confirm: string, reason: string): Promise<void> {
  await where.getByRole('button', { name: button, exact: true }).click()
  const dialog = (('page' in where ? where.page() : where) as Page).locator('dialog[open]')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: confirm, exact: true }).click()
  await dialog.waitFor({ state: 'detached' }).catch(() => undefined)
}

const chip = (page: Page, state: string): Locator =>
  page.getByRole('navigation', { name: 'Filters' }).getByRole('link', { name: new RegExp(`^${state}`) })

/** Whoever meets the session that a dead shell left open is tried again only after three quarters of a minute. */
const PATIENCE_MS = 75_000

/** Waits until the page itself says so many people of a state; nobody reloads it. */
const pageCounts = (state: string, fits: number | ((count: number) => boolean)): Promise<void> =>
  expect
    .poll(
      async () => {
        const texts = await chip(operator, state).locator('b').allTextContents()
        return Number(texts[0] ?? 0)
      },
      { timeout: PATIENCE_MS, interval: 50, message: `${state} on the page` },
    )
    .toSatisfy(count => (typeof fits === 'number' ? count === fits : fits(count)))

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

it('is held, let go, mended and decided in mid-wave, and its numbers add up at every moment', async () => {
  const people = await peopleOfWave()
  const wave = people[0]?.waveId ?? ''
  const batchPath = `/batches/${people[0]?.batchId}`
  const lost = people[LOST] as Person
  const stuck = PROTECTED.map(place => people[place] as Person)
  expect(people).toHaveLength(28)

  // The wave is enabled and synced; it stands before its move.
  await operator.goto(batchPath)
  const film = await watchNumbers(operator)
  const row = operator
    .getByRole('listitem')
    .filter({ has: operator.getByRole('heading', { name: 'Wave 1', level: 3 }) })
  await decide(row, 'Open the gate', 'Open the gate', 'The pilot comes later')
  await approve(wave)
  await waveIs(wave, 'awaiting_approval', 1)

  const faults = [
    ...stuck.map(person => ({
      command: 'Move-CsUser',
      identity: person.upn,
      fault: 'access-denied-protected',
    })),
    { command: 'Move-CsUser', identity: lost.upn, nth: 1, fault: 'kill-shell' },
    // The first look is the one before the change; every later one is to find out what became of it.
    { command: 'Get-CsUser', identity: lost.upn, nth: [2, 3, 4, 5, 6, 7, 8, 9], fault: 'connection-lost' },
  ]
  await lab.scenario({ name: 'Four protected accounts and a lost shell', latency: SLOW, scale: 1, faults })
  await approve(wave)
  await pageCounts('Moved and verified', count => count >= 1)
  await pageCounts('Outcome unknown', 1)

  // Held in mid-wave: who was under way ends, nobody else begins. The lab says so, and the page.
  await decide(operator, 'Hold everything', 'Hold everything', 'The help desk is swamped')
  await operator.getByRole('region', { name: 'Everything is held' }).waitFor()
  // The button is another one by now; what it did is said all the same.
  await operator.getByText(/^Held: \d+ people do not begin\./).waitFor()
  const { rows: clock } = await database.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  await operator.getByRole('heading', { level: 1, name: /Nothing new starts: held by Alex Wilber/ }).waitFor()
  await pageCounts('Running', 0)
  const late = await database.query('SELECT 1 FROM attempt WHERE "applyBeganAt" > $1', [clock[0]?.now])
  expect(late.rows).toEqual([])
  const atRest = await lab.newest()
  const looksBefore = (await film.all()).length
  const waiting = Number(await chip(operator, 'Waiting').locator('b').textContent())
  expect(waiting).toBeGreaterThan(8)
  await sleep(STILL_MS)
  const whileHeld = await lab.journal(atRest)
  expect(begun(whileHeld)).toEqual([])
  // Not for want of trying: the lost change is read back meanwhile, and that alone.
  const heldLooks = (await film.all()).slice(looksBefore - 1)
  expect(new Set(heldLooks.map(look => look.states['Moved and verified'])).size).toBe(1)
  expect(new Set(heldLooks.map(look => look.states.Waiting))).toEqual(new Set([waiting]))

  // The unknown outcome cannot be read back. Its pauses between readings are cut short; the readings are real.
  await expect
    .poll(
      async () => {
        await database.query(
          `UPDATE item SET "dueAt" = now() WHERE id = $1 AND state = 'unknown' AND "readbacksFailed" < 3 AND "dueAt" > now()`,
          [lost.id],
        )
        return (
          await database.query(`SELECT state::text, "readbacksFailed" AS failed FROM item WHERE id = $1`, [
            lost.id,
          ])
        ).rows[0]
      },
      { timeout: 20_000, interval: 200 },
    )
    .toEqual({ state: 'unknown', failed: 3 })
  const second = await operator.context().newPage()
  await second.goto(`${batchPath}/people/${lost.id}`)
  await decide(second, 'Decide by hand…', 'Decide for 1 person', 'The pool does not answer for this one')
  await second.getByText('Needs a person').first().waitFor()
  await pageCounts('Outcome unknown', 0)

  // Released: it goes on where it stood, and everybody gets there but those five.
  await lab.scenario({
    name: 'Four protected accounts',
    latency: QUICK,
    scale: 1,
    faults: faults.slice(0, stuck.length),
  })
  await decide(
    operator.getByRole('region', { name: 'Everything is held' }),
    'Release',
    'Let it go on',
    'Calm again',
  )
  await operator.getByText(/^Released: \d+ people may begin where they stood\. \d+ people do not/).waitFor()
  await pageCounts('Moved and verified', 23)
  await pageCounts('Failed', 4)
  await pageCounts('Needs a person', 1)
  const standing = (await peopleOfWave()).filter(person => person.state !== 'done')
  expect(standing.map(person => person.upn)).toEqual([lost, ...stuck].map(person => person.upn))

  // Mended in the lab; then one cluster is tried again, and nobody beside it.
  await lab.scenario({ name: 'Mended', latency: QUICK, scale: 1 })
  const mended = await lab.newest()
  const cluster = operator.getByRole('article').filter({ hasText: 'The account is protected' })
  await decide(cluster, 'Retry these 4', 'Retry 4 people', 'Rights on these accounts were given')
  await pageCounts('Moved and verified', 27)
  expect(begun(await lab.journal(mended)).sort()).toEqual(stuck.map(person => person.upn).sort())

  // Whom a person decided about is read before anything is repeated: the move had happened, so nothing is.
  await second.getByRole('button', { name: 'Retry', exact: true }).waitFor()
  await decide(second, 'Retry', 'Retry 1 person', 'The pool answers again')
  await pageCounts('Moved and verified', 28)
  await operator.getByText('28 of 28 verified').first().waitFor()

  const looks = await film.all()
  expect(looks.length).toBeGreaterThan(20)
  expect(looks.flatMap(look => faultsOf(look).map(fault => `${fault} (“${look.sentence}”)`))).toEqual([])
  // What was to be watched was there to be seen.
  expect(looks.some(look => (look.states['Outcome unknown, reading back'] ?? 0) === 1)).toBe(true)
  expect(looks.some(look => look.stuck?.clusters.includes(4))).toBe(true)
  expect(looks.every(look => look.everybody === 60 && look.rows?.printed === 60)).toBe(true)

  const witness = await lab.witness()
  expect(witness.doubled).toEqual([])
  for (const person of people)
    expect(witness.people[person.upn]?.['Move-CsUser'], person.upn).toMatchObject({ changes: 1 })
  expect((await peopleOfWave()).every(person => person.state === 'done')).toBe(true)
})
