import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const FORBIDDEN: [string, string][] = [
  ['domain', '@/server/env'],
  ['domain', '../server/env'],
  ['domain', 'node:fs'],
  ['domain', 'node:crypto'],
  ['domain', 'react'],
  ['domain/ledger', 'node:fs'],
  ['runbooks', '@/server/env'],
  ['components', '@/server/env'],
  ['components', '@/app/page'],
  ['server', '@/app/page'],
  ['server', '@/workers/lane'],
  ['server', '@/lab/service/main'],
  ['server/commands', '../../app/page'],
  ['app', '@/workers/lane'],
  ['app', '@/lab/service/main'],
  ['app', 'pg'],
  ['app', '@/generated/prisma/client'],
  ['workers', '@/app/page'],
  ['workers', '@/components/badge'],
  ['workers', 'bullmq'],
  ['workers', '../lab/service/main'],
  ['lab', '@/server/env'],
  ['lab', '../domain/words'],
  ['scripts', '@/app/page'],
  ['scripts', '@/workers/lane'],
]

const ALLOWED: [string, string][] = [
  ['domain', '@/domain/roles'],
  ['domain', './roles'],
  ['domain/ledger', 'node:crypto'],
  ['domain/plan', 'node:crypto'],
  ['runbooks', '@/domain/roles'],
  ['server', '@/generated/prisma/client'],
  ['server', 'pg'],
  ['server', 'node:fs'],
  ['app', '@/server/env'],
  ['app', '@/components/badge'],
  ['app', 'next/server'],
  ['workers', '@/server/env'],
  ['workers', '@/runbooks/registry'],
  ['scripts', '@/server/env'],
]

// The rules are tried on a copy of the configuration in a folder of its own, so that nothing is written among the sources.
let folder: string
const findings = new Map<string, Set<string>>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-lint-'))
  const config = JSON.parse(readFileSync('biome.json', 'utf8')) as Record<string, unknown>
  write('biome.json', JSON.stringify({ ...config, vcs: { enabled: false } }))
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@/*': ['./*'] } } }))
  write('package.json', '{ "name": "sample", "type": "module" }')
  FORBIDDEN.forEach(([room, source], at) => {
    write(join(room, `forbidden-${at}.ts`), `import '${source}'\n`)
  })
  ALLOWED.forEach(([room, source], at) => {
    write(join(room, `allowed-${at}.ts`), `import '${source}'\n`)
  })
  write('domain/cycle-a.ts', `import { b } from './cycle-b'\n\nexport const a = () => b\n`)
  write('domain/cycle-b.ts', `import { a } from '@/domain/cycle-a'\n\nexport const b = () => a\n`)
  const biome = resolve('node_modules/@biomejs/biome/bin/biome')
  const result = spawnSync(
    process.execPath,
    [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  const report = JSON.parse(result.stdout) as {
    diagnostics: { category: string; location: { path: string } }[]
  }
  for (const { category, location } of report.diagnostics) {
    const rules = findings.get(location.path) ?? new Set()
    findings.set(location.path, rules.add(category))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

test.each(FORBIDDEN.map(([room, source], at) => ({ room, source, at })))(
  '$room may not import $source',
  ({ room, at }) => {
    expect(findings.get(`${room}/forbidden-${at}.ts`) ?? []).toContain('lint/style/noRestrictedImports')
  },
)

test.each(ALLOWED.map(([room, source], at) => ({ room, source, at })))(
  '$room may import $source',
  ({ room, at }) => {
    expect(findings.get(`${room}/allowed-${at}.ts`)).toBeUndefined()
  },
)

test('an import cycle is refused', () => {
  expect(findings.get('domain/cycle-a.ts') ?? []).toContain('lint/suspicious/noImportCycles')
})

test('domain/ reads no clock and draws no random numbers', () => {
  const impure =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\brandomUUID\(|\brandomBytes\(/
  const files = readdirSync('domain', { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  )
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(readFileSync(join('domain', file), 'utf8'), file).not.toMatch(impure)
})
