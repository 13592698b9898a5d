import { createEstate } from '@/server/commands/create-estate'
import { createToken } from '@/server/commands/create-token'
import { closeDatabase, db } from '@/server/store/client'
import { preparePerson, storePerson } from '@/server/store/new-person'

/**
 * Run as a program of its own (DATABASE_URL, and the executable as its argument): describes a lab estate that names this
 * PowerShell, with a lead and an operator, and prints their tokens as JSON.
 */
const executable = process.argv[2] ?? ''

async function account(name: string, email: string, roles: ('lead' | 'administrator' | 'operator')[]) {
  const person = await preparePerson({ name, email, roles })
  await db().$transaction(tx => storePerson(tx, person))
  const actor = { kind: 'person', personId: person.user.id, name, roles, via: 'screen' } as const
  return { actor, token: (await createToken(actor, { name: 'Batch', days: 1 })).token }
}

const lead = await account('Megan Bowen', 'lead@contoso.example', ['lead', 'administrator'])
const operator = await account('Alex Wilber', 'operator@contoso.example', ['operator'])
await createEstate(lead.actor, {
  name: 'shell',
  kind: 'lab',
  zone: 'UTC',
  pools: ['pool01.contoso.example'],
  sipDomains: ['contoso.example'],
  hostingProviderProxy: 'sipfed.online.lync.com',
  domainController: '',
  executable,
  sfbCredential: 'sfb-admin',
  sfbSessions: 2,
  sfbSignIn: process.argv[3] ?? 'none',
  syncCredential: 'sync-operator',
  syncSessions: 1,
})
await closeDatabase()
process.stdout.write(JSON.stringify({ lead: lead.token, operator: operator.token }))
