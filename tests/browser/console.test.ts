import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium'
import { type RealInstance, startInstance } from '../instance'
import { sees, violations, watch } from './look'
import { approveByCommandLine, fieldsWithoutScript, giveRole, replay, sendPastTheButton } from './requester'
import { routeHandlers, writingMethods } from './routes'
import { signIn, tokenOf } from './sign-in'

let ferry: RealInstance
let browser: Browser
let lead: Page
let operator: Page
let auditor: Page
const folder = mkdtempSync(join(tmpdir(), 'ferry-console-'))

beforeAll(async () => {
  ferry = await startInstance({ demo: true, env: { FERRY_LAB_SCALE: '0.2' } })
  browser = await launchChromium()
  lead = await signIn(browser, ferry, 'lead@contoso.example')
  operator = await signIn(browser, ferry, 'operator@contoso.example')
  auditor = await signIn(browser, ferry, 'auditor@contoso.example')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await browser.close()
  await ferry.stop()
})

async function bring(file: string): Promise<void> {
  await lead.goto('/import')
  await lead.getByLabel('CSV file').setInputFiles(file)
  await lead.getByLabel('Target pool').fill('pool01.contoso.example')
  await lead.getByRole('button', { name: 'Import this file' }).click()
  await lead.waitForURL(/\/import\/imp_/)
}

it('a file is judged row by row, and one without the column it needs is told so', async () => {
  await bring('tests/samples/csv/ps7-default.csv')
  // 16 rows: what is ready, flagged, refused and left out stands beside each other.
  await lead.getByText('Make a batch of 6 people').waitFor({ timeout: 30_000 })
  const text = (await lead.locator('main').textContent()) ?? ''
  for (const word of ['ready', 'flagged', 'refused', 'left out']) expect(text.toLowerCase()).toContain(word)
  expect(await violations(lead)).toEqual([])

  await bring('tests/samples/csv/no-sip-column.csv')
  await lead.getByText('SipAddress').first().waitFor({ timeout: 30_000 })
  expect(await lead.getByRole('button', { name: /^Make a batch of [1-9]/ }).count()).toBe(0)
})

it('times stand in the zone that a person keeps, with its name, and with UTC when pointed at', async () => {
  const faults: string[] = []
  auditor.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await auditor.goto('/audit')
  const first = auditor.locator('main time').first()
  expect(await first.textContent()).toMatch(/^\d\d:\d\d:\d\d UTC$/)
  await auditor.goto('/account')
  await auditor.getByLabel('Your time zone').selectOption('Asia/Tokyo')
  await auditor.getByRole('button', { name: 'Keep this zone' }).click()
  await auditor.getByText('The time zone is kept.').waitFor()
  await auditor.goto('/audit')
  expect(await first.textContent()).toMatch(/ Asia\/Tokyo$/)
  const [utc, own] = await first.evaluate((time: HTMLTimeElement) => {
    const inTokyo = new Date(new Date(time.dateTime).getTime() + 9 * 3_600_000)
    return [time.title, inTokyo.toISOString().slice(11, 19)]
  })
  expect(await first.textContent()).toContain(own)
  expect(utc).toMatch(/ Asia\/Tokyo\n.* UTC$/)
  expect(faults).toEqual([])
})

it('an address that Ferry never had says so, with a way on', async () => {
  const answer = await auditor.goto('/nowhere')
  expect(answer?.status()).toBe(404)
  await auditor.getByRole('heading', { level: 1, name: 'There is nothing at this address' }).waitFor()
  expect(await violations(auditor)).toEqual([])
  await auditor.getByRole('link', { name: 'To the Overview' }).click()
  await auditor.getByRole('navigation', { name: 'Main' }).waitFor()
})

/** Six of the sample people, and the address of a deleted account, which is left out. */
function sevenRows(): string {
  const lines = readFileSync('public/sample-users.csv', 'utf8').split(/\r?\n/).slice(0, 7)
  const file = join(folder, 'oslo-office.csv')
  const deleted =
    '"sip:7c9e6679-7425-40de-944b-e07fc1f90ae7@contoso.example","Gone","gone@contoso.example",""'
  writeFileSync(file, [...lines, deleted, ''].join('\r\n'))
  return file
}

async function ask(wave: string): Promise<void> {
  const row = lead.getByRole('listitem').filter({ has: lead.getByRole('heading', { name: wave, level: 3 }) })
  await row.getByRole('button', { name: /^Ask for approval: enable/ }).click({ timeout: 60_000 })
  await lead.getByRole('dialog').getByRole('button', { name: 'Ask for approval' }).click()
  await row.getByRole('link', { name: 'Review the request' }).waitFor()
}

