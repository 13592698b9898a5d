import { combinedNames, leadingNames, type Name } from './names'

/** A person as POST /people of the lab takes them. */
export type LabPerson = {
  userPrincipalName: string
  sipAddress: string
  displayName: string
  standing: 'born-online' | 'represented' | 'on-premises'
}

const DOMAIN = 'contoso.example'
const DEMO_COUNT = 60
const SAMPLE_COUNT = 40
/** Places in the demo batch of those who were on-premises once and are therefore represented there already. */
const REPRESENTED = [7, 23, 41]

/** The 60 people of the demo batch: born online, three of them already enabled on-premises. */
export function demoPeople(): LabPerson[] {
  const names = [...leadingNames, ...combinedNames(DEMO_COUNT - leadingNames.length)]
  return names.map((name, index) => ({
    ...personOf(name),
    standing: REPRESENTED.includes(index) ? 'represented' : 'born-online',
  }))
}

/** The 40 people of `public/sample-users.csv`: none of them in the demo batch. */
export function sampleUsers(): LabPerson[] {
  const used = DEMO_COUNT - leadingNames.length
  return combinedNames(used + SAMPLE_COUNT)
    .slice(used)
    .map(name => personOf(name))
}

/**
 * The people behind the awkward rows of exported user lists, with which an import is tried out: quotation marks,
 * letters outside ASCII, a user principal name that differs from the SIP address, a formula for a name.
 */
export function awkwardPeople(): LabPerson[] {
  const rows: [local: string, displayName: string, domain?: string, principal?: string][] = [
    ['adele.vance', 'Adele Vance'],
    ["sean.o'brien", "Sean O'Brien"],
    ['miriam.graham', 'Miriam O’Graham'],
    ['zoe.muller', 'Zoë Müller-Lüdenscheid'],
    ['kenji', '佐藤 健二'],
    ['lee.gu', 'Gu, Lee', DOMAIN, 'lgu'],
    ['alex.wilber', 'Alex "Lex" Wilber'],
    ['fab', 'Line\nBreak', 'fabrikam.example'],
    ['formula', '=HYPERLINK("http://x.example","click")'],
    ['nosip', 'No Prefix'],
  ]
  return rows.map(([local, displayName, domain = DOMAIN, principal = local]) => ({
    userPrincipalName: `${principal}@${domain}`,
    sipAddress: `sip:${local}@${domain}`,
    displayName,
    standing: 'born-online',
  }))
}

/** Everybody whom `npm start -- --demo` puts into the lab. */
export function allPeople(): LabPerson[] {
  return [...demoPeople(), ...sampleUsers(), ...awkwardPeople()]
}

function personOf(name: Name): LabPerson {
  const local = name.local ?? `${name.given}.${name.family}`.toLowerCase()
  const userPrincipalName = `${local}@${DOMAIN}`
  return {
    userPrincipalName,
    sipAddress: `sip:${userPrincipalName}`,
    displayName: `${name.given} ${name.family}`,
    standing: 'born-online',
  }
}
