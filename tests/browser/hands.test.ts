import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../chromium'
import { type RealInstance, startInstance } from '../instance'
import { violations } from './look'
import { signIn } from './sign-in'

let ferry: RealInstance
let browser: Browser
let operator: Page
let database: pg.Pool

beforeAll(async () => {
  ferry = await startInstance({ demo: true, env: { FERRY_LAB_SCALE: '0.2' } })
  browser = await launchChromium()
  operator = await signIn(browser, ferry, 'operator@contoso.example')
  database = new pg.Pool({ connectionString: ferry.databaseUrl, max: 2 })
})
afterAll(async () => {
  await database?.end()
  await browser?.close()
  await ferry?.stop()
})

/** Opens a dialog by its button, fills in what is given by label, and confirms. */
async function confirm(button: string, fields: Record<string, string>, done: string): Promise<void> {
  await operator.getByRole('button', { name: button }).first().click()
  const dialog = operator.locator('dialog[open]')
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value)
  await dialog.getByRole('button', { name: done }).click()
}

it('a lane is given fewer sessions while it runs, and what stopped by itself is let go on', async () => {
  await operator.goto('/workers')
  const lane = operator
    .getByRole('list', { name: 'Lanes' })
    .getByRole('listitem')
    .filter({ hasText: 'sfb of lab' })
  expect(await lane.textContent()).toContain('of 3 sessions at work')
  await lane.getByRole('button', { name: 'Change…' }).click()
  const dialog = operator.locator('dialog[open]')
  await dialog.getByLabel('Sessions at work, 1 to 3').fill('2')
  await dialog.getByLabel('Reason').fill('Office hours')
  await dialog.getByRole('button', { name: 'Change the lane' }).click()
  await operator.getByText('2 sessions may work at once, before it was 3.').waitFor()
  await operator.goto('/workers')
  expect(await lane.textContent()).toContain('of 2 sessions at work')

  await database.query(
    `INSERT INTO breaker (id, "estateId", scope, "targetId", state, cause, "openedAt", "probeAt")
     VALUES ('brk_seen', 'lab', 'errors', 'TRANSIENT', 'open', '8 failures in a row', now(), now() + interval '1 hour')`,
  )
  await operator.goto('/workers')
  await operator.getByText('Passing fault, on all of lab: nothing new begins').waitFor()
  expect(await violations(operator)).toEqual([])
  await confirm('Let it go on', { Reason: 'The server is back' }, 'Let it go on')
  await expect
    .poll(async () => (await database.query(`SELECT state FROM breaker WHERE id = 'brk_seen'`)).rows)
    .toEqual([{ state: 'closed' }])
})

it('a wave is given a window and a cut-off, and days are barred on its estate', async () => {
  const { rows } = await database.query<{ id: string }>(`SELECT id FROM batch ORDER BY "createdAt" LIMIT 1`)
  await operator.goto(`/batches/${rows[0]?.id}`)
  await operator.locator('main summary.btn', { hasText: 'More' }).first().click()
  await confirm(
    'Change window…',
    { From: '22:00', To: '04:00', 'Time zone': 'Europe/Berlin', Reason: 'Agreed with the help desk' },
    'Set the window',
  )
  await operator.getByText(/may start 22:00 to 04:00 Europe\/Berlin, every day/).waitFor()
  await operator.goto(`/batches/${rows[0]?.id}`)
  await operator.getByText('Starts within 22:00 to 04:00 Europe/Berlin').first().waitFor()
  expect(await violations(operator)).toEqual([])

  await operator.goto('/estates/lab')
  await confirm(
    'Bar days…',
    { 'First day': '2031-12-30', 'Last day': '2031-12-31', Reason: 'Year end' },
    'Bar these days',
  )
  await operator.goto('/estates/lab')
  await operator.getByText('2031-12-30 to 2031-12-31', { exact: true }).waitFor()
  expect(await violations(operator)).toEqual([])
})

it('a cluster of failures has an example and a note, and everybody a filter finds is retried at once', async () => {
  const { rows } = await database.query<{ id: string; batchId: string; displayName: string }>(
    `UPDATE item SET state = 'needs_person', "errorSignature" = 'hms-506', "errorClass" = 'PRECONDITION', "changedAt" = now()
     WHERE id IN (SELECT id FROM item WHERE state IN ('not_started', 'waiting') LIMIT 2) RETURNING id, "batchId", "displayName"`,
  )
  const batchId = rows[0]?.batchId ?? ''
  await operator.goto(`/batches/${batchId}`)
  await operator.getByText('For example').first().waitFor()
  await confirm(
    'Note…',
    { 'Whose it is': 'Directory team', 'What is being done': 'Schema is refreshed' },
    'Write it down',
  )
  await operator.goto(`/batches/${batchId}`)
  await operator.getByText('Directory team looks after it.').waitFor()
  await operator.goto(`/batches/${batchId}?state=needs_person`)
  await confirm(
    `Retry everybody the filter finds, ${rows.length}`,
    { Reason: 'Refreshed' },
    `Retry ${rows.length} people`,
  )
  await expect
    .poll(
      async () =>
        (await database.query(`SELECT count(*)::int AS n FROM item WHERE state = 'needs_person'`)).rows,
    )
    .toEqual([{ n: 0 }])
})
