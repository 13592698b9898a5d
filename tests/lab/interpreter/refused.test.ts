import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LabProcess } from '../lab'

/** What is refused on the command line and at run time, and what the refusal says of what was done before. */
const executable = fileURLToPath(new URL('../../../lab/bin/pwsh', import.meta.url))
const UNATTENDED = ['-NoLogo', '-NoProfile', '-NonInteractive']
const STDIN = ['-Command', '-']
let folder = ''
let lab: LabProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-refused-'))
  lab = await LabProcess.start()
})
afterAll(async () => {
  await lab.stop()
  rmSync(folder, { recursive: true })
})

function run(args: string[], input = '') {
  const env = { ...process.env, ...lab.environment }
  const { stdout, stderr, status } = spawnSync(executable, args, {
    input,
    encoding: 'utf8',
    cwd: folder,
    env,
  })
  return { out: stdout, err: stderr, code: status }
}

describe('an option that would change what is answered', () => {
  it.each([
    ['-OutputFormat', 'XML'],
    ['-of', 'none'],
    ['-InputFormat', 'xml'],
    ['-SettingsFile', 'x.json'],
    ['-ConfigurationName', 'x'],
    ['-CustomPipeName', 'x'],
    ['-CommandWithArgs', '$args'],
    ['-WorkingDirectory', 'not-there'],
    ['-WorkingDirectory', '~'],
    ['-Login'],
    ['-Help'],
    ['-ServerMode'],
  ])('is refused: %s %s', (...option) => {
    const { out, err, code } = run([...UNATTENDED, ...option.filter(Boolean), ...STDIN], "'never'\n")
    expect({ out, code }).toEqual({ out: '', code: 86 })
    expect(err).toMatch(/^PSSTANDIN-REFUSED: -\w+/)
  })

  it('is obeyed where that is -WorkingDirectory of a folder', () => {
    const text = "(Get-Location).Path; [IO.Path]::GetFullPath('x')\n"
    expect(run([...UNATTENDED, '-wd', '/', ...STDIN], text).out).toBe(`/\n${join(folder, 'x')}\n`)
  })
})

describe('what a real shell would ask without -NonInteractive', () => {
  const attended = ['-NoLogo', '-NoProfile', ...STDIN]
  it.each([
    ["Read-Host 'name'", 'Read-Host'],
    ['function f { param([Parameter(Mandatory)] $Text) $Text }; f', 'the mandatory parameter Text'],
    ['Move-CsUser -Identity adele.vance@contoso.example', 'the mandatory parameter Target'],
    ['Disable-CsUser -Identity adele.vance@contoso.example -Confirm', 'a confirmation'],
    [
      "function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('t')) { 1 } }; f",
      'a confirmation',
    ],
  ])('is refused: %s', (text, what) => {
    const { out, err, code } = run(attended, `${text}\n'answer'\n`)
    expect({ out, code }).toEqual({ out: '', code: 86 })
    expect(err).toContain(`PSSTANDIN-REFUSED: ${what} without -NonInteractive`)
  })

  it('is refused with -Interactive after -NonInteractive, and an error the other way round', () => {
    const args = ['-NoProfile', '-Interactive', '-NonInteractive', '-Command', 'Read-Host']
    expect(run(['-NonInteractive', ...args.filter(arg => arg !== '-NonInteractive')]).code).toBe(86)
    expect(run(args)).toMatchObject({ code: 1, err: expect.stringContaining('NonInteractive') as string })
  })

  it('leaves all else as it is', () => {
    const text = 'function f { param([Parameter(Mandatory)] $Text) "<$Text>" }\nf a\n1/0\n"end"\n'
    const ran = run(attended, text)
    expect(ran).toEqual(run([...UNATTENDED, ...STDIN], text))
    expect(ran).toMatchObject({ out: '<a>\nend\n', code: 0 })
  })
})

describe('a refusal at run time', () => {
  const unknown = '[Environment]::MachineName'

  it('says nothing of what was done where nothing was', () => {
    expect(run([...UNATTENDED, '-Command', `1; ${unknown}`]).err).toMatch(/MachineName at 1:\d+\n$/)
  })

  it('says how often the lab was called and how many files were changed', () => {
    const look = 'Get-CsUser -Identity nobody@contoso.example -ErrorAction SilentlyContinue'
    const { err, code } = run([
      ...UNATTENDED,
      '-Command',
      `${look}; ${look}; Set-Content a.txt 1, 2; Add-Content a.txt 3; ${unknown}`,
    ])
    expect(code).toBe(86)
    expect(err).toMatch(/MachineName at 1:\d+ \(after 2 calls to the lab and changes to 1 file\)\n$/)
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('takes back what a statement of standard input did to files before its refusal, and no other one', () => {
    const before = readFileSync(`${folder}/a.txt`, 'utf8')
    const changes = 'Add-Content a.txt 4; Set-Content d.txt 1; Set-Content a.txt 5; Remove-Item a.txt'
    const { err } = run([...UNATTENDED, ...STDIN], `Set-Content b.txt 1\n${changes}; ${unknown}\n`)
    expect(err).toMatch(/ at 1:\d+\n$/)
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt'])
    expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe(before)
    expect(run([...UNATTENDED, ...STDIN], `Remove-Item b.txt\n${unknown}\n`).err).toMatch(/ at 1:\d+\n$/)
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('leaves every file alone where the text shows that it comes', () => {
    const files = readdirSync(folder)
    const { out, err, code } = run([...UNATTENDED, '-Command', 'Set-Content c.txt 1; Get-Process'])
    expect({ out, code, files: readdirSync(folder) }).toEqual({ out: '', code: 86, files })
    expect(files).not.toContain('c.txt')
    expect(err).toMatch(/^PSSTANDIN-REFUSED: the command Get-Process at 1:\d+\n$/)
  })
})