/** Approves the request for `what` as it comes up on the operator's own batch page, which nobody reloads. */
async function approve(batchPath: string, what: RegExp, people: number, carveOut?: string): Promise<void> {
  await operator.goto(batchPath)
  const wave = what.source.includes('Pilot') ? 'Pilot' : 'Wave 1'
  const row = operator
    .getByRole('listitem')
    .filter({ has: operator.getByRole('heading', { name: wave, level: 3 }) })
  await row.getByRole('link', { name: 'Review the request' }).click({ timeout: 60_000 })
  await operator.getByRole('heading', { level: 1, name: what }).waitFor()
  if (carveOut) {
    await operator
      .getByRole('checkbox', { name: /goes along/ })
      .first()
      .uncheck()
    await operator
      .getByRole('textbox', { name: /^Reason why/ })
      .first()
      .fill(carveOut)
    expect(await violations(operator)).toEqual([])
  }
  await operator
    .getByRole('button', { name: `Approve ${people === 1 ? '1 person' : `${people} people`}` })
    .click()
  await operator
    .getByText('Approved and started')
    .or(operator.getByText(/^Approved$/))
    .first()
    .waitFor()
}

it('a file goes the whole way in the browser: import, two approvals a wave, and a log that adds up', async () => {
  await bring(sevenRows())
  await sees(lead, /^6 of 7 rows would enter|^All 6 people are ready/)
  await lead.getByLabel('People in the pilot').fill('2')
  await lead.getByRole('button', { name: 'Make a batch of 6 people' }).click()
  await lead.waitForURL(/\/batches\/bat_/)
  await sees(lead, /^A draft for 6 people/)
  const batchPath = new URL(lead.url()).pathname
  const film = await watch(lead)

  await ask('Pilot')
  await ask('Wave 1')
  expect(await violations(lead)).toEqual([])
  await approve(batchPath, /^Enable 2 people of Pilot/, 2)
  await approve(batchPath, /^Enable 4 people of Wave 1/, 3, 'On leave this week')
  await approve(batchPath, /^Move 2 people of Pilot/, 2)
  await approve(batchPath, /^Move 3 people of Wave 1/, 3)
  await sees(lead, /^Done: 5 of 5 people are across and verified; 1 left out\.$/)

  // What the page went through, by itself, up to its end.
  const looks = await film.looks()
  const sentences = [...new Set(looks.map(look => look.sentence))]
  expect(sentences[0]).toBe('A draft for 6 people.')
  expect(sentences).toContainEqual(expect.stringMatching(/Pilot is under way/))
  expect(sentences).toContainEqual(
    expect.stringMatching(/^2 of 5 people are across and verified; 1 left out/),
  )
  expect(sentences.at(-1)).toBe('Done: 5 of 5 people are across and verified; 1 left out.')
  expect(looks.length).toBeGreaterThan(6)
  const bars = looks.flatMap(look => look.bars)
  expect([...new Set(bars.map(bar => bar.name))]).toEqual(
    expect.arrayContaining(['In this batch', 'Enabled', 'Verified']),
  )
  expect(bars.filter(bar => bar.sum !== 6)).toEqual([])
  expect(bars).toContainEqual({ name: 'Verified', sum: 6, words: '5 verified, 1 left out' })
  expect(await violations(lead)).toEqual([])

  await auditor.goto(batchPath)
  const said = await auditor.getByRole('heading', { level: 1 }).textContent()
  expect(said).toBe('Done: 5 of 5 people are across and verified; 1 left out.')
  const chip = (name: string) => auditor.getByRole('link', { name: new RegExp(`^${name}`) }).first()
  const shown = {
    done: Number(/\d+/.exec((await chip('Moved and verified').textContent()) ?? '')?.[0]),
    left_out: Number(/\d+/.exec((await chip('Left out').textContent()) ?? '')?.[0]),
  }
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: 'Download the log' }).click()
  const file = join(folder, 'log.csv')
  await (await download).saveAs(file)
  const lines = parse(readFileSync(file), { columns: true, bom: true }) as Record<string, string>[]
  const people = lines.filter(line => line.Record === 'person')
  const inState = (state: string) => people.filter(line => line.State === state).length
  expect({ done: inState('done'), left_out: inState('left_out') }).toEqual(shown)
  expect(people).toHaveLength(6)
  const totals = lines.filter(line => line.Record === 'total').map(line => line.Statement ?? '')
  expect(totals[0]).toBe('People: 6 in this export, 6 in the batch')
  expect(totals.find(line => line.startsWith('done '))).toContain(`${shown.done} in this export`)
  expect(totals.find(line => line.startsWith('left_out '))).toContain(`${shown.left_out} in this export`)
  const out = people.find(line => line.State === 'left_out')
  expect(out?.CarvedOut).toMatch(/^Alex Wilber, .*: On leave this week$/)
  for (const line of people.filter(one => one.State === 'done')) {
    expect(line.AskedBy).toMatch(/Megan Bowen/)
    expect(line.ApprovedBy?.match(/approved: Alex Wilber/g)).toHaveLength(2)
    expect(line.After).toContain('RegistrarPool = pool01.contoso.example')
  }
})

