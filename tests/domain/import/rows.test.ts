import { describe, expect, test } from 'vitest'
import { fileCodes, rowCodes } from '@/domain/import/catalogue'
import { judgeRow } from '@/domain/import/row'
import { severities } from '@/domain/import/verdicts'
import { judge, judgeOne, summary } from './judging'

const codes = async (cells: Parameters<typeof judgeOne>[0]) => summary([await judgeOne(cells)])[0]

describe('addresses that are legal enter', () => {
  test.each([
    "sip:sean.o'brien@contoso.example",
    'sip:r&d@contoso.example',
    'sip:a+b@contoso.example',
    'sip:under_score-dash@sub.contoso.example',
    'sip:a!b#c^d~e@contoso.example',
    'sip:x@xn--mller-kva.example',
    'sip:1@contoso.example',
    `sip:${'y'.repeat(64)}@contoso.example`,
  ])('%s', async sip => {
    const row = await judgeOne({ sip })
    expect(row).toMatchObject({
      verdict: 'ready',
      sipAddress: sip,
      upn: sip.slice(4),
      identity: sip.slice(4),
    })
  })

  test.each([
    "Sean O'Brien",
    'Zoë',
    '佐藤 健二',
    'Жанна',
    'يوسف',
    'Alex "Lex" Wilber',
    '-'.padStart(2, 'A'),
    '👩‍💻 Dev',
  ])('display name %s', async name => {
    expect(await codes({ sip: 'sip:a@contoso.example', name })).toBe('ready')
  })
})

describe('addresses that are refused before anything is made of them', () => {
  test.each([
    ['sip:*@contoso.example', 'wildcard'],
    ['sip:a?b@contoso.example', 'wildcard'],
    ['sip:[ab]c@contoso.example', 'wildcard'],
    ['*', 'wildcard'],
    ['sip:a b@contoso.example', 'blank-in-address'],
    ['sip:a\u00a0b@contoso.example', 'blank-in-address'],
    ['sip:a@contoso.example\r\nsip:b@contoso.example', 'blank-in-address'],
    ['sip:a\u0000b@contoso.example', 'control-character'],
    ['sip:a\u001bb@contoso.example', 'control-character'],
    ['sip:a\u202eb@contoso.example', 'bidi-override'],
    ['sip:a\u200bb@contoso.example', 'not-allowed-character'],
    ['sip:a\u2019b@contoso.example', 'not-allowed-character'],
    ['sip:a`b@contoso.example', 'not-allowed-character'],
    ['sip:a"b@contoso.example', 'not-allowed-character'],
    ['sip:{a}@contoso.example', 'not-allowed-character'],
    ['sip:müller@contoso.example', 'not-allowed-character'],
    ['sip:a@müller.example', 'not-allowed-character'],
    ['sip:a%zz@contoso.example', 'not-allowed-character'],
    ['sip:a\uff20contoso.example', 'not-an-address'],
    ['sip:a@contoso.example;transport=tls', 'not-allowed-character'],
    ['sip:a@b@contoso.example', 'not-an-address'],
    ['sip:@contoso.example', 'not-an-address'],
    ['sip:a@', 'not-an-address'],
    ['sip:a@-contoso.example', 'not-an-address'],
    ['sip:a@contoso..example', 'not-an-address'],
    ['sips:a@contoso.example', 'not-an-address'],
    ['smtp:a@contoso.example', 'not-an-address'],
    ['-Force', 'not-an-address'],
    ['@{}', 'not-an-address'],
    [`sip:${'a'.repeat(65)}@contoso.example`, 'too-long'],
    [`sip:${'a'.repeat(65_536)}`, 'not-an-address'],
    [`sip:a@${'b'.repeat(65_536)}`, 'too-long'],
    ["a'; Stop-Computer; 'b", 'blank-in-address'],
    ['$(Stop-Computer)@contoso.example', null],
  ])('%j', async (sip, code) => {
    const row = await judgeOne({ sip, upn: 'a@contoso.example' })
    if (code === null) {
      // Legal characters of a SIP user part, and only data: it enters as what it is, after a person has seen it.
      expect(row.verdict).toBe('flagged')
      expect(row.sipAddress).toBe(`sip:${sip}`)
      return
    }
    expect(row.findings[0]).toMatchObject({ code, column: 'SipAddress', severity: 'refused' })
    expect(row).toMatchObject({ verdict: 'refused', sipAddress: null, identity: null })
  })

  test('what looks like an apostrophe is called by its name', async () => {
    const row = await judgeOne({ sip: 'sip:o\u2019brien@contoso.example', upn: "o'brien@contoso.example" })
    expect(row.findings[0]?.reason).toBe(
      'It holds U+2019 RIGHT SINGLE QUOTATION MARK, which no such address can have.',
    )
  })

  test('half a character, as it can come by paste, is refused', () => {
    const context = { columns: [{ name: 'SipAddress', role: 'SipAddress' as const }], guessedEncoding: false }
    const row = judgeRow({ row: 1, line: 2, cells: ['sip:a\ud800@contoso.example'] }, context)
    expect(row).toMatchObject({ verdict: 'refused', cells: ['sip:a\ufffd@contoso.example'] })
    expect(row.findings[0]).toMatchObject({ code: 'lone-surrogate', value: 'sip:a\ufffd@contoso.example' })
  })

  test('what PostgreSQL cannot store is shown in its place', async () => {
    const row = await judgeOne({ sip: 'sip:a@contoso.example', name: 'A\u0000B' })
    expect(row).toMatchObject({ verdict: 'refused', displayName: 'A\u2400B' })
    expect(JSON.stringify(row)).not.toContain('\\u0000')
  })
})

