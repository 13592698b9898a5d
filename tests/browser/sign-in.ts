import type { Browser, Page } from 'playwright-core'
import type { RealInstance } from '../instance'

/** Signs one of the demo's people in, in a browser context of their own, as a person does. */
export async function signIn(browser: Browser, ferry: RealInstance, email: string): Promise<Page> {
  const line = ferry.text.split('\n').find(text => text.includes(email))
  const password = line?.trim().split(/\s+/)[1] ?? ''
  const context = await browser.newContext({
    baseURL: ferry.url,
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
    // Without a graphics card each turning glyph is drawn by the processor that Ferry needs here.
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return page
}

/** The API token of one of the demo's people, as it was printed on the first start. */
export function tokenOf(ferry: RealInstance, email: string): string {
  const lines = ferry.text.split('\n')
  const at = lines.findIndex(text => text.includes(email))
  return /FERRY_TOKEN=(\S+)/.exec(lines[at + 1] ?? '')?.[1] ?? ''
}