it('the requester cannot approve by screen, server action, route or command line; somebody else can', async () => {
  const database = new pg.Client({ connectionString: ferry.databaseUrl })
  await database.connect()
  try {
    // The hardest case: the requester is an operator too, so only the rule about requesters stands in the way.
    await giveRole(lead, 'operator@contoso.example', 'Lead')
    await giveRole(lead, 'auditor@contoso.example', 'Operator')
    const { rows: waves } = await database.query<{ id: string; batchId: string }>(
      `SELECT "id", "batchId" FROM "wave" WHERE "name" = 'Wave 2' AND "state" = 'awaiting_approval'`,
    )
    const wave = waves[0]
    if (!wave) throw new Error('The practice batch has a second wave that waits.')
    await ferry.cli(['withdraw', '--wave', wave.id], tokenOf(ferry, 'lead@contoso.example'))
    await ferry.cli(['request-approval', '--wave', wave.id], tokenOf(ferry, 'operator@contoso.example'))
    /** The open request, with everything that would show a yes: its state, who decided, events and carve-outs. */
    const standing = async () => {
      const { rows } = await database.query<Record<string, string | null>>(
        `SELECT a."id", a."state"::text, a."decidedById", w."state"::text AS "wave",
           (SELECT count(*)::int FROM "event" e WHERE e."waveId" = w."id" AND e."type" = 'approval.approved') AS "approvals",
           (SELECT count(*)::int FROM "carve_out" c WHERE c."approvalId" = a."id") AS "carvedOut"
         FROM "approval" a JOIN "wave" w ON w."id" = a."waveId" WHERE a."waveId" = $1 ORDER BY a."requestedAt" DESC LIMIT 1`,
        [wave.id],
      )
      return rows[0] ?? {}
    }
    const open = await standing()
    expect(open).toMatchObject({
      state: 'requested',
      decidedById: null,
      wave: 'awaiting_approval',
      approvals: 0,
    })
    const path = `/approvals/${open.id}`
    const url = `${ferry.url}${path}`
    const rule = 'You imported, edited or asked for this wave'

    // The screen.
    await operator.goto(path)
    const button = operator.getByRole('button', { name: /^Approve \d+ people/ })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    expect(await operator.locator('main').textContent()).toContain(rule)

    // The server action: from the page past its button, by hand without script, and with the cookies of the importer.
    const sent = await sendPastTheButton(operator)
    await operator.locator('form').getByText(rule).first().waitFor()
    expect(await standing()).toEqual(open)
    const form = await fieldsWithoutScript(operator, path)
    expect(form).toMatchObject({ approval: open.id, plan_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const byHand = await operator.request.post(url, { multipart: form, headers: { origin: ferry.url } })
    expect(await byHand.text()).toContain(rule)
    expect(await replay(operator, url, sent)).toContain(rule)
    expect(await replay(lead, url, sent)).toContain('This takes an operator')
    const bearer = { authorization: `Bearer ${tokenOf(ferry, 'operator@contoso.example')}` }
    const asToken = await fetch(url, {
      method: 'POST',
      headers: {
        ...bearer,
        'next-action': sent.headers()['next-action'] ?? '',
        'content-type': 'text/plain',
      },
      body: '[]',
      redirect: 'manual',
    })
    expect(asToken.status).toBe(401)
    expect(await standing()).toEqual(open)

    // The command line, with a token of the same person and one of who imported.
    expect(await approveByCommandLine(ferry, 'operator@contoso.example', wave.id)).toContain(rule)
    expect(await approveByCommandLine(ferry, 'lead@contoso.example', wave.id)).toContain(
      'This takes an operator',
    )
    expect(await standing()).toEqual(open)

    // Every route there is. One that writes and is not on this list has to be looked at first.
    const routes = routeHandlers('app', {
      all: 'approve',
      id: wave.batchId,
      chain: wave.batchId,
      importId: 'imp_none',
      waveId: wave.id,
    })
    expect(routes.length).toBeGreaterThan(5)
    expect(routes.filter(route => route.writes.length > 0)).toEqual(
      expect.arrayContaining([
        { path: '/api/auth/approve', writes: ['POST'] },
        { path: '/api/imports', writes: ['POST'] },
      ]),
    )
    expect(routes.filter(route => route.writes.length > 0)).toHaveLength(2)
    const data = {
      approval: open.id,
      waveId: wave.id,
      wave: wave.id,
      plan_hash: form.plan_hash,
      approve: true,
    }
    const calls = routes.flatMap(route => writingMethods.map(method => ({ method, path: route.path })))
    for (const { method, path: address } of [...calls, { method: 'POST' as const, path: `/api${path}` }]) {
      const asPerson = await operator.request.fetch(address, { method, data, headers: { origin: ferry.url } })
      const asClient = await fetch(`${ferry.url}${address}`, {
        method,
        headers: { ...bearer, 'content-type': 'application/json' },
        body: JSON.stringify(data),
      })
      for (const status of [asPerson.status(), asClient.status])
        expect([400, 401, 403, 404, 405, 415], `${method} ${address} answered ${status}`).toContain(status)
    }
    expect(await standing()).toEqual(open)

    // The very request that was refused is a good one: an operator who had no part in it gets it through.
    expect(await replay(auditor, url, sent)).toMatch(/^200 .*Approved for \d+ people/s)
    expect(await standing()).toMatchObject({ state: 'approved', wave: 'approved', approvals: 1 })
  } finally {
    await database.end()
  }
})
