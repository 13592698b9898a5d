import type { ValueKind } from '@/domain/script/values'
import type { Random } from './random'

/**
 * Values that a directory really can hold, made without looking at Ferry's rules: what RFC 4514 allows in distinguished
 * names, what Microsoft 365 and SIP allow in addresses, and names as people have them.
 */
export type FuzzKind = Exclude<ValueKind, 'switch' | 'number' | 'identity'>

const given = [
  'Adele',
  'Megan',
  'Alex',
  'Lee',
  'Zoë',
  'José',
  'Søren',
  'Łukasz',
  'Đorđe',
  'Ümläut',
  'Иван',
  '健二',
  'दीपक',
  'محمد',
  'Jean-Luc',
  'Siobhán',
]
const family = [
  "O'Brien",
  'O’Brien',
  'D‘Arcy',
  'Vance',
  'Bowen',
  'Wilber',
  'Gu',
  'Müller-Lüdenscheid',
  'van der Berg',
  'Smith, John',
  'Ångström',
  '佐藤',
  'Иванов',
  'N’Golo',
  "L'Hôpital",
  'Smith (HR)',
  'R&D',
  'Größe',
]
const words = [
  'Sales',
  'R&D',
  'Größe',
  'Users',
  "Managers' office",
  'Executives – EMEA',
  'Team "A"',
  'C# & .NET',
  'Büro',
  '営業部',
  'a=b',
  '1<2>0',
  'x;y',
  'a+b',
  '50% off',
  'Back\\slash',
  '$5 club',
  'a`b',
  '{braces}',
  'Zoë’s',
  '“Quoted”',
  '~ # ^ |',
]

const domains = [
  'contoso.example',
  'fabrikam.example',
  'emea.contoso.example',
  'sub-1.fabrikam.example',
  'a.b.c.d.contoso.example',
  'münchen.contoso.example',
  '3com.contoso.example',
  'xn--mnchen-3ya.contoso.example',
]
const localParts = [
  'adele',
  'vance',
  'megan',
  'bowen',
  "o'brien",
  'o’brien',
  'o‘neil',
  'müller',
  'zoë',
  'ümläut',
  'ivan',
  'иван',
  '佐藤',
  'x',
  '007',
  'r&d',
  'a_b',
  'c-d',
  'no+tag',
  'e{f}',
  '50%off',
  'a=b',
  '$5',
  'c#',
  'semi!',
  '~x',
  '`tick',
  'p|q',
  'a^b',
  'e/f',
]
const sipExtras = ['(x)', ';y', ',z', '%20', '?'.replace('?', '%3f'), '$a', '&b']
const labels = ['pool01', 'pool-02', 'fe', 'sip', 'a1', 'edge', 'xn--bcher-kva', 'dc3']
const pathParts = ['HostedMigration', 'hostedmigrationService.svc', 'a-b', 'x_y', '~z', '1.0', '%20']

export function legalValue(kind: FuzzKind, random: Random): string {
  switch (kind) {
    case 'upn':
      return address(random, localParts)
    case 'sip-uri':
      return `sip:${address(random, random.chance(0.3) ? [...localParts, ...sipExtras] : localParts)}`
    case 'fqdn':
      return `${random.some(labels, 1, 3, '.')}.${random.pick(['contoso.example', 'fabrikam.example', 'online.lync.com'])}`
    case 'dn':
      return distinguishedName(random)
    case 'guid':
      return guid(random)
    case 'https-url':
      return `https://${random.some(labels, 1, 2, '.')}.contoso.example${random.chance(0.3) ? ':8443' : ''}/${random.some(pathParts, 0, 3, '/')}`
    case 'text':
      return name(random)
    default:
      return kind satisfies never
  }
}

function address(random: Random, parts: readonly string[]): string {
  const user = [...random.some(parts, 1, 3, random.pick(['.', '-', '_', '+', '']))].slice(0, 64).join('')
  return `${user}@${random.pick(domains)}`
}

function guid(random: Random): string {
  const text = '8-4-4-4-12'.replace(/\d+/g, count =>
    random.some([...'0123456789abcdef'], Number(count), Number(count)),
  )
  return random.chance(0.3) ? text.toUpperCase() : text
}

/** A name as a display name holds it; some carry marks of direction, as right-to-left names do, or an emoji. */
function name(random: Random): string {
  const plain = random.pick([
    () => `${random.pick(given)} ${random.pick(family)}`,
    () => `${random.pick(family)}, ${random.pick(given)} (${random.pick(words)})`,
    () => random.some(words, 1, 3, ' '),
    () => `${random.pick(given)} \u{1f6e1}\ufe0f ${random.pick(words)}`,
    () => `\u200f${random.pick(given)}\u200e ${random.pick(family)}`,
  ])()
  // Cut between two characters: half of one is no legal text.
  return random.chance(0.02)
    ? plain
        .repeat(12)
        .slice(0, 250)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trim()
    : plain
}

function distinguishedName(random: Random): string {
  const first = `CN=${escaped(`${random.pick(given)} ${random.pick(family)}`, random)}`
  const second = random.chance(0.1) ? `+UID=${random.below(1000)}` : ''
  const deleted = random.chance(0.05) ? `\\0ACNF:${guid(random)}` : ''
  const units = Array.from({ length: random.below(4) }, () => `OU=${escaped(random.pick(words), random)}`)
  const odd = random.chance(0.05) ? ['2.5.4.11=Unit'] : []
  return [first + second + deleted, ...units, ...odd, 'DC=contoso', 'DC=example'].join(',')
}

/** A value in a distinguished name after RFC 4514, written the one way or the other that it allows. */
function escaped(value: string, random: Random): string {
  const special = value.replace(/[,+"\\<>;=]/g, found => {
    if (found === '=' && random.chance(0.5)) return found
    return random.chance(0.8)
      ? `\\${found}`
      : `\\${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
  return special.replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ')
}
