import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readinessWords } from '@/domain/wording/readiness-words'

const script = readFileSync(join('runbooks', 'sfb-return', 'steps', 'readiness.probe.ps1'), 'utf8')
const codesAfter = (list: string) =>
  [...script.matchAll(new RegExp(`\\$${list} \\+= ["']([a-z-]+):`, 'g'))].map(match => match[1] ?? '')

describe('readiness codes in words', () => {
  it('knows every code that the readiness script puts out, and which of them block', () => {
    const blocking = [...new Set(codesAfter('blocking'))]
    const noted = [...new Set(codesAfter('noted'))]
    expect(blocking.length).toBeGreaterThan(5)
    expect(noted.length).toBeGreaterThan(2)
    for (const code of blocking) expect([code, readinessWords(code).blocks]).toEqual([code, true])
    for (const code of noted) expect([code, readinessWords(code).blocks]).toEqual([code, false])
    for (const code of [...blocking, ...noted]) expect(readinessWords(code).short).not.toBe(code)
  })

  it('keeps the name of a code that it does not know, as something to look at', () => {
    expect(readinessWords('brand-new')).toMatchObject({ short: 'brand-new', blocks: true })
  })
})
