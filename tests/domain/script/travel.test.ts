import { describe, expect, it } from 'vitest'
import { encodeValues, travelLine } from '@/domain/script/travel'

const decode = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString('utf8'))

describe('what travels', () => {
  it('is one line of ASCII with no value in it as code', () => {
    const line = travelLine({
      harnessPath: '/data/scripts/h.ps1',
      scriptPath: '/data/scripts/s.ps1',
      values: { Identity: "zoë.o\u2019brien'; Stop-Computer; '@contoso.example", Loud: true, Count: 3 },
      frame: 'f'.repeat(24),
    })
    expect(line).toMatch(/^[\x20-\x7e]+$/)
    expect(line).not.toContain('Stop-Computer')
    const values = /-Values '([A-Za-z0-9+/=]*)'/.exec(line)?.[1] ?? ''
    expect(decode(values)).toEqual({
      Identity: "s:zoë.o\u2019brien'; Stop-Computer; '@contoso.example",
      Loud: true,
      Count: 3,
    })
  })

  it('keeps long texts of every script whole', () => {
    const text = '\u{1f680}ü\u2019'.repeat(900)
    expect(decode(encodeValues({ Text: text }))).toEqual({ Text: `s:${text}` })
  })

  it.each([
    [{ 'Identity; Stop-Computer': 'x' }],
    [{ '': 'x' }],
    [{ Identity: 'a\ud800' }],
    [{ Identity: 'a\0' }],
    [{ Count: 1.5 }],
    [{ Count: Number.NaN }],
  ])('is refused for %j', values => {
    expect(() => encodeValues(values)).toThrow(RangeError)
  })

  it('takes no frame that could be guessed or could be code', () => {
    const call = { harnessPath: '/h', scriptPath: '/s', values: {} }
    expect(() => travelLine({ ...call, frame: 'short' })).toThrow(RangeError)
    expect(() => travelLine({ ...call, frame: "x'; Stop-Computer; '" })).toThrow(RangeError)
  })
})
