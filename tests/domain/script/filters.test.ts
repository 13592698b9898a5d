import { describe, expect, it } from 'vitest'
import { ldapEquals, opathEquals } from '@/domain/script/filters'
import { literal } from '@/domain/script/literal'
import { parseFilter } from '@/lab/service/estate/filter'

describe('a comparison of an OPATH filter', () => {
  it.each([
    ["Siobhan O'Brien", "DisplayName -eq 'Siobhan O''Brien'"],
    ["' -or DisplayName -like '", "DisplayName -eq ''' -or DisplayName -like '''"],
    ["''", "DisplayName -eq ''''''"],
    ['$true', "DisplayName -eq '$true'"],
    ['$(Stop-Computer) $env:X `n', "DisplayName -eq '$(Stop-Computer) $env:X `n'"],
    ['"} -or {"', 'DisplayName -eq \'"} -or {"\''],
    ['Müller (HR) \\ R&D', "DisplayName -eq 'Müller (HR) \\ R&D'"],
  ])('of %j holds the value and nothing else', (value, text) => {
    const filter = opathEquals('DisplayName', value)
    expect(filter).toEqual({ ok: true, text })
    const finds = parseFilter(text)
    expect(finds({ DisplayName: value })).toBe(true)
    expect(finds({ DisplayName: `${value}x` })).toBe(false)
    expect(finds({ DisplayName: '' })).toBe(false)
  })

  it('is one literal for PowerShell, where its apostrophes are doubled once more', () => {
    const filter = opathEquals('DisplayName', "O'Brien")
    expect(filter.ok && literal(filter.text)).toEqual({
      ok: true,
      text: "'DisplayName -eq ''O''''Brien'''",
    })
  })

  it.each([
    ['A*', 'wildcard'],
    ['O\u2019Brien', 'typographic-quote'],
    ['\u2018', 'typographic-quote'],
    ['\u201b', 'typographic-quote'],
    ['a\nb', 'control-character'],
    ['a\0b', 'nul'],
    ['a\ud800', 'lone-surrogate'],
  ])('is refused for %j', (value, refusal) => {
    expect(opathEquals('DisplayName', value)).toMatchObject({ ok: false, refusal })
  })

  it('takes no property that is not a name', () => {
    expect(() => opathEquals("DisplayName -eq 'x' -or Name", 'y')).toThrow(RangeError)
    expect(() => ldapEquals('a)(b', 'y')).toThrow(RangeError)
  })
})

describe('a comparison of an LDAP filter', () => {
  it.each([
    ['Adele Vance', '(displayName=Adele Vance)'],
    ["O'Brien", "(displayName=O'Brien)"],
    ['O\u2019Brien', '(displayName=O\\e2\\80\\99Brien)'],
    ['*', '(displayName=\\2a)'],
    ['a)(objectClass=*', '(displayName=a\\29\\28objectClass\\3d\\2a)'],
    ['Vance\\, Adele', '(displayName=Vance\\5c, Adele)'],
    ['(&|!)', '(displayName=\\28\\26\\7c\\21\\29)'],
    [' x ', '(displayName=\\20x\\20)'],
    ['\u{1f680}', '(displayName=\\f0\\9f\\9a\\80)'],
    ['Müller', '(displayName=M\\c3\\bcller)'],
  ])('of %j is %s', (value, text) => {
    expect(ldapEquals('displayName', value)).toEqual({ ok: true, text })
    const bytes = text
      .slice('(displayName='.length, -1)
      .replace(/\\([0-9a-f]{2})|[^\\]/g, (whole, hex: string | undefined) =>
        hex ? `%${hex}` : encodeURIComponent(whole),
      )
    expect(decodeURIComponent(bytes)).toBe(value)
  })

  it.each([
    ['a\0b', 'nul'],
    ['a\nb', 'control-character'],
    ['\udc00', 'lone-surrogate'],
  ])('is refused for %j', (value, refusal) => {
    expect(ldapEquals('displayName', value)).toMatchObject({ ok: false, refusal })
  })
})
