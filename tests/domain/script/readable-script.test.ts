import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findParamBlock } from '@/domain/script/param-block'
import { readableScript } from '@/domain/script/readable-script'

const guard =
  "if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in a constrained language mode here. Nothing was run.' }\n"

const script = `<#
.SYNOPSIS
    Moves one person. param(not here)
#>
# a comment with ( and '
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # who, e.g. 'a)b'
    [Parameter(Mandatory = $true)] [string] $Identity,
    [ValidateSet('a', 'b,)')] [string] $Target = 'it''s (b,)', <# , #>
    [switch] $Loud,
    [string] $DomainController = "x)$(1, 2)"
)

Move-CsUser -Identity $Identity -Target $Target
`

describe('the readable script', () => {
  it('has literal values where the parameters were, and its own text around them', () => {
    const readable = readableScript(script, {
      Identity: "o\u2019brien'x@contoso.example",
      Loud: true,
      Unused: 'x',
    })
    expect(readable).toEqual({
      ok: true,
      needsByteOrderMark: true,
      text: script.replace(/\[CmdletBinding[\s\S]*\n\)\n/, () =>
        [
          guard.trimEnd(),
          "$Identity = 'o\u2019\u2019brien''x@contoso.example'",
          "$Target = 'it''s (b,)'",
          '$Loud = $true',
          '$DomainController = "x)$(1, 2)"',
          '',
        ].join('\n'),
      ),
    })
  })

  it('says what is missing instead of guessing', () => {
    expect(readableScript(script, {})).toMatchObject({
      ok: false,
      problems: ['Identity has neither a value nor a default.'],
    })
    expect(readableScript('Get-Date', {})).toMatchObject({ ok: false })
    expect(readableScript('param($A)\n$PSBoundParameters.Count', { A: 'x' })).toMatchObject({ ok: false })
    expect(readableScript("param($A = 'x", {})).toMatchObject({ ok: false })
  })

  it('refuses a value that cannot be a literal', () => {
    expect(readableScript(script, { Identity: 'a\nb' })).toMatchObject({ ok: false })
  })

  it('takes names in any letter case, as PowerShell does', () => {
    expect(readableScript('Param ( $identity )\n$identity', { Identity: 'x' })).toMatchObject({
      text: `${guard}$identity = 'x'\n$identity`,
    })
  })

  const steps = new URL('../../../runbooks/sfb-return/steps/', import.meta.url)
  it.each(readdirSync(steps).filter(name => name.endsWith('.ps1')))('can be made of %s', name => {
    const text = readFileSync(new URL(name, steps), 'utf8')
    const declared = findParamBlock(text)?.parameters.map(parameter => parameter.name) ?? []
    const readable = readableScript(text, {
      Identity: 'adele.vance@contoso.example',
      SipAddress: 'sip:adele.vance@contoso.example',
      Target: 'pool01.contoso.example',
    })
    if (!readable.ok) throw new Error(readable.problems.join())
    expect(readable.text).not.toMatch(/^\s*param\s*\(/m)
    for (const parameter of declared) expect(readable.text).toMatch(new RegExp(`^\\$${parameter} = `, 'm'))
    expect(readable.needsByteOrderMark).toBe(false)
  })
})
