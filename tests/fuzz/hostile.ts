import { type FuzzKind, legalValue } from './legal'
import type { Random } from './random'

/** What could break a quotation, start a command, be a pattern, an argument, another line, or an unreadable text. */
const quotes = [
  "'",
  '"',
  '`',
  '\u2018',
  '\u2019',
  '\u201a',
  '\u201b',
  '\u201c',
  '\u201d',
  '\u201e',
  '\u201f',
  '\uff02',
  '\uff07',
  '\u00b4',
  '\u2032',
  '\u00ab',
  "''",
  "'''",
  '""',
  '\u2019\u2018',
  "'\u2019",
  '\u0060\u2018',
  '@"',
  "@'",
]
const code = [
  "a'; Stop-Computer; 'b",
  'a\u2019; Stop-Computer; \u2018b',
  'a\u201b;Stop-Computer;\u201ab',
  '"; Stop-Computer; "',
  '\u201d; Stop-Computer; \u201c',
  '$(Stop-Computer)',
  '$($env:PATH)',
  '$env:FERRY_LAB_KEY',
  `$\{x}`,
  '@{}',
  '@{a=1}',
  '@()',
  '@args',
  '& { Stop-Computer }',
  '{ Stop-Computer }',
  '; Stop-Computer',
  '| Stop-Computer',
  '&& Stop-Computer',
  '|| Stop-Computer',
  '> /tmp/x',
  '2>&1',
  '# comment',
  '<# comment',
  '#>',
  '`n',
  '`0',
  '`u{27}',
  '`',
  '[scriptblock]::Create(1)',
  ').Invoke(',
  "') -or ('1'='1",
  "' -or Name -like '*",
  '*)(objectClass=*',
  ')(|(cn=*',
  '%00',
  '\\00',
  '\\2a',
  '{0}',
  '%PATH%',
  '$null',
  '$true',
  '$$',
  '$?',
  '$_',
  'a,b',
  '1..9',
]
const words = [
  '-Force',
  '\u2013Force',
  '\u2014Force',
  '\u2015Force',
  '\u2212Force',
  '--',
  '--%',
  '--% x',
  '-Confirm:$false',
  '-WhatIf',
  '/Force',
  '*',
  '?',
  '[a-z]*',
  '**',
  '* Smith',
  'true',
  'null',
  '0',
  '1e5',
  '0x1F',
  '2026-01-01T00:00:00Z',
  '/Date(1700000000000)/',
  's:x',
  'sip:',
  'sip:sip:x',
  '.',
  '..',
  '../../etc',
  '~',
  'CON',
  'NaN',
  '{"a":1}',
  '',
  ' ',
  '\u00a0',
  '\u3000',
]
const breaks = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\t',
  '\v',
  '\f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\0',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '\u009b',
  '\u001a',
  '\u0004',
]
const unseen = [
  '\u202e',
  '\u202d',
  '\u2066',
  '\u2069',
  '\u200f',
  '\u200e',
  '\u061c',
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\ufffe',
  '\uffff',
  '\ufdd0',
  '\u{e0041}',
  '\u0301',
  '\u0338',
]
const halves = ['\ud800', '\udbff', '\udc00', '\udfff', '\udc00\ud800']
const lookalikes = [
  '\uff40',
  '\uff04',
  '\uff08',
  '\uff1b',
  '\uff5c',
  '\uff06',
  '\uff0d',
  '\uff20',
  '\u037e',
  '\u2024',
  '\u{1f600}',
  '\u{10ffff}',
]

const families = [quotes, quotes, code, code, words, breaks, unseen, halves, lookalikes]

/** A value that nobody means well with; some of them are legal all the same, and have to arrive as they are. */
export function hostileValue(kind: FuzzKind, random: Random): string {
  const fragment = () => random.pick(random.pick(families))
  const legal = legalValue(kind, random)
  const at = random.below(legal.length + 1)
  switch (random.below(8)) {
    case 0:
      return fragment()
    case 1:
      return Array.from({ length: 2 + random.below(5) }, fragment).join('')
    case 2:
      return fragment() + legal
    case 3:
      return legal + fragment()
    case 4:
    case 5:
      return legal.slice(0, at) + fragment() + legal.slice(at)
    case 6:
      return legal.slice(0, at) + fragment() + legal.slice(at) + fragment()
    default:
      return random.chance(0.1) ? long(legal, fragment(), random) : anything(random)
  }
}

/** Up to 64 KB. */
function long(legal: string, fragment: string, random: Random): string {
  const length = random.pick([255, 256, 1024, 4095, 4096, 4097, 65_535, 65_536])
  const piece = random.chance(0.5) ? legal : fragment || "'"
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
}

/** Code units without any plan, of the ranges where trouble lives. */
function anything(random: Random): string {
  const ranges: readonly (readonly [number, number])[] = [
    [0x20, 0x7f],
    [0x20, 0x7f],
    [0x00, 0x20],
    [0x7f, 0x100],
    [0x2010, 0x2070],
    [0xfe00, 0x10000],
    [0xd800, 0xe000],
  ]
  const units = Array.from({ length: 1 + random.below(24) }, () => {
    const [from, to] = random.pick(ranges.slice(0, random.chance(0.2) ? 7 : 2))
    return from + random.below(to - from)
  })
  return String.fromCharCode(...units)
}
