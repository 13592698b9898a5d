import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lines, type } from './run'

describe('standard input', () => {
  it('takes one line for one statement, and goes on after an error', () => {
    const { out, err, code } = type("nosuch\n'after'\n")
    expect(out).toBe('after\n')
    expect(err).toContain("nosuch: The term 'nosuch' is not recognized")
    expect(code).toBe(0)
  })

  it('ends with 1 when the last line failed, and with what exit says', () => {
    expect(type('nosuch\n').code).toBe(1)
    expect(type("& { exit 4 }\n'never'\n")).toEqual({ out: '', err: '', code: 4 })
  })

  it('reads an open statement up to an empty line, and runs nothing when that never comes', () => {
    expect(type("if ($true) {\n'in'\n}\n\n'z'\n").out).toBe('in\nz\n')
    expect(type("'open\n'after'\n")).toEqual({ out: '', err: '', code: 0 })
  })

  it('writes to both streams at once', () => {
    const { out, err } = type('[Console]::Out.WriteLine("m"); [Console]::Error.WriteLine("m")\n')
    expect([out, err]).toEqual(['m\n', 'm\n'])
  })
})

describe('a script file', () => {
  it('was called by the console from no line, and by a line from that one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-script-'))
    try {
      const file = join(folder, 'where.ps1')
      writeFileSync(file, `'' + $MyInvocation.ScriptLineNumber + '[' + $MyInvocation.Line + ']'\n`)
      expect(type('', ['-NoProfile', '-File', file]).out).toBe('0[]\n')
      expect(type(`\n& ${file}\n`).out).toBe(`1[& ${file}]\n`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('what it does not know', () => {
  it('is refused loudly, and no try catches it', () => {
    const { out, err, code } = type("try { Get-Process } catch { 'caught' }\n'after'\n")
    expect(out).toBe('')
    expect(err).toMatch(/^PSSTANDIN-REFUSED: the command Get-Process/)
    expect(code).toBe(86)
  })

  it('is not a name that no shell knows', () => {
    expect(lines('try { Get-Nonsense } catch { $_.FullyQualifiedErrorId }')).toEqual([
      'CommandNotFoundException',
    ])
  })
})

describe('the language', () => {
  it.each([
    ["'2' -gt '10'; 2 -gt '10'", ['True', 'False']],
    ['[int]2.5; [int]3.5; 7/2', ['2', '4', '3.5']],
    ["'O’’Brien'", ['O’Brien']],
    ['(1).Count; $null.Count', ['1', '0']],
    ['$a = 1,2; "$a[1]"', ['1 2[1]']],
    ["try { throw 'x' } catch { try { throw } catch { $_.Exception.Message } }", ['x']],
    [
      'function f { [CmdletBinding()] param([Parameter(Mandatory)]$a) }; try { f } catch { $_.FullyQualifiedErrorId }',
      ['MissingMandatoryParameter,f'],
    ],
    [
      "& { Write-Output 1; Write-Warning 'w'; Write-Error 'e' } *>&1 | ForEach-Object { $_.GetType().Name }",
      ['Int32', 'WarningRecord', 'ErrorRecord'],
    ],
    ["'a','b' | ForEach-Object { if ($_ -eq 'a') { return }; $_ }", ['b']],
    ['@{ b = 1 } | ConvertTo-Json -Compress', ['{"b":1}']],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected)
  })
})
