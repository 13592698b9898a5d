import { describe, expect, it } from 'vitest'
import { makeStepCall } from '@/domain/script/step-call'
import { valueRulesOf } from '@/runbooks/definition'

const script = {
  name: 'move.apply',
  text: 'param($Identity, $Target)\nMove-CsUser -Identity $Identity -Target $Target\n',
}
const place = { harnessPath: '/d/h.ps1', scriptPath: '/d/s.ps1', frame: 'f'.repeat(16) }

describe('one step for one person', () => {
  it('is a readable script and a line that travels, of the same values', () => {
    const values = { Identity: 'sean.o\u2019brien@contoso.example', Target: 'pool01.contoso.example' }
    const made = makeStepCall(script, valueRulesOf(values), values)
    if (!made.ok) throw new Error('refused')
    expect(made.call.readable).toContain(
      "\n$Identity = 'sean.o\u2019\u2019brien@contoso.example'\n$Target = 'pool01.contoso.example'\nMove-CsUser -Identity $Identity -Target $Target\n",
    )
    expect(made.call.needsByteOrderMark).toBe(true)
    const line = made.call.travel(place)
    const sent = /-Values '([^']*)'/.exec(line)?.[1] ?? ''
    expect(JSON.parse(Buffer.from(sent, 'base64').toString())).toEqual({
      Identity: `s:${values.Identity}`,
      Target: `s:${values.Target}`,
    })
  })

  it.each([
    ['*', 'wildcard'],
    ["a'; Stop-Computer; 'b", 'not-an-identity'],
    ['-Force', 'not-an-identity'],
    ['Adele Vance', 'not-an-identity'],
    ['a\u202eb@contoso.example', 'direction-override'],
    ['a\u200fb@contoso.example', 'unseen-character'],
  ])('is not made at all of %j', (Identity, code) => {
    const values = { Identity, Target: 'pool01.contoso.example' }
    expect(makeStepCall(script, valueRulesOf(values), values)).toMatchObject({
      ok: false,
      problems: [{ name: 'Identity', code }],
    })
  })

  it.each([
    'adele.vance@contoso.example',
    'sip:adele.vance+pilot@contoso.example',
    'siobhan.o\u2019brien@contoso.example',
    'jürgen.ümläut@contoso.example',
    'CN=Smith\\, John,OU=Sales & More,DC=contoso,DC=example',
    'CN=\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645,DC=contoso,DC=example',
    '0b8a6b7e-3c1d-4b5e-9f00-123456789abc',
  ])('takes %s as an identity', Identity => {
    const values = { Identity, Target: 'pool01.contoso.example' }
    expect(makeStepCall(script, valueRulesOf(values), values).ok).toBe(true)
  })

  it('says what a script misses', () => {
    const values = { Identity: 'adele.vance@contoso.example' }
    expect(makeStepCall(script, valueRulesOf(values), values)).toMatchObject({
      ok: false,
      problems: [{ code: 'not-readable' }],
    })
  })
})
