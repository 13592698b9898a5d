import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium'
import { type RealInstance, startInstance } from '../instance'
import { signIn } from './sign-in'

let ferry: RealInstance
let browser: Browser

beforeAll(async () => {
  ferry = await startInstance({ demo: true })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await ferry.stop()
})

async function bring(page: Page, file: string): Promise<void> {
  await page.goto('/import')
  await page.getByLabel('CSV file').setInputFiles(join(process.cwd(), file))
  await page.getByLabel('Target pool').fill('pool01.contoso.example')
  await page.getByRole('button', { name: 'Import this file' }).click()
  await page.waitForURL(/\/import\/imp_/)
}

/** What axe finds on the page itself, not on the skeleton that stands in while it loads. */
async function violations(page: Page): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.map(one => `${one.id}: ${one.nodes[0]?.target.join(' ')}`)
}

it('a file is dropped, judged row by row, and becomes a batch that can be asked for', async () => {
  const lead = await signIn(browser, ferry, 'lead@contoso.example')
  await bring(lead, 'tests/samples/csv/ps7-default.csv')
  // 16 rows: what is ready, flagged, refused and left out adds up on screen.
  await lead.getByText('Make a batch of 6 people').waitFor({ timeout: 30_000 })
  const text = (await lead.locator('main').textContent()) ?? ''
  for (const word of ['ready', 'flagged', 'refused', 'left out']) expect(text.toLowerCase()).toContain(word)
  expect(await violations(lead)).toEqual([])

  await bring(lead, 'tests/samples/csv/no-sip-column.csv')
  await lead.getByText('SipAddress').first().waitFor({ timeout: 30_000 })
  expect(await lead.getByRole('button', { name: /^Make a batch of [1-9]/ }).count()).toBe(0)

  await bring(lead, 'public/sample-users.csv')
  await lead.getByRole('button', { name: 'Make a batch of 40 people' }).click({ timeout: 30_000 })
  await lead.waitForURL(/\/batches\/bat_/, { timeout: 30_000 })
  expect(await violations(lead)).toEqual([])
})
