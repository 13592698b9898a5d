import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readableScript } from '@/domain/script/readable-script'
import { waveScript } from '@/domain/takeaway/wave-script'
import { shellsUnderTest } from '../shells'
import { sevenOnly } from './seven-only'
import { takenWave } from './taken-wave'

/** The same text is written for Windows PowerShell 5.1 and PowerShell 7: checked here, since no 5.1 runs where tests run. */
const root = fileURLToPath(new URL('../..', import.meta.url))

function scriptsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.psm?1$/.test(name))
    .map(name => relative(root, join(root, folder, name)))
    .sort()
}

const files = ['runbooks', 'workers/powershell', 'lab/module'].flatMap(scriptsUnder)

describe('scripts that run in both', () => {
  it('are found', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'workers/powershell/harness.ps1',
        'runbooks/sfb-return/steps/move.apply.ps1',
        'runbooks/take-away/engine.ps1',
        'lab/module/FerryLab/Connection.ps1',
        'lab/module/FerryLab/FerryLab.psm1',
      ]),
    )
  })

  it.each(files)('%s', file => {
    expect(sevenOnly(readFileSync(join(root, file), 'utf8'))).toEqual([])
  })

  it.each(files.filter(file => file.includes('/steps/')))('%s with literal values', file => {
    const readable = readableScript(readFileSync(join(root, file), 'utf8'), {
      Identity: "siobhan.o'brien@contoso.example",
      SipAddress: "sip:siobhan.o'brien@contoso.example",
      Target: 'pool01.contoso.example',
    })
    // Scripts of other runbooks take other values; theirs are tried where those are known.
    if (readable.ok) expect(sevenOnly(readable.text)).toEqual([])
    else expect(readable.problems.join()).toMatch(/has neither a value nor a default/)
  })

  it('a wave’s script', () => {
    const written = waveScript(takenWave())
    expect(written.ok && sevenOnly(written.text)).toEqual([])
  })
})

