import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { TextReader } from '@/domain/import/encoding'
import { judgeCsv } from '@/domain/import/judge-csv'
import { judge, summary, utf16 } from './judging'

const header = 'SipAddress,UserPrincipalName,DisplayName\r\n'
const adele = 'sip:adele.vance@contoso.example,adele.vance@contoso.example,Adele Vance\r\n'
const code = async (content: string | Uint8Array, options = {}) => {
  const { end } = await judge(content, options)
  return end?.kind === 'refused' ? end.finding.code : end?.kind
}

describe('files that are refused', () => {
  test.each([
    ['an Excel workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0])],
    ['a gzip archive', gzipSync(header + adele)],
    ['noise', Uint8Array.from({ length: 4_096 }, (_, index) => (index * 37 + (index >> 3)) % 251)],
    ['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x53, 0, 0, 0])],
  ])('%s', async (_, bytes) => {
    expect(await code(bytes)).toBe('binary-file')
  })

  test('a header and nobody under it', async () => {
    expect(await code(header)).toBe('header-only')
    expect(await code(header.trim())).toBe('header-only')
    expect(await code(`${header}\r\n\r\n`)).toBe('header-only')
  })

  test('only blank lines, only a type line', async () => {
    expect(await code('\r\n\r\n')).toBe('no-sip-column')
    expect(await code('#TYPE System.Object\r\n')).toBe('no-sip-column')
  })

  test('a missing header line is said to be one', async () => {
    const { end } = await judge(adele)
    expect(end?.kind === 'refused' && end.finding.reason).toContain('the header line is missing')
  })

  test('a column twice', async () => {
    const { end } = await judge('SipAddress,Sip Address\r\na,b\r\n')
    expect(end).toMatchObject({
      finding: {
        code: 'duplicate-column',
        reason: 'The columns “SipAddress” and “Sip Address” both say SipAddress.',
      },
    })
  })

  test('a quotation mark that is never closed names where its row begins', async () => {
    const { end } = await judge(`${header}${adele}sip:b@contoso.example,"b@contoso.example,B\r\n${adele}`)
    expect(end).toMatchObject({
      finding: {
        code: 'quote-never-closed',
        reason: 'Row 2, which begins in line 3, opens a quotation mark that nothing closes.',
      },
    })
    expect(await code(`${header}${adele}"${adele.repeat(20_000)}`)).toBe('row-too-long')
  })

  test('too many rows or bytes: reading stops', async () => {
    expect(await code(header + adele.repeat(11), { limits: { rows: 10 } })).toBe('too-many-rows')
    expect(await code(header + adele.repeat(10), { limits: { rows: 10 } })).toBe('done')
    expect(await code(header + adele.repeat(10), { limits: { bytes: 200 } })).toBe('too-large')

    let asked = 0
    let closed = false
    async function* endless() {
      try {
        yield new TextEncoder().encode(header)
        for (;;) {
          asked++
          yield new TextEncoder().encode(adele.repeat(20_000))
        }
      } finally {
        closed = true
      }
    }
    const kinds = new Set<string>()
    for await (const event of judgeCsv(endless(), { limits: { bytes: 5_000_000 } })) kinds.add(event.kind)
    expect(kinds.has('refused')).toBe(true)
    expect(asked).toBeLessThan(6)
    expect(closed).toBe(true)
  })
})

describe('encodings', () => {
  const text = `${header}sip:zoe@contoso.example,zoe@contoso.example,Zoë 佐藤\r\n`

  test.each([
    ['le', true],
    ['le', false],
    ['be', true],
    ['be', false],
  ] as const)('UTF-16 %s, byte order mark: %s', async (order, mark) => {
    const { rows, end } = await judge(utf16(text, order, mark), { piece: 3 })
    expect(rows[0]?.displayName).toBe('Zoë 佐藤')
    expect(end).toMatchObject({
      encoding: `utf-16${order}`,
      findings: mark ? [] : [{ code: 'utf-16-guessed' }],
    })
  })

  test('Windows-1252 letters beyond Latin-1', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}sip:zoe@contoso.example,zoe@contoso.example,Zo`),
      Buffer.from([0xeb, 0x20, 0x80, 0x92, 0x9a, 0x0d, 0x0a]),
    ])
    const { rows } = await judge(bytes)
    expect(rows[0]?.displayName).toBe('Zoë €’š')
    expect(summary(rows)).toEqual(['flagged guessed-encoding,typographic-quote'])
  })

  test('the first letter outside ASCII comes late: UTF-8 and Windows-1252 are still told apart', async () => {
    const people = Array.from(
      { length: 30_000 },
      (_, n) => `sip:p${n}@contoso.example,p${n}@contoso.example,P\r\n`,
    )
    const start = Buffer.from(header + people.join(''))
    const last = 'sip:zoe@contoso.example,zoe@contoso.example,Zoë\r\n'
    for (const [encoding, end] of [
      ['utf-8', Buffer.from(last)],
      ['windows-1252', Buffer.from(last, 'latin1')],
    ] as const) {
      const judged = await judge(Buffer.concat([start, end]))
      expect(judged.end).toMatchObject({ kind: 'done', encoding })
      expect(judged.rows.at(-1)?.displayName).toBe('Zoë')
    }
  })

  test.each(['utf-8', 'ascii', 'utf-16le', 'utf-16be'] as const)('%s letters cut apart', encoding => {
    const bytes = encoding.startsWith('utf-16')
      ? utf16('Zoë 佐藤', encoding === 'utf-16le' ? 'le' : 'be', false)
      : Buffer.from('Zoë 佐藤')
    const reader = new TextReader({ encoding, skip: 0 })
    let text = ''
    for (const byte of bytes) text += reader.read(Uint8Array.from([byte]))
    expect(text + reader.end()).toBe('Zoë 佐藤')
    expect(reader.unreadable).toBe(false)
  })

  test('characters that were lost before are flagged', async () => {
    const { rows, end } = await judge(`${header}sip:zoe@contoso.example,zoe@contoso.example,Zo\ufffd\r\n`)
    expect(summary(rows)).toEqual(['flagged unreadable-character'])
    expect(end).toMatchObject({ findings: [{ code: 'unreadable-characters' }] })
  })
})

describe('rows and lines', () => {
  test('cells that miss or exceed the header are named with their line', async () => {
    const { rows } = await judge(`${header}${adele}\r\nsip:b@contoso.example\r\n${adele.trim()},more\r\n`)
    expect(summary(rows)).toEqual(['ready', 'refused too-few-cells', 'refused too-many-cells'])
    expect(rows[1]?.findings[0]?.reason).toBe('Line 4 has 1 cell; the header has 3 columns.')
    expect(rows[2]?.line).toBe(5)
  })

  test('rows without content and repeated headers are left out, not dropped; empty lines are counted', async () => {
    const { rows, end } = await judge(`\r\n${header}${adele}\r\n,,\r\n${header}`)
    expect(summary(rows)).toEqual(['ready', 'left_out empty-row', 'left_out repeated-header'])
    expect(end).toMatchObject({
      totals: { rowsRead: 3, left_out: 2 },
      findings: [{ code: 'empty-lines', reason: 'One empty line is passed over.' }],
    })
  })

  test.each(['\n', '\r\n', '\r'])('line ends %j', async end => {
    const { rows } = await judge((header + adele).replaceAll('\r\n', end))
    expect(summary(rows)).toEqual(['ready'])
  })

  test('sep= of Excel, blanks and underscores in header names, any order', async () => {
    const { rows, file } = await judge(
      'sep=;\r\n"display name"; user_principal_name ;SIP-Address;target pool\r\nAdele;adele@contoso.example;sip:adele@contoso.example;Pool01.contoso.example\r\n',
    )
    expect(file?.file.columns.map(({ role }) => role)).toEqual([
      'DisplayName',
      'UserPrincipalName',
      'SipAddress',
      'TargetPool',
    ])
    expect(rows[0]).toMatchObject({ verdict: 'ready', targetPool: 'pool01.contoso.example', line: 3 })
  })

  test('quotation marks inside a cell without any around it are text', async () => {
    const { rows } = await judge(`${header}${adele.replace('Adele Vance', 'Adele "Del" Vance')}`)
    expect(rows[0]?.displayName).toBe('Adele "Del" Vance')
  })

  test('people in an open batch are refused, and the batch is named', async () => {
    const { rows } = await judge(header + adele, {
      known: async identities =>
        new Map(identities.map(one => [one, { batchId: 'b1', batchName: 'West, wave 2' }])),
    })
    expect(rows[0]).toMatchObject({
      verdict: 'refused',
      findings: [
        {
          code: 'already-in-batch',
          reason: 'sip:adele.vance@contoso.example is already in the open batch “West, wave 2”.',
        },
      ],
    })
  })
})
