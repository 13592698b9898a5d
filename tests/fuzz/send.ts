import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shellEnvironmentOf } from '@/workers/powershell/executable'
import { openSession } from '@/workers/powershell/open-session'
import { createScriptStore, scriptHash } from '@/workers/powershell/script-store'
import type { Session } from '@/workers/powershell/session'
import type { Case } from './cases'
import { type JournaledCall, startLab } from './lab-service'
import type { Route } from './routes'

export type Sent = { readonly one: Case; readonly route: Route }
export type Miss = { readonly one: Case; readonly what: string }

/** How many calls one shell makes, and how often the journal is read: small enough to say which call went wrong. */
const callsOfOneShell = 2500
const callsBetweenLooks = 100

/**
 * Sends every call through a session of Ferry's own to the lab, and answers what did not arrive exactly. Exactly means:
 * of each call the journal holds one command, the one that was meant, with the value byte for byte; and nothing else.
 */
export async function sendAll(
  root: string,
  executable: string,
  sent: readonly Sent[],
): Promise<{ version: string; misses: Miss[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-fuzz-'))
  const harnessText = readFileSync(join(root, 'workers', 'powershell', 'harness.ps1'), 'utf8')
  const store = createScriptStore({ directory: folder, harnessText })
  const lab = await startLab(root)
  const misses: Miss[] = []
  let session: Session | null = null
  let version = ''
  try {
    await lab.post('/people', {
      people: [{ userPrincipalName: 'adele.vance@contoso.example', standing: 'born-online' }],
    })
    for (let from = 0; from < sent.length; from += callsBetweenLooks) {
      const part = sent.slice(from, from + callsBetweenLooks)
      for (const { one, route } of part) {
        if (session && (!session.usable || session.calls >= callsOfOneShell)) {
          await session.dispose()
          session = null
        }
        session ??= await openSession({
          executable,
          environment: shellEnvironmentOf('lab', root, { ...process.env, ...lab.environment }),
          harnessPath: await store.harness(),
        })
        version = session.health.version
        const scriptPath = await store.prepare(scriptHash(route.script.text), route.script.text)
        const outcome = await session.run({ scriptPath, values: route.call.values, deadlineMs: 30_000 })
        if (outcome.kind === 'lost')
          misses.push({
            one,
            what: `the shell was lost: ${outcome.loss.message} ${outcome.loss.diagnostics}`,
          })
      }
      misses.push(...compare(part, await lab.calls()))
    }
  } finally {
    await session?.dispose()
    await lab.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { version, misses }
}

/** Lines the journal up with what was sent. A call too many or too few puts all of its part under suspicion. */
function compare(part: readonly Sent[], calls: readonly JournaledCall[]): Miss[] {
  if (calls.length !== part.length) {
    return part.map(({ one }) => ({
      one,
      what: `the journal holds ${calls.length} calls where ${part.length} were sent`,
    }))
  }
  return part.flatMap(({ one, route }, index) => {
    const call = calls[index]
    const what = call ? difference(one, route, call) : 'the journal does not hold the call'
    return what === null ? [] : [{ one, what }]
  })
}

function difference(one: Case, route: Route, call: JournaledCall): string | null {
  if (call.command !== route.command) return `the lab received ${call.command} in place of ${route.command}`
  const received = call.parameters[route.parameter]
  if (typeof received !== 'string') return `-${route.parameter} did not arrive`
  const value = route.read(received)
  if (value === null) return `-${route.parameter} holds more than one value: ${JSON.stringify(received)}`
  if (Buffer.compare(Buffer.from(value, 'utf8'), Buffer.from(one.value, 'utf8')) !== 0)
    return `-${route.parameter} arrived as ${JSON.stringify(value)}`
  return extra(route, call)
}

/** What Ferry's scripts say themselves, beside the values that were given. */
const constants: Record<string, unknown> = {
  Confirm: false,
  ErrorAction: 'Stop',
  ResultSize: '1',
  HostingProviderProxyFqdn: 'sipfed.online.lync.com',
}

function extra(route: Route, call: JournaledCall): string | null {
  for (const [name, value] of Object.entries(call.parameters)) {
    if (name === route.parameter) continue
    const meant = route.call.values[name] ?? constants[name]
    if (meant === undefined || String(meant) !== String(value))
      return `-${name} arrived as ${JSON.stringify(value)}, which nobody gave`
  }
  return null
}