describe('what 5.1 does not understand is found', () => {
  it.each([
    ['$a = $true ? 1 : 2', 'the ternary operator'],
    ['$a = $b ?? 1', 'the operator ??'],
    ['$a ??= 1', 'the operator ??='],
    [`$\{a}?.Length`, 'access that minds null (?. or ?[])'],
    [`$\{a}?[0]`, 'access that minds null (?. or ?[])'],
    ['Get-Date && Get-Date', 'the chain operator &&'],
    ['Get-Date || Get-Date', 'the chain operator ||'],
    ['1..3 | ForEach-Object -Parallel { $_ }', '-Parallel of ForEach-Object'],
    ['$a | ConvertFrom-Json -AsHashtable', '-AsHashtable of ConvertFrom-Json'],
    ['$a | ConvertFrom-Json -Depth 4', '-Depth of ConvertFrom-Json'],
    ['$a | ConvertFrom-Json -NoEnumerate', '-NoEnumerate of ConvertFrom-Json'],
    ['Invoke-RestMethod -Uri x -SkipHttpErrorCheck', '-SkipHttpErrorCheck of Invoke-RestMethod'],
    ['Get-Error', 'the command Get-Error'],
    ["1, 2 | Join-String -Separator ','", 'the command Join-String'],
    ["Test-Json -Json '{}'", 'the command Test-Json'],
    ['"`e[31m"', 'the escape `e'],
    ['"$a`u{2019}"', 'the escape `u'],
    ['Set-Content -Path x -Value y -Encoding utf8NoBOM', '-Encoding utf8NoBOM'],
    ['Export-Csv -Path x -NoHeader', '-NoHeader of Export-Csv'],
    ['1..3 | % -Parallel { $_ }', '-Parallel of %'],
    ['gerr', 'the command gerr'],
    ['Microsoft.PowerShell.Utility\\Get-Error', 'the command Microsoft.PowerShell.Utility\\Get-Error'],
    ['$a | ConvertFrom-Json -AsHash', '-AsHash of ConvertFrom-Json'],
    ['1..3 | sort -Sta', '-Sta of sort'],
    ['$p = @{ AsHashtable = $true }; $a | ConvertFrom-Json @p', '-AsHashtable of ConvertFrom-Json'],
    ['$p = [ordered]@{ Top = 1 }; $a | Sort-Object @p', '-Top of Sort-Object'],
    ['$p = @{}; $p.NoHeader = $true; Export-Csv x @p', '-NoHeader of Export-Csv'],
    ["$p = @{}; $p['AsByteStream'] = $true; Get-Content x @p", '-AsByteStream of Get-Content'],
    ["$p = @{ Encoding = 'utf8NoBOM' }; Set-Content x y @p", '-Encoding utf8NoBOM'],
    ['Set-Content -Path x -Value y -Enc utf8BOM', '-Enc utf8BOM'],
    ['Join-Path a b c', 'a third path of Join-Path'],
    ['Join-Path -Path a b c', 'a third path of Join-Path'],
    ['Join-Path a -ChildPath b -Resolve c', 'a third path of Join-Path'],
    ['Join-Path a b -AdditionalChildPath c', '-AdditionalChildPath of Join-Path'],
    ['if ($IsWindows) { 1 }', 'the variable $IsWindows'],
    ['$a = 0b101', 'the number 0b101'],
    ['$a = 5n', 'the number 5n'],
    ['[Math]::Clamp(1, 2, 3)', 'the member Clamp'],
    ["'a'.Replace('a', 'b', [StringComparison]::Ordinal)", 'Replace with a comparison'],
    ['$a = "O\u2019Brien"', 'U+2019 is not ASCII'],
    ['Get-Date \u2013Format o', 'U+2013 is not ASCII'],
    ['# \u00fc', 'U+00FC is not ASCII'],
  ])('%s', (text, what) => {
    expect(sevenOnly(`$first = 1\n${text}\n`)).toContainEqual({ line: 2, what })
  })

  it.each([
    ['function Get-It { clean { 1 } }', /clean block/],
    ["$a = 'open", /terminator/],
  ])('%s', (text, what) => {
    expect(sevenOnly(text)).toEqual([{ line: 0, what: expect.stringMatching(what) }])
  })

  it('and what only looks like it is not', () => {
    const harmless = [
      "'`e ?? && || $a ? 1 : 2'",
      '# $a ?? 1',
      '"a``e"',
      '$a = 5',
      '$a = 1kb',
      '0x1F',
      'ConvertTo-Json -Depth 4 -InputObject $a',
      "Write-Host 'Get-Error'",
      'Join-Path a b',
      'Join-Path -Path a -ChildPath b -Resolve',
      '$p = @{ Top = 1 }; Write-Host $p.Top',
      '$q = @{ Property = 1 }; sort @q',
      '1..3 | % { $_ }',
      'Set-Content -Path x -Value y -Enc utf8',
    ]
    expect(sevenOnly(`${harmless.join('\n')}\n`)).toEqual([])
  })
})

describe.each(shellsUnderTest().filter(shell => shell.real))('a constrained $name', ({ executable }) => {
  it.each(['a readable script', 'a wave’s script', 'the harness'])(
    'hears so from %s before anything runs',
    what => {
      const folder = mkdtempSync(join(tmpdir(), 'ferry-constrained-'))
      try {
        const effect = join(folder, 'effect.txt')
        const apply = `param([string] $Text)\nSet-Content -LiteralPath '${effect}' -Value 'x'\n`
        const readable = readableScript(apply, { Text: 'x' })
        const wave = waveScript(takenWave())
        const text = {
          'a readable script': readable.ok ? readable.text : '',
          'a wave’s script': wave.ok ? wave.text : '',
          'the harness': readFileSync(join(root, 'workers/powershell/harness.ps1'), 'utf8'),
        }[what]
        writeFileSync(join(folder, 'script.ps1'), text ?? '')
        const constrain = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'"
        const command = `${constrain}; . '${join(folder, 'script.ps1')}'`
        const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', command]
        const ran = spawnSync(executable, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
        expect(ran.stderr).toMatch(/constrained|ConstrainedLanguage/)
        expect(ran.stderr.replace(/[\s|]+/g, ' ')).toContain('Nothing was run.')
        expect(ran.status).toBe(1)
        expect(existsSync(effect)).toBe(false)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
