import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseExecutable } from '@/workers/powershell/executable'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A shell that the tests of PowerShell run on. */
export type ShellUnderTest = { readonly name: string; readonly executable: string; readonly real: boolean }

/** The stand-in that comes with Ferry. */
export const standIn: ShellUnderTest = {
  name: 'the stand-in',
  executable: join(root, 'lab', 'bin', 'pwsh'),
  real: false,
}

/**
 * What tests of PowerShell run on: the one that FERRY_PWSH names and nothing else; without it the stand-in, and a real
 * PowerShell where one is on PATH. Throws where FERRY_PWSH names nothing, so that no test is left out in silence.
 */
export function shellsUnderTest(): readonly [ShellUnderTest, ...ShellUnderTest[]] {
  const named = process.env.FERRY_PWSH
  if (named) return [shellAt(resolve(named), 'FERRY_PWSH')]
  const onPath = chooseExecutable({
    estate: 'live',
    estateExecutable: null,
    override: null,
    labShell: 'auto',
    root,
    path: process.env.PATH ?? '',
  })
  return onPath.ok ? [standIn, shellAt(onPath.executable, 'PATH')] : [standIn]
}

/** The stand-in always, and a real PowerShell where one is named or on PATH: for what has to be seen on both, such as the fuzz. */
export const standInAndReal = (): readonly [ShellUnderTest, ...ShellUnderTest[]] => [
  standIn,
  ...shellsUnderTest().filter(({ real }) => real),
]

function shellAt(executable: string, from: string): ShellUnderTest {
  if (!existsSync(executable)) throw new Error(`${from} names ${executable}, and there is no such file.`)
  const choice = chooseExecutable({
    estate: 'lab',
    estateExecutable: null,
    override: executable,
    labShell: 'auto',
    root,
    path: '',
  })
  const real = choice.ok && choice.kind === 'real'
  return real ? { name: 'a real PowerShell', executable, real } : { ...standIn, executable }
}