describe('what a person has to see', () => {
  test.each([
    [{ sip: 'a@contoso.example' }, 'flagged no-sip-prefix'],
    [{ sip: 'SIP:a@contoso.example', upn: 'A@contoso.example' }, 'ready prefix-case'],
    [{ sip: ' sip:a@contoso.example ', upn: 'a@contoso.example' }, 'flagged blanks-around'],
    [{ sip: 'sip:a@contoso.example', upn: ' a@contoso.example' }, 'flagged blanks-around'],
    [{ sip: 'sip:a@contoso.example', upn: 'b@contoso.example' }, 'flagged upn-differs'],
    [{ sip: 'sip:a@contoso.example', upn: '' }, 'flagged no-upn'],
    [{ sip: 'sip:a@contoso.example', upn: 'CONTOSO\\a' }, 'refused not-an-address'],
    [{ sip: 'sip:a@contoso.example', upn: '*' }, 'refused wildcard'],
    [{ sip: 'sip:a..b@contoso.example' }, 'flagged unusual-dots,unusual-dots'],
    [{ sip: 'sip:a@contoso' }, 'flagged single-label-domain,single-label-domain'],
    [{ sip: 'sip:4d5c0bd17c9e4a359a0b0f6fb0d7f3a1@contoso.example' }, 'left_out deleted-account'],
    [{ sip: '{4D5C0BD1-7C9E-4A35-9A0B-0F6FB0D7F3A1}', upn: '*' }, 'left_out deleted-account'],
    [
      { sip: 'sip:a@contoso.example', upn: '4d5c0bd17c9e4a359a0b0f6fb0d7f3a1a@contoso.example' },
      'flagged looks-deleted,upn-differs',
    ],
    [{ sip: 'sip:a@contoso.example', name: '' }, 'ready no-display-name'],
    [{ sip: 'sip:a@contoso.example', name: '+49 30 1234' }, 'flagged formula'],
    [{ sip: 'sip:a@contoso.example', name: '@SUM(1+1)' }, 'flagged formula'],
    [{ sip: 'sip:a@contoso.example', name: 'A\tB' }, 'flagged line-break'],
    [{ sip: 'sip:a@contoso.example', name: 'A\u200bB' }, 'flagged invisible-character'],
    [{ sip: 'sip:a@contoso.example', name: 'A\u202eB' }, 'refused bidi-override'],
    [{ sip: 'sip:a@contoso.example', name: 'A\u0007B' }, 'refused control-character'],
    [{ sip: 'sip:a@contoso.example', name: 'A'.repeat(257) }, 'refused too-long'],
    [{ sip: 'sip:a@contoso.example', pool: 'pool01.contoso.example' }, 'ready'],
    [{ sip: 'sip:a@contoso.example', pool: 'pool01' }, 'refused target-pool-not-fqdn'],
    [{ sip: 'sip:a@contoso.example', pool: '10.0.0.1' }, 'refused target-pool-not-fqdn'],
    [{ sip: 'sip:a@contoso.example', pool: '*.contoso.example' }, 'refused target-pool-not-fqdn'],
    [{ sip: 'sip:a@contoso.example', pool: ' pool01.contoso.example' }, 'flagged blanks-around'],
  ])('%j', async (cells, expected) => {
    expect(await codes(cells)).toBe(expected)
  })
})

