import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { csvText, defused, StatedTable } from '@/domain/export/csv'
import { factLines } from '@/domain/export/facts'
import { ranScript } from '@/domain/export/ran-script'

describe('cells that a spreadsheet would run', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\ttext',
    '\uff1d1',
    '\u00a0-1',
  ])('defuses %j', cell => {
    expect(defused(cell)).toBe(`'${cell}`)
    expect(parse(csvText([['x', cell]]))).toEqual([['x', `'${cell}`]])
  })

  test.each([
    '',
    'Adele',
    "O'Brien",
    'a=b',
    'a@b',
    'sip:a@contoso.example',
    '佐藤',
    '"quoted", with comma',
    'two\r\nlines',
    ' blank',
  ])('leaves %j as it is', cell => {
    expect(parse(csvText([['x', cell]]))).toEqual([['x', cell]])
  })
})

test('a table that states what it is stays rectangular', () => {
  const table = new StatedTable(['A', 'B'])
  const text =
    table.header() +
    table.about(['Filter: none']) +
    table.lines('row', [{ A: 'a', B: null }, { B: 2 }]) +
    table.lines('row', []) +
    table.totals(['Rows: 2'])
  expect(text.startsWith('\ufeffRecord,Statement,A,B\r\n')).toBe(true)
  expect(parse(text, { bom: true })).toEqual([
    ['Record', 'Statement', 'A', 'B'],
    ['about', 'Filter: none', '', ''],
    ['row', '', 'a', ''],
    ['row', '', '', '2'],
    ['total', 'Rows: 2', '', ''],
  ])
})

test('what ran is the readable script, with its values as literals', () => {
  const text = 'param($Identity, [switch] $Quick, $Tries)\nMove-CsUser -Identity $Identity\n'
  const script = { name: 'move.apply', text }
  const values = { Identity: "sean.o'brien\u2019s@contoso.example", Quick: true, Tries: 2 }
  expect(ranScript(script, values)).toMatch(/^# move\.apply\.ps1\nif \(.*LanguageMode/)
  expect(ranScript(script, values)).toContain(
    "\n$Identity = 'sean.o''brien\u2019\u2019s@contoso.example'\n$Quick = $true\n$Tries = 2\nMove-CsUser -Identity $Identity",
  )
  expect(ranScript(script, { ...values, Identity: 'a\nb' })).toBe(
    `# move.apply.ps1\n# Identity: It holds a control character (a tab, a line break or the like).\n${text.trimEnd()}`,
  )
})

test('facts stand in order, one a line', () => {
  expect(factLines({ SipAddress: 'sip:a', Enabled: true, Codes: ['x'] })).toBe(
    'Codes = ["x"]\nEnabled = true\nSipAddress = sip:a',
  )
  expect(factLines(null)).toBe('')
})
