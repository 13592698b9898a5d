import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe finds on the page itself, not on the skeleton that stands in while it loads. */
export async function violations(page: Page): Promise<string[]> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.map(one => `${one.id}: ${one.nodes[0]?.target.join(' ')}`)
}

/** A page as it stood at one moment: its opening sentence, and of each bar the sum of its parts and the words on it. */
export type Look = { sentence: string; bars: { name: string; sum: number; words: string }[] }

/**
 * Takes down every state that a page goes through from now on, without asking for any of it: an observer in the page
 * looks each time the page has redrawn something. `looks` answers all of them; it throws when the page was loaded
 * anew meanwhile, since then it was not the page that moved.
 */
export async function watch(page: Page): Promise<{ looks: () => Promise<Look[]> }> {
  await page.evaluate(() => {
    const seen: Look[] = []
    const look = () => {
      const bars = [...document.querySelectorAll('main .funnel .crossing')].map(bar => {
        const [name = '', words = ''] = (bar.getAttribute('aria-label') ?? '').split(': ')
        const counts = [...words.matchAll(/(\d+) /g)].map(found => Number(found[1]))
        return { name, words, sum: counts.reduce((sum, count) => sum + count, 0) }
      })
      const now = { sentence: document.querySelector('main h1')?.textContent ?? '', bars }
      if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now)
    }
    look()
    const whole = { childList: true, subtree: true, characterData: true, attributes: true }
    new MutationObserver(look).observe(document.body, whole)
    Object.assign(window, { ferryLooks: seen })
  })
  return {
    looks: () =>
      page.evaluate(() => {
        const { ferryLooks } = window as typeof window & { ferryLooks?: Look[] }
        if (!ferryLooks) throw new Error('The page was loaded anew.')
        return ferryLooks
      }),
  }
}

/** A person waits for these words on the page; nobody reloads it. */
export async function sees(page: Page, words: RegExp, limit = 60_000): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words }).waitFor({ timeout: limit })
}
