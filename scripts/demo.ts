import { randomInt } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '@/domain/people/actor'
import { systemActor } from '@/domain/people/actor'
import type { Role } from '@/domain/people/permissions'
import { awkwardPeople, demoPeople, sampleUsers } from '@/lab/people/people'
import { createBatch } from '@/server/commands/create-batch'
import { createToken } from '@/server/commands/create-token'
import { describeLab, labEstate } from '@/server/commands/describe-lab'
import { importFile } from '@/server/commands/import-file'
import { requestApproval } from '@/server/commands/request-approval'
import { environment } from '@/server/env'
import { db } from '@/server/store/client'
import { recordEvents } from '@/server/store/ledger'
import { preparePerson, storePerson } from '@/server/store/new-person'

const SETTING = 'demo'
const READ_PATIENCE_SECONDS = 90

/**
 * Puts the practice batch in, once: people into the lab, three people into Ferry, 60 users judged, read and waiting for
 * approval. A run that was cut off goes on where it stood; a second one changes nothing.
 */
export async function seedDemo(say: (line: string) => void): Promise<void> {
  await describeLab()
  const done = await db().setting.findUnique({ where: { key: SETTING } })
  if (done) return say('The demo is in already; nothing was changed.')
  await fillLab()
  const { lead, told } = await demoAccounts()
  const waves = await demoBatch(lead)
  say('The lab’s people are read before anything is asked for; this takes some seconds.')
  await untilRead(waves)
  for (const waveId of waves) await requestApproval(lead, { waveId, note: 'Practice batch' })
  await db().setting.create({ data: { key: SETTING, value: { waves } } })
  say('A batch of 60 people waits for approval: a pilot of 5 and two more waves.')
  for (const line of told) say(line)
}

async function fillLab(): Promise<void> {
  const { FERRY_LAB_URL: url, FERRY_LAB_KEY: key } = environment()
  if (!url || !key)
    throw new Error(
      'The lab is not running, so the demo has nobody to move. Start Ferry with npm start -- --demo.',
    )
  const people = [...demoPeople(), ...sampleUsers(), ...awkwardPeople()]
  const response = await fetch(new URL('/people', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lab-key': key },
    body: JSON.stringify({ people }),
  })
  if (!response.ok) throw new Error(`The lab did not take its people: it answered ${response.status}.`)
}

const accounts: { name: string; email: string; roles: Role[]; does: string }[] = [
  {
    name: 'Megan Bowen',
    email: 'lead@contoso.example',
    roles: ['lead', 'administrator'],
    does: 'lead, administrator',
  },
  { name: 'Alex Wilber', email: 'operator@contoso.example', roles: ['operator'], does: 'operator' },
  { name: 'Adele Vance', email: 'auditor@contoso.example', roles: ['auditor'], does: 'auditor' },
]

type PersonActor = Extract<Actor, { kind: 'person' }>

/** Three people with passwords and tokens that are random, printed once and stored only as hashes. */
async function demoAccounts(): Promise<{ lead: PersonActor; told: string[] }> {
  const told = ['Three people can sign in. These passwords and tokens are shown this once:']
  let lead: PersonActor | undefined
  for (const account of accounts) {
    const existing = await db().user.findUnique({ where: { email: account.email } })
    const password = pronounceable()
    const id = existing?.id ?? (await addAccount({ ...account, password }))
    const actor: PersonActor = {
      kind: 'person',
      personId: id,
      name: account.name,
      roles: account.roles,
      via: 'screen',
    }
    if (account.roles.includes('lead')) lead = actor
    if (existing) {
      told.push(`  ${account.email.padEnd(26)} (${account.does}) was there already and keeps its password`)
      continue
    }
    const { token } = await createToken(actor, { name: 'Demo', days: 30 })
    told.push(
      `  ${account.email.padEnd(26)} ${password}  (${account.does})`,
      `    for the command line: FERRY_TOKEN=${token}`,
    )
  }
  if (!lead) throw new Error('The demo has no lead.')
  return { lead, told }
}

async function addAccount(account: {
  name: string
  email: string
  roles: Role[]
  password: string
}): Promise<string> {
  const person = await preparePerson(account)
  await db().$transaction(async tx => {
    await storePerson(tx, person)
    await recordEvents(tx, systemActor, [
      {
        type: 'person.created',
        data: { personId: person.user.id, email: person.user.email, roles: person.user.roles },
      },
    ])
  })
  return person.user.id
}

/** Four groups of four letters and digits without look-alikes: some 77 bits, and easy to type. */
function pronounceable(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}

async function demoBatch(lead: Actor): Promise<string[]> {
  const name = 'Contoso West, back to on-premises'
  const existing = await db().batch.findFirst({
    where: { name, estateId: labEstate.id },
    include: { waves: { orderBy: { position: 'asc' } } },
  })
  if (existing) return existing.waves.map(wave => wave.id)
  const judged = await importFile(lead, {
    estate: labEstate.id,
    runbook: 'sfb-return',
    fileName: 'contoso-west.csv',
    targetPool: 'pool01.contoso.example',
    source: createReadStream('lab/people/demo-batch.csv'),
    again: true,
  })
  const batch = await createBatch(lead, { importId: judged.importId, name, pilotSize: 5, waveSize: 28 })
  return batch.waves.map(wave => wave.id)
}

async function untilRead(waves: readonly string[]): Promise<void> {
  for (let second = 0; second < READ_PATIENCE_SECONDS * 4; second++) {
    const unread = await db().item.count({
      where: { waveId: { in: [...waves] }, state: 'not_started', readAt: null },
    })
    if (unread === 0) return
    await sleep(250)
  }
  throw new Error(
    `Not everybody was read within ${READ_PATIENCE_SECONDS} s. The lane worker’s log says why; start again with --demo to go on.`,
  )
}
