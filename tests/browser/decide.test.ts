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

/** What axe finds on the page itself, not on the skeleton that stands in while it loads. */
async function violations(page: Page): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.map(one => `${one.id}: ${one.nodes[0]?.target.join(' ')}`)
}

it('three people: the lead may not approve, the operator carves one out and approves, the auditor takes the log', async () => {
  const lead = await signIn(browser, ferry, 'lead@contoso.example')
  expect(await lead.getByRole('heading', { level: 1 }).textContent()).toMatch(/wait/i)
  expect(await violations(lead)).toEqual([])
  await lead.goto('/approvals')
  const decision = lead.locator('main a[href^="/approvals/"]').first()
  const path = (await decision.getAttribute('href')) ?? ''
  await lead.goto(path)
  const refused = lead.getByRole('button', { name: /^Approve \d+ people/ })
  expect(await refused.getAttribute('aria-disabled')).toBe('true')

  const operator = await signIn(browser, ferry, 'operator@contoso.example')
  await operator.goto(path)
  expect(await violations(operator)).toEqual([])
  await operator
    .getByRole('checkbox', { name: /goes along/ })
    .first()
    .uncheck()
  await operator
    .getByRole('textbox', { name: /^Reason why/ })
    .first()
    .fill('On leave this week')
  const approve = operator.getByRole('button', { name: 'Approve 4 people' })
  await approve.click()
  await operator
    .getByText(/approved/i)
    .first()
    .waitFor()

  // The lead's screen moves by itself: nobody reloads it.
  const batch = await lead.request.get('/batches')
  expect(batch.ok()).toBe(true)
  await lead.goto('/batches')
  await lead.getByRole('link', { name: 'Contoso West, back to on-premises' }).first().click()
  await lead.getByText('Left out', { exact: false }).first().waitFor()
  await lead
    .getByText(/Waiting for approval|approve the move/i)
    .first()
    .waitFor({ timeout: 90_000 })
  expect(await violations(lead)).toEqual([])

  const auditor = await signIn(browser, ferry, 'auditor@contoso.example')
  await auditor.goto(lead.url().replace(ferry.url, ''))
  const download = auditor.waitForEvent('download')
  await auditor.getByRole('link', { name: 'Download the log' }).click()
  const stream = await (await download).createReadStream()
  let log = ''
  for await (const chunk of stream) log += String(chunk)
  expect(log).toContain('Carved out at approval: On leave this week')
  expect(log).toContain('Alex Wilber')
})
