import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium'
import { type RealInstance, startInstance } from '../instance'
import { sees, violations, watch } from './look'
import { signIn } from './sign-in'

let ferry: RealInstance
let browser: Browser
let lead: Page
let operator: Page
let auditor: Page
const folder = mkdtempSync(join(tmpdir(), 'ferry-console-'))

beforeAll(async () => {
  ;[ferry, browser] = await Promise.all([
    startInstance({ demo: true, env: { FERRY_LAB_SCALE: '0.2' } }),
    launchChromium(),
  ])
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
