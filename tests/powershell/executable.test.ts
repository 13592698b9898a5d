import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  chooseExecutable,
  type ExecutableQuestion,
  shellEnvironmentOf,
} from '@/workers/powershell/executable'

let root = ''
let bin = ''
const question = (change: Partial<ExecutableQuestion>): ExecutableQuestion => ({
  estate: 'lab',
  estateExecutable: null,
  override: null,
  labShell: 'auto',
  root,
  path: '',
  ...change,
})

async function program(path: string) {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, '#!/bin/sh\n')
  await chmod(path, 0o755)
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ferry-root-'))
  bin = join(root, 'usr', 'bin')
  await program(join(root, 'lab', 'bin', 'pwsh'))
  await program(join(bin, 'pwsh'))
  await mkdir(join(root, 'links'))
  await symlink(join(root, 'lab', 'bin', 'pwsh'), join(root, 'links', 'pwsh'))
})
afterAll(() => rm(root, { recursive: true }))

describe('which shell an estate runs on', () => {
  const standIn = () => join(root, 'lab', 'bin', 'pwsh')

  it('is FERRY_PWSH, then the estate, then what is on this machine', () => {
    const both = { override: '/opt/pwsh', estateExecutable: '/opt/other', path: bin }
    expect(chooseExecutable(question(both))).toMatchObject({ executable: '/opt/pwsh', kind: 'real' })
    expect(chooseExecutable(question({ ...both, override: null }))).toMatchObject({
      executable: '/opt/other',
    })
    expect(chooseExecutable(question({ estate: 'live', path: bin }))).toMatchObject({
      executable: join(bin, 'pwsh'),
      kind: 'real',
    })
  })

  it('is the stand-in for a lab without cmdlets for a real PowerShell', () => {
    expect(chooseExecutable(question({ path: bin }))).toMatchObject({
      executable: standIn(),
      kind: 'built-in',
    })
    expect(chooseExecutable(question({ path: bin, labShell: 'real' }))).toMatchObject({ ok: false })
  })

  it('never takes the stand-in on PATH for a real one, by link or by name', async () => {
    await mkdir(join(root, 'lab', 'module', 'FerryLab'), { recursive: true })
    await writeFile(join(root, 'lab', 'module', 'FerryLab', 'FerryLab.psd1'), '@{}')
    const path = [join(root, 'lab', 'bin'), join(root, 'links'), bin].join(delimiter)
    expect(chooseExecutable(question({ path }))).toMatchObject({
      executable: join(bin, 'pwsh'),
      kind: 'real',
    })
    expect(chooseExecutable(question({ path: join(root, 'links') }))).toMatchObject({ kind: 'built-in' })
    expect(chooseExecutable(question({ path: join(root, 'links'), labShell: 'real' }))).toMatchObject({
      ok: false,
    })
    expect(chooseExecutable(question({ path, labShell: 'built-in' }))).toMatchObject({
      executable: standIn(),
    })
  })

  it('never runs a live estate on the stand-in', () => {
    for (const change of [{ override: standIn() }, { estateExecutable: join(root, 'links', 'pwsh') }, {}]) {
      expect(chooseExecutable(question({ estate: 'live', ...change }))).toMatchObject({ ok: false })
    }
  })
})

it('puts the lab in reach of lab shells, and out of reach of live ones', () => {
  const around: NodeJS.ProcessEnv = {
    NODE_ENV: 'test',
    PSModulePath: '/opt/modules',
    FERRY_LAB_URL: 'http://127.0.0.1:1',
    FERRY_LAB_KEY: 'k',
    A: 'b',
  }
  const lab = shellEnvironmentOf('lab', root, around)
  expect(lab).toEqual({ ...around, PSModulePath: `${join(root, 'lab', 'module')}${delimiter}/opt/modules` })
  expect(shellEnvironmentOf('live', root, lab)).toEqual({
    NODE_ENV: 'test',
    PSModulePath: '/opt/modules',
    A: 'b',
  })
  expect(shellEnvironmentOf('live', root, { NODE_ENV: 'test', A: 'b' })).toEqual({ NODE_ENV: 'test', A: 'b' })
})
