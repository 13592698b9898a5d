import type { Page, Request } from 'playwright-core'
import type { RealInstance } from '../instance'
import { tokenOf } from './sign-in'

/** Ticks one more role for somebody, as an administrator does it on the People screen. */
export async function giveRole(administrator: Page, email: string, role: string): Promise<void> {
  await administrator.goto('/people')
  const row = administrator.getByRole('row').filter({ hasText: email })
  await row.getByRole('button', { name: 'Roles' }).click()
  const dialog = row.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check()
  await dialog.getByRole('button', { name: 'Set these roles' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Sends the approval's own form from the page, past the button that cannot be pressed; answers what went out. */
export async function sendPastTheButton(page: Page): Promise<Request> {
  // Before the page is live, the form would be sent as it is without script.
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor()
  const sent = page.waitForRequest(one => one.method() === 'POST' && 'next-action' in one.headers())
  await page.evaluate(() => {
    const forms = [...document.querySelectorAll('form')]
    forms.find(form => form.querySelector('textarea[name=note]'))?.requestSubmit()
  })
  return sent
}

/** What the server's HTML says that the form sends when there is no script: its hidden fields, by name. */
export async function fieldsWithoutScript(page: Page, path: string): Promise<Record<string, string>> {
  const html = await (await page.request.get(path)).text()
  const form =
    html
      .split('<form')
      .find(part => part.includes('name="note"'))
      ?.split('</form>')[0] ?? ''
  const inputs = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(found => found[0])
  const read = (input: string, name: string) =>
    (new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
  return Object.fromEntries(inputs.map(input => [read(input, 'name'), read(input, 'value')]))
}

/** The very same request once more, with the cookies of whoever the page belongs to. Answers status and text. */
export async function replay(page: Page, url: string, request: Request): Promise<string> {
  const { 'next-action': action = '', 'content-type': type = '' } = request.headers()
  const answer = await page.request.post(url, {
    headers: {
      'next-action': action,
      'content-type': type,
      origin: new URL(url).origin,
      accept: 'text/x-component',
    },
    data: request.postDataBuffer() ?? Buffer.alloc(0),
  })
  return `${answer.status()} ${await answer.text()}`
}

/** What the command line says when somebody approves a wave with it: its refusal, or that it went through. */
export async function approveByCommandLine(
  ferry: RealInstance,
  email: string,
  waveId: string,
): Promise<string> {
  return ferry
    .cli(['approve', '--wave', waveId], tokenOf(ferry, email))
    .catch((error: unknown) => String(error))
}
