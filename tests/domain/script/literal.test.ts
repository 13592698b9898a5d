import { describe, expect, it } from 'vitest'
import { literal, longestLiteral, pathLiteral } from '@/domain/script/literal'

describe('a literal', () => {
  it.each([
    ["O'Brien", "'O''Brien'"],
    ['O\u2019Brien', "'O\u2019\u2019Brien'"],
    ['\u2018\u201a\u201b', "'\u2018\u2018\u201a\u201a\u201b\u201b'"],
    ["x'; Stop-Computer; '", "'x''; Stop-Computer; '''"],
    ['$(Stop-Process) `n "a" $env:X', '\'$(Stop-Process) `n "a" $env:X\''],
    ['-Force', "'-Force'"],
    ['@{a=1}; \u2014x \u201cq\u201d', "'@{a=1}; \u2014x \u201cq\u201d'"],
    ['\u{1f680}', "'\u{1f680}'"],
    ['', "''"],
  ])('of %j is %j', (value, text) => {
    expect(literal(value)).toEqual({ ok: true, text })
  })

  it.each([
    ['a\0b', 'nul'],
    ['a\nb', 'control-character'],
    ['a\rb', 'control-character'],
    ['a\tb', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['a\u2028b', 'line-separator'],
    ['a\ud800b', 'lone-surrogate'],
    ['\udc00', 'lone-surrogate'],
    ['x'.repeat(longestLiteral + 1), 'too-long'],
  ])('is refused for %j', (value, refusal) => {
    expect(literal(value)).toMatchObject({ ok: false, refusal })
  })

  it('of a path is ASCII or nothing', () => {
    expect(pathLiteral("/data/o'neil/a.ps1")).toBe("'/data/o''neil/a.ps1'")
    expect(() => pathLiteral('/data/größe/a.ps1')).toThrow(RangeError)
    expect(() => pathLiteral('/data/a\nb.ps1')).toThrow(RangeError)
  })
})
