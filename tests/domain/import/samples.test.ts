import { describe, expect, test } from 'vitest'
import { judge, sample, summary } from './judging'

/** What the sixteen people come to, row by row. */
const expected = [
  'ready',
  'ready',
  'ready typographic-quote',
  'ready',
  'ready',
  'flagged upn-differs',
  'left_out deleted-account',
  'ready',
  'refused duplicate-address',
  'flagged line-break',
  'flagged formula',
  'refused wildcard,wildcard',
  'refused blank-in-address,blanks-around,blanks-around-name',
  'flagged no-sip-prefix',
  'refused not-an-address,not-an-address',
  'refused no-sip-address',
]

const unchanged = [
  ['ps7-default', 'utf-8', ','],
  ['as-needed-quotes', 'utf-8', ','],
  ['utf8-bom', 'utf-8-bom', ','],
  ['utf16-be', 'utf-16be', ','],
  ['ps5-style-type-line-utf16', 'utf-16le', ','],
  ['semicolon', 'utf-8', ';'],
  ['tab', 'utf-8', '\t'],
] as const

describe('the sixteen people, in every dress that Export-Csv gives them', () => {
  test.each(unchanged)('%s', async (name, encoding, delimiter) => {
    for (const piece of [1, 7, 65_536]) {
      const { rows, file, end } = await judge(sample(name), { piece })
      expect(summary(rows)).toEqual(expected)
      expect(file?.file).toMatchObject({ encoding, delimiter })
      expect(end).toMatchObject({
        kind: 'done',
        totals: { rowsRead: 16, ready: 6, flagged: 4, refused: 5, left_out: 1 },
      })
      expect(rows[3]?.displayName).toBe('Zoë Müller-Lüdenscheid')
      expect(rows[4]?.displayName).toBe('佐藤 健二')
      expect(rows[9]?.displayName).toBe('Line\r\nBreak')
    }
  })

  test('the type line is noticed, and lines are counted as the file has them', async () => {
    const { rows, end } = await judge(sample('ps5-style-type-line-utf16'))
    expect(rows.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19])
    expect(end).toMatchObject({ findings: [{ code: 'pool-is-evidence' }, { code: 'type-line' }] })
  })

  test('a duplicate names the earlier row and says that the names differ', async () => {
    const { rows } = await judge(sample('ps7-default'))
    expect(rows[8]?.findings[0]).toEqual({
      row: 9,
      column: 'SipAddress',
      value: 'sip:alex.wilber@contoso.example',
      code: 'duplicate-address',
      severity: 'refused',
      reason:
        'Row 8 (line 9) has the same address and another name: “Alex "Lex" Wilber” there, “Alex Wilber (old)” here.',
      remedy: 'Keep the row that is right. To use this one instead, change or leave out the earlier row.',
    })
  })

  test('a user principal name that differs is shown beside the SIP address, and not corrected', async () => {
    const { rows } = await judge(sample('ps7-default'))
    expect(rows[5]).toMatchObject({ upn: 'lgu@contoso.example', sipAddress: 'sip:lee.gu@contoso.example' })
    expect(rows[5]?.findings[0]?.reason).toBe(
      'The user principal name is lgu@contoso.example, the SIP address is sip:lee.gu@contoso.example.',
    )
  })

  test('RegistrarPool is evidence and never a target', async () => {
    const { rows } = await judge(sample('ps7-default'))
    expect(rows[0]).toMatchObject({ registrarPool: 'sippooldb41e04.infra.lync.example', targetPool: null })
  })

  test('Windows-1252: read, shown and flagged where it mattered', async () => {
    const { rows, end } = await judge(sample('latin1'))
    const changed = expected
      .with(2, 'ready')
      .with(3, 'flagged guessed-encoding')
      .with(4, 'flagged lost-letters')
    expect(summary(rows)).toEqual(changed)
    expect(rows[3]?.displayName).toBe('Zoë Müller-Lüdenscheid')
    expect(end).toMatchObject({
      totals: { rowsRead: 16, ready: 4, flagged: 6, refused: 5, left_out: 1 },
      findings: [{ code: 'windows-1252' }, { code: 'ascii-lost-letters' }, { code: 'pool-is-evidence' }],
    })
  })

  test('letters that ASCII lost are noticed', async () => {
    const { rows, end } = await judge(sample('ascii-lost-letters'))
    const lost = 'flagged lost-letters'
    expect(summary(rows)).toEqual(expected.with(2, lost).with(3, lost).with(4, lost))
    expect(end).toMatchObject({ findings: [{ code: 'ascii-lost-letters' }, { code: 'pool-is-evidence' }] })
  })

  test('without a UserPrincipalName column the assumption is said once, for the file', async () => {
    const { rows, end } = await judge(sample('article-columns-only'))
    const changed = expected
      .with(5, 'ready')
      .with(11, 'refused wildcard')
      .with(12, 'refused blank-in-address,blanks-around-name')
      .with(14, 'refused not-an-address')
    expect(summary(rows)).toEqual(changed)
    expect(rows[0]?.upn).toBe('adele.vance@contoso.example')
    expect(end).toMatchObject({ findings: [{ code: 'upn-assumed', severity: 'flagged' }] })
  })

  test('header names in any letter case; further columns are listed and kept', async () => {
    const { rows, file, end } = await judge(sample('header-case-extra-column'))
    expect(summary(rows)).toEqual(['ready', 'ready', 'ready typographic-quote', 'ready'])
    expect(file?.file.columns).toEqual([
      { name: 'sipaddress', role: 'SipAddress' },
      { name: 'DISPLAYNAME', role: 'DisplayName' },
      { name: 'Extra Column', role: null },
    ])
    expect(rows[0]?.cells).toEqual(['sip:adele.vance@contoso.example', 'Adele Vance', 'x'])
    expect(end).toMatchObject({ findings: [{ code: 'upn-assumed' }, { reason: 'Not used: Extra Column.' }] })
  })

  test('without a SipAddress column the file is refused, and the columns found are named', async () => {
    const { rows, end } = await judge(sample('no-sip-column'))
    expect(rows).toEqual([])
    expect(end).toMatchObject({ kind: 'refused', finding: { code: 'no-sip-column' } })
    expect(end?.kind === 'refused' && end.finding.reason).toContain(
      'The columns found are: Mail, DisplayName.',
    )
  })

  test('0 bytes are refused', async () => {
    const { end } = await judge(sample('header-never-written'))
    expect(end).toMatchObject({
      kind: 'refused',
      finding: { code: 'empty-file', reason: 'The file has 0 bytes.' },
    })
  })
})
