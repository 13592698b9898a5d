import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readPeople } from '../people/csv'
import { type LabAddress, readAddress } from '../service/address'
import type { Line } from '../service/journal/entries'
import { describeLine } from './lines'

const USAGE = `npm run lab -- <command>, against the lab of the running instance (FERRY_DATA_DIR):
  add FILE.csv        adds the people of a CSV: born online, in sync scope, unknown on-premises
  people [TEXT]       lists people and where they stand; with TEXT only those whose name or address holds it
  journal [--since N] [--changes] [--json]
                      lists what was asked and what changed
  witness             says what was doubled: two changes, or a change to somebody who was already there
  scenario FILE.json  puts faults, latencies and limits in force; "scenario none" takes them out
  reset               empties the lab and frees its sessions; the journal goes on`

type Person = Record<string, string | boolean | null>

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2)
  if (command === undefined || command === 'help' || command === '--help') {
    console.log(USAGE)
    return
  }
  const lab = connect()
  switch (command) {
    case 'add':
      return add(lab, rest[0])
    case 'people':
      return listPeople(lab, rest[0]?.toLowerCase() ?? '')
    case 'journal':
      return listJournal(lab, rest)
    case 'witness':
      return listDoubled(lab)
    case 'scenario':
      return setScenario(lab, rest[0])
    case 'reset':
      await lab.send('/reset', {})
      console.log('The lab is empty.')
      return
    default:
      throw new Error(`There is no command "${command}".\n${USAGE}`)
  }
}

/** The lab's address is in the instance's folder, or in FERRY_LAB_URL and FERRY_LAB_KEY. */
function connect(): Connection {
  const { FERRY_LAB_URL: url, FERRY_LAB_KEY: key } = process.env
  if (url && key) return new Connection({ url, key, pid: 0 })
  const directory = process.env.FERRY_LAB_DIR || join(resolve(process.env.FERRY_DATA_DIR || '.ferry'), 'lab')
  const address = readAddress(directory)
  if (address) return new Connection(address)
  throw new Error(`There is no lab in ${directory}. Start Ferry with npm start, or set FERRY_DATA_DIR.`)
}

class Connection {
  constructor(private readonly address: LabAddress) {}

  async send(path: string, body?: unknown): Promise<Response> {
    const init: RequestInit = {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-lab-key': this.address.key },
    }
    if (body !== undefined) init.body = JSON.stringify(body)
    const response = await fetch(`${this.address.url}${path}`, init).catch(() => {
      throw new Error(`The lab does not answer at ${this.address.url}. Start Ferry with npm start.`)
    })
    if (response.ok) return response
    throw new Error(((await response.json()) as { error: string }).error)
  }
}

async function add(lab: Connection, file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('Name a CSV file: npm run lab -- add FILE.csv')
  const { people, leftOut } = readPeople(readFileSync(file))
  const { added, known } = (await (await lab.send('/people', { people })).json()) as {
    added: number
    known: number
  }
  console.log(`${added} people added, ${known} were there already, ${leftOut} rows are nobody.`)
}

async function listPeople(lab: Connection, wanted: string): Promise<void> {
  const { ad, online } = (await (await lab.send('/state')).json()) as { ad: Person[]; online: Person[] }
  const cloud = new Map(online.map(person => [person.userPrincipalName, person.onPremHostingProvider]))
  const shown = ad.filter(person =>
    `${person.displayName} ${person.userPrincipalName}`.toLowerCase().includes(wanted),
  )
  for (const person of shown) {
    const home = person['msRTCSIP-PrimaryHomeServer'] ?? person['msRTCSIP-DeploymentLocator'] ?? 'born online'
    console.log(
      `${person.userPrincipalName}\t${home}\tcloud shows ${cloud.get(person.userPrincipalName) ?? 'nothing'}`,
    )
  }
  console.log(`${shown.length} of ${ad.length} people.`)
}

async function listJournal(lab: Connection, rest: string[]): Promise<void> {
  const at = rest.indexOf('--since')
  const since = at >= 0 ? Number(rest[at + 1]) : 0
  const text = await (await lab.send(`/journal?since=${since}`)).text()
  for (const entry of text.split('\n').filter(line => line !== '')) {
    const line = JSON.parse(entry) as Line
    if (rest.includes('--changes') && line.kind !== 'change') continue
    console.log(rest.includes('--json') ? entry : describeLine(line))
  }
}

async function listDoubled(lab: Connection): Promise<void> {
  const { people, doubled, abandoned } = (await (await lab.send('/witness')).json()) as {
    people: Record<string, unknown>
    doubled: { person: string; command: string; changes: number; alreadyThere: number }[]
    abandoned: unknown[]
  }
  for (const { person, command, changes, alreadyThere } of doubled) {
    console.log(`${person}\t${command}\t${changes} changes, ${alreadyThere} calls when already there`)
  }
  const touched = Object.keys(people).length
  console.log(
    `${touched} people touched, ${doubled.length} doubled, ${abandoned.length} calls cut off with the service.`,
  )
}

async function setScenario(lab: Connection, file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('Name a scenario file: npm run lab -- scenario FILE.json')
  const scenario: unknown = file === 'none' ? {} : JSON.parse(readFileSync(file, 'utf8'))
  const { faults } = (await (await lab.send('/scenario', scenario)).json()) as { faults: unknown[] }
  console.log(`The scenario is in force, with ${faults.length} faults.`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