describe('two rows of one person', () => {
  const file = (...rows: string[]) => judge(`SipAddress,UserPrincipalName,DisplayName\n${rows.join('\n')}\n`)

  test('the first that can enter keeps the address', async () => {
    const { rows } = await file(
      'sip:a@contoso.example,a@contoso.example,A',
      'sip:A@Contoso.example,a@contoso.example,A',
      'sip:a@contoso.example,a@contoso.example,A',
    )
    expect(summary(rows)).toEqual(['ready', 'refused duplicate-address', 'refused duplicate-address'])
    expect(rows.slice(1).map(row => row.findings[0]?.reason)).toEqual([
      'Row 1 (line 2) has the same address.',
      'Row 1 (line 2) has the same address.',
    ])
  })

  test('a refused row claims nothing, but the next one with its address is looked at', async () => {
    const { rows } = await file('sip:a@contoso.example,*,A', 'sip:a@contoso.example,a@contoso.example,A')
    expect(summary(rows)).toEqual(['refused wildcard', 'flagged earlier-row-refused'])
  })

  test('one user principal name cannot have two SIP addresses', async () => {
    const { rows } = await file(
      'sip:a@contoso.example,x@contoso.example,A',
      'sip:b@contoso.example,X@contoso.example,B',
      'sip:x@contoso.example,x@contoso.example,X',
      'sip:c@contoso.example,c@contoso.example,C',
      'sip:d@contoso.example,c@contoso.example,D',
    )
    expect(summary(rows)).toEqual([
      'flagged upn-differs',
      'refused upn-differs,duplicate-upn',
      'refused duplicate-upn',
      'ready',
      'refused upn-differs,duplicate-upn',
    ])
  })
})

describe('rows read = ready + flagged + refused + left out', () => {
  /** A small generator of its own (mulberry32), so that a failing seed can be run again. */
  function random(seed: number): () => number {
    let a = seed
    return () => {
      a = (a + 0x6d2b79f5) | 0
      let t = Math.imul(a ^ (a >>> 15), 1 | a)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
  }
  const bits = [
    'sip:', 'a', 'B', '@', 'contoso.example', '.', '*', ' ', '"', '""', ',', ';', '\t', '\r\n', '\n', '\r', '?', "'",
    '\u2019', '\u202e', '\u0000', '=', '-', 'é', '佐', '👩', '4d5c0bd1-7c9e-4a35-9a0b-0f6fb0d7f3a1', '#TYPE x', 'sep=;',
    'SipAddress',
  ] // biome-ignore format: one line says it

  test('for any bytes, in any pieces', async () => {
    for (let seed = 1; seed <= 600; seed++) {
      const next = random(seed)
      let body = ''
      for (let n = Math.floor(next() * 60); n > 0; n--) body += bits[Math.floor(next() * bits.length)]
      const text = `SipAddress,UserPrincipalName,DisplayName\r\n${body}`
      const bytes = seed % 5 === 0 ? Buffer.from(text, 'latin1') : Buffer.from(text)
      const whole = await judge(bytes)
      const pieces = await judge(bytes, { piece: 1 + (seed % 9) })
      expect(pieces, `seed ${seed}`).toEqual(whole)
      if (whole.end?.kind !== 'done') continue
      const { rowsRead, ready, flagged, refused, left_out } = whole.end.totals
      expect(rowsRead, `seed ${seed}`).toBe(whole.rows.length)
      expect(ready + flagged + refused + left_out, `seed ${seed}`).toBe(rowsRead)
      expect(whole.rows.map(({ row }) => row)).toEqual(whole.rows.map((_, index) => index + 1))
      for (const row of whole.rows) {
        const entering = row.verdict === 'ready' || row.verdict === 'flagged'
        if (entering) expect(row.sipAddress, `seed ${seed}`).toMatch(/^sip:[^\s*?[\]@]+@[A-Za-z0-9.-]+$/)
        if (!entering) expect(row.findings.length).toBeGreaterThan(0)
        if (row.verdict === 'flagged')
          expect(row.findings.some(({ severity }) => severity === 'flagged')).toBe(true)
      }
    }
  })
})

test('every code says what to do next, in plain words', () => {
  for (const { severity, title, remedy } of [...Object.values(rowCodes), ...Object.values(fileCodes)]) {
    expect(severities).toContain(severity)
    expect(title).not.toBe('')
    expect(remedy).toMatch(/\.$|Encoding UTF8$/)
    expect(`${title} ${remedy}`).not.toMatch(/please|successfully|!|excluded/i)
  }
})
